#include "gpu/variations.h"

#include "core/base/contract.h"
#include "core/base/random.h"
#include "core/robust/ordinal.h"
#include "gpu/network_layout.h"

#include <cstring>
#include <span>
#include <vector>

namespace maury::gpu {
namespace {

using base::Result;

/// Puts arrays one behind the other, each aligned for the device.
class Bundle {
public:
    /// Where the array will stand; the address is known once all are there.
    template <typename T> std::size_t add(std::span<const T> numbers)
    {
        constexpr std::size_t kAlignment = 256;
        const std::size_t at = (m_bytes.size() + kAlignment - 1) / kAlignment * kAlignment;
        m_bytes.resize(at + numbers.size_bytes());
        if (!numbers.empty())
            std::memcpy(m_bytes.data() + at, numbers.data(), numbers.size_bytes());
        return at;
    }
    [[nodiscard]] const std::vector<std::byte>& bytes() const { return m_bytes; }

private:
    std::vector<std::byte> m_bytes;
};

struct Neighbours {
    std::vector<std::uint32_t> begin { 0 };
    std::vector<std::uint32_t> all;

    explicit Neighbours(const std::vector<std::vector<std::size_t>>& of)
    {
        for (const auto& some : of) {
            for (const std::size_t one : some)
                all.push_back(static_cast<std::uint32_t>(one));
            begin.push_back(static_cast<std::uint32_t>(all.size()));
        }
    }
};

VaryBins plain(const robust::OrdinalBins& bins)
{
    return { bins.first, bins.step, static_cast<int>(bins.count), bins.targetSigma };
}

VaryNumbers plain(const robust::VariationSettings& settings)
{
    return { settings.mixShare, settings.widestFwhmAngstrom, settings.rotationShare,
        settings.velocitySigmaKms, settings.depthSigma, settings.depthShapeSigma,
        settings.continuumSigma, settings.lowestSignalToNoise, settings.highestSignalToNoise };
}

VaryTable shapeOf(const robust::Standards& standards)
{
    static_assert(static_cast<std::size_t>(kShapeTerms) == robust::kShapeTerms);
    const robust::LogGrid& grid = standards.grid;
    VaryTable table {};
    table.standards = static_cast<int>(standards.size());
    table.pixels = static_cast<int>(grid.pixels);
    table.cropBegin = static_cast<int>(grid.cropBegin);
    table.cropPixels = static_cast<int>(grid.cropPixels);
    table.window = static_cast<int>(grid.localWindow());
    table.step = grid.step;
    table.middleStepAngstrom = grid.middleStepAngstrom();
    table.temperature = plain(robust::temperatureBins());
    table.luminosity = plain(robust::luminosityBins());
    return table;
}

} // namespace

Result<bool> Variations::take(
    const robust::VariationMaker& maker, const robust::Standardisation& standardisation)
{
    const robust::Standards& standards = maker.standards();
    EXPECTS(standardisation.mean.size() == standards.grid.cropPixels);
    VaryTable table = shapeOf(standards);
    if (Vary::sharedBytesFor(table.pixels) > kSharedBytes
        || table.pixels < table.temperature.count + table.luminosity.count)
        return false;
    forget();
    std::vector<float> scale;
    for (const float deviation : standardisation.deviation)
        scale.push_back(1.0F / (deviation + robust::Standardisation::kQuiet));
    const Neighbours neighbours(maker.neighbours());
    const auto spanOf
        = [](const auto& numbers) { return std::span(numbers.data(), numbers.size()); };
    Bundle bundle;
    const std::size_t flux = bundle.add(std::span<const float>(
        standards.flux.data(), static_cast<std::size_t>(standards.flux.size())));
    const std::size_t temperature = bundle.add(spanOf(standards.temperatureCode));
    const std::size_t luminosity = bundle.add(spanOf(standards.luminosityCode));
    const std::size_t fwhm = bundle.add(spanOf(standards.fwhmAngstrom));
    const std::size_t weight = bundle.add(spanOf(standards.cumulativeWeight));
    const std::size_t begin = bundle.add(spanOf(neighbours.begin));
    const std::size_t all = bundle.add(spanOf(neighbours.all));
    const std::size_t cosines = bundle.add(spanOf(maker.cosines()));
    const std::size_t mean = bundle.add(spanOf(standardisation.mean));
    const std::size_t scales = bundle.add(spanOf(std::as_const(scale)));
    if (const auto taken = Allocation(*m_device, "the standards of variations")
                               .take(m_memory, Place::Device, bundle.bytes().size())
                               .outcome();
        !taken)
        return base::Unexpected(taken.error());
    const auto* base = m_memory.as<std::byte>();
    table.flux = reinterpret_cast<const float*>(base + flux);
    table.temperatureCode = reinterpret_cast<const double*>(base + temperature);
    table.luminosityCode = reinterpret_cast<const double*>(base + luminosity);
    table.fwhm = reinterpret_cast<const double*>(base + fwhm);
    table.cumulativeWeight = reinterpret_cast<const double*>(base + weight);
    table.neighbourBegin = reinterpret_cast<const std::uint32_t*>(base + begin);
    table.neighbours = reinterpret_cast<const std::uint32_t*>(base + all);
    table.cosines = reinterpret_cast<const float*>(base + cosines);
    table.mean = reinterpret_cast<const float*>(base + mean);
    table.scale = reinterpret_cast<const float*>(base + scales);
    m_table = table;
    const auto copied
        = Work(*m_device)
              .copy(m_memory.as<std::byte>(), bundle.bytes().data(), bundle.bytes().size())
              .synchronize()
              .outcome();
    if (!copied)
        return base::Unexpected(copied.error());
    return true;
}

Result<void> Variations::ensure(int samples)
{
    if (samples <= m_samples)
        return {};
    m_samples = 0;
    const auto bytes = [samples](int width) {
        return static_cast<std::size_t>(samples) * static_cast<std::size_t>(width) * sizeof(float);
    };
    const auto outcome = Allocation(*m_device, "a batch of variations")
                             .take(m_input, Place::Device, bytes(padded(m_table.cropPixels)))
                             .take(m_temperature, Place::Device, bytes(m_table.temperature.count))
                             .take(m_luminosity, Place::Device, bytes(m_table.luminosity.count))
                             .outcome();
    if (outcome)
        m_samples = samples;
    return outcome;
}

Result<DeviceSamples> Variations::make(
    const robust::VariationMaker& maker, std::uint64_t firstStep, int samples, int steps)
{
    EXPECTS(m_table.standards == static_cast<int>(maker.standards().size()));
    EXPECTS(samples > 0 && steps > 0);
    if (const auto ready = ensure(samples * steps); !ready)
        return base::Unexpected(ready.error());
    Vary vary {};
    vary.table = m_table;
    vary.numbers = plain(maker.settings());
    vary.key = maker.key();
    vary.firstStep = firstStep;
    vary.samples = samples;
    vary.rows = samples * steps;
    vary.width = padded(m_table.cropPixels);
    vary.input = m_input.as<float>();
    vary.targetTemperature = m_temperature.as<float>();
    vary.targetLuminosity = m_luminosity.as<float>();
    if (const auto made = m_device->launch(vary, Stream::Main); !made)
        return base::Unexpected(made.error());
    return DeviceSamples { vary.input, nullptr, nullptr, vary.targetTemperature,
        vary.targetLuminosity };
}

} // namespace maury::gpu
