#include "gpu/samples.h"

#include "core/base/contract.h"
#include "core/base/random.h"
#include "gpu/network_layout.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <utility>

namespace maury::gpu {
namespace {

using base::Result;

/// Of at least one sample: memory is never empty.
std::size_t floatsOf(std::size_t rows, int width)
{
    return std::max<std::size_t>(1, rows) * static_cast<std::size_t>(width);
}

std::size_t classBytes(std::size_t rows, int classes)
{
    return floatsOf(rows, classes) * sizeof(float);
}

AugmentNumbers plain(
    const dataset::AugmentationSettings& settings, const spectrum::WavelengthGrid& grid)
{
    return { settings.registrationSigmaAngstrom, settings.registrationLinearSigma,
        settings.dopplerSigmaKms,
        { settings.continuumSigma0, settings.continuumSigma1, settings.continuumSigma2 },
        settings.broadeningSigmaPixels, settings.gain, settings.noise == dataset::NoiseLaw::Poisson,
        grid.firstAngstrom, grid.stepAngstrom };
}

} // namespace

Result<ResidentSets::Set> ResidentSets::take(Device& device, std::size_t samples, int inputs)
{
    Set set;
    set.samples = samples;
    const std::size_t labels = floatsOf(samples, 1) * sizeof(std::uint16_t);
    const auto outcome
        = Allocation(device, fmt::format("a set of {} samples", samples))
              .take(set.flux, Place::Device, floatsOf(samples, padded(inputs)) * sizeof(float))
              .take(set.sc, Place::Device, labels)
              .take(set.lc, Place::Device, labels)
              .outcome();
    if (!outcome)
        return base::Unexpected(outcome.error());
    return set;
}

Result<void> ResidentSets::fill(
    Device& device, const train::LabelledSamples& from, int inputs, Set& set)
{
    set.host = from.samples;
    const std::size_t pitch = static_cast<std::size_t>(padded(inputs)) * sizeof(float);
    const std::size_t bytes = static_cast<std::size_t>(inputs) * sizeof(float);
    const std::size_t labels = from.sc.size() * sizeof(std::uint16_t);
    Work work(device);
    if (pitch != bytes)
        work.clear(set.flux.as<float>(), set.flux.bytes());
    if (labels > 0)
        work.then([&](Device& to) {
                return to.copyRows(set.flux.as<float>(), pitch, from.samples, bytes, bytes,
                    from.sc.size(), Stream::Main);
            })
            .copy(set.sc.as<std::uint16_t>(), from.sc.data(), labels)
            .copy(set.lc.as<std::uint16_t>(), from.lc.data(), labels);
    return work.synchronize().outcome();
}

Result<void> ResidentSets::keep(
    Device& device, std::span<const train::LabelledSamples> sets, int inputs)
{
    std::vector<Set> before = std::exchange(m_sets, {});
    std::vector<Set> now(sets.size());
    for (std::size_t at = 0; at < sets.size(); ++at) {
        const std::size_t samples = sets[at].sc.size();
        const auto same = std::find_if(before.begin(), before.end(), [&](const Set& set) {
            return set.samples == samples
                && set.flux.bytes() == floatsOf(samples, padded(inputs)) * sizeof(float);
        });
        if (same != before.end())
            now[at] = std::move(*same);
    }
    before.clear(); // before more is taken
    for (std::size_t at = 0; at < sets.size(); ++at) {
        if (now[at].flux.isEmpty()) {
            auto taken = take(device, sets[at].sc.size(), inputs);
            if (!taken)
                return base::Unexpected(taken.error());
            now[at] = *std::move(taken);
        }
        if (const auto filled = fill(device, sets[at], inputs, now[at]); !filled)
            return filled;
    }
    m_sets = std::move(now);
    return {};
}

Result<bool> ResidentSets::makeFresh(Device& device, const train::FreshSamples& fresh)
{
    const auto set = std::find_if(
        m_sets.begin(), m_sets.end(), [&](const Set& one) { return one.host == fresh.samples; });
    const int pixels = static_cast<int>(fresh.grid.pixels);
    if (set == m_sets.end() || Augment::sharedBytesFor(pixels) > kSharedBytes)
        return false;
    EXPECTS(fresh.standardOf.size() == set->samples);
    Allocation allocation(device, "the standards of fresh variations");
    if (m_standards.bytes() != fresh.standards.size_bytes())
        allocation.take(m_standards, Place::Device, fresh.standards.size_bytes());
    if (m_standardOf.bytes() != fresh.standardOf.size_bytes())
        allocation.take(m_standardOf, Place::Device, fresh.standardOf.size_bytes());
    if (!allocation.outcome())
        return base::Unexpected(allocation.outcome().error());
    const auto done
        = Work(device)
              .copy(m_standards.as<float>(), fresh.standards.data(), fresh.standards.size_bytes())
              .copy(m_standardOf.as<std::uint32_t>(), fresh.standardOf.data(),
                  fresh.standardOf.size_bytes())
              .launch(Augment { m_standards.as<float>(), m_standardOf.as<std::uint32_t>(),
                  set->flux.as<float>(), static_cast<int>(set->samples), pixels, padded(pixels),
                  base::RandomStream(fresh.seed).split(fresh.epoch).key(),
                  plain(fresh.settings, fresh.grid) })
              .synchronize()
              .outcome();
    if (!done)
        return base::Unexpected(done.error());
    return true;
}

std::optional<DeviceSamples> ResidentSets::find(const train::Batch& batch) const
{
    for (const Set& set : m_sets)
        if (set.host == batch.samples && !batch.isSoft())
            return DeviceSamples { set.flux.as<float>(), set.sc.as<std::uint16_t>(),
                set.lc.as<std::uint16_t>(), nullptr, nullptr };
    return std::nullopt;
}

Result<void> Staging::ensure(Device& device, const StagingShape& shape)
{
    if (m_shape.rows >= shape.rows && m_shape.inputs == shape.inputs
        && m_shape.scClasses == shape.scClasses && m_shape.lcClasses == shape.lcClasses)
        return {};
    m_shape = {};
    const std::size_t flux = floatsOf(shape.rows, padded(shape.inputs)) * sizeof(float);
    const std::size_t sc = classBytes(shape.rows, shape.scClasses);
    const std::size_t lc = classBytes(shape.rows, shape.lcClasses);
    const auto outcome = Allocation(device, fmt::format("a batch of {} samples", shape.rows))
                             .take(m_hostFlux, Place::Pinned, flux)
                             .take(m_hostSc, Place::Pinned, sc)
                             .take(m_hostLc, Place::Pinned, lc)
                             .take(m_flux, Place::Device, flux)
                             .take(m_sc, Place::Device, sc)
                             .take(m_lc, Place::Device, lc)
                             .outcome();
    if (!outcome)
        return outcome;
    std::memset(m_hostFlux.as<float>(), 0, flux); // what is beyond the inputs stays 0
    m_shape = shape;
    return {};
}

Result<DeviceSamples> Staging::bring(
    Device& device, const StagingShape& shape, const train::Batch& batch)
{
    if (const auto ready = ensure(device, shape); !ready)
        return base::Unexpected(ready.error());
    const std::size_t count = batch.rows.size();
    // Row i of a matrix on the device is row rows[i] of the host's.
    const auto gather = [&](const auto* from, int width, int stride, auto* to) {
        for (std::size_t i = 0; i < count; ++i)
            std::copy_n(from + std::size_t { batch.rows[i] } * static_cast<std::size_t>(width),
                width, to + i * static_cast<std::size_t>(stride));
    };
    const int stride = padded(shape.inputs);
    gather(batch.samples, shape.inputs, stride, m_hostFlux.as<float>());
    Work work(device);
    work.copy(m_flux.as<float>(), m_hostFlux.as<float>(), floatsOf(count, stride) * sizeof(float));
    DeviceSamples samples { m_flux.as<float>(), nullptr, nullptr, nullptr, nullptr };
    if (batch.isSoft()) {
        gather(batch.softSc, shape.scClasses, shape.scClasses, m_hostSc.as<float>());
        gather(batch.softLc, shape.lcClasses, shape.lcClasses, m_hostLc.as<float>());
        work.copy(m_sc.as<float>(), m_hostSc.as<float>(), classBytes(count, shape.scClasses))
            .copy(m_lc.as<float>(), m_hostLc.as<float>(), classBytes(count, shape.lcClasses));
        samples.softSc = m_sc.as<float>();
        samples.softLc = m_lc.as<float>();
    } else if (!batch.sc.empty()) {
        gather(batch.sc.data(), 1, 1, m_hostSc.as<std::uint16_t>());
        gather(batch.lc.data(), 1, 1, m_hostLc.as<std::uint16_t>());
        const std::size_t bytes = count * sizeof(std::uint16_t);
        work.copy(m_sc.as<std::uint16_t>(), m_hostSc.as<std::uint16_t>(), bytes)
            .copy(m_lc.as<std::uint16_t>(), m_hostLc.as<std::uint16_t>(), bytes);
        samples.sc = m_sc.as<std::uint16_t>();
        samples.lc = m_lc.as<std::uint16_t>();
    }
    if (!work.outcome())
        return base::Unexpected(work.outcome().error());
    return samples;
}

} // namespace maury::gpu
