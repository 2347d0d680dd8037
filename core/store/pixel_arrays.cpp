#include "core/store/pixel_arrays.h"

#include "core/base/hash64.h"

#include <fmt/format.h>

#include <cmath>
#include <utility>

namespace maury::store {
namespace {

using base::ErrorCode;
using base::failure;
using base::Result;
using base::Unexpected;

enum Array { Flux, Ivar, Mask, Wavelength, ScaleEnds, ScaleHash };
constexpr const char* kNames[]
    = { "flux", "ivar", "mask", "wavelength", "wavelength_ends", "wavelength_hash" };
constexpr std::size_t kChunkPixels = 16384;
constexpr int kDeflate = 4;
constexpr std::uint64_t kMostPixels = std::uint64_t { 1 } << 28; // of one segment

std::uint64_t hashOf(const std::vector<double>& values)
{
    return base::hash64(std::as_bytes(std::span(values)));
}

template <typename T> void append(std::vector<T>& to, const std::vector<T>& from)
{
    to.insert(to.end(), from.begin(), from.end());
}

} // namespace

PixelArrays::PixelArrays(std::vector<io::Hdf5Rows> rows, std::string place)
    : m_rows(std::move(rows))
    , m_place(std::move(place))
{
}

Result<PixelArrays> PixelArrays::open(const io::Hdf5Group& group)
{
    std::vector<io::Hdf5Rows> rows;
    for (const char* name : kNames) {
        auto array = group.rows(name, 1);
        if (!array)
            return Unexpected(array.error());
        rows.push_back(*std::move(array));
    }
    if (rows[Flux].rows() != rows[Mask].rows() || rows[ScaleEnds].rows() != rows[ScaleHash].rows())
        return failure(ErrorCode::FileDamaged, group.place(), "arrays of different lengths",
            "flux and mask of the same length");
    return PixelArrays(std::move(rows), group.place());
}

Result<PixelArrays> PixelArrays::create(io::Hdf5Group& group)
{
    std::vector<io::Hdf5Rows> rows;
    for (const char* name : kNames) {
        const auto array = static_cast<Array>(rows.size());
        auto made = array == Mask
            ? group.createRows<std::uint16_t>(name, 1, kChunkPixels, kDeflate)
            : array == ScaleEnds || array == ScaleHash
            ? group.createRows<std::uint64_t>(name, 1, kChunkPixels, kDeflate)
            : group.createRows<double>(name, 1, kChunkPixels, kDeflate);
        if (!made)
            return Unexpected(made.error());
        rows.push_back(*std::move(made));
    }
    PixelArrays arrays(std::move(rows), group.place());
    arrays.m_knowsScales = true;
    return arrays;
}

template <typename T>
Result<std::vector<T>> PixelArrays::take(
    std::size_t array, std::uint64_t first, std::uint64_t count) const
{
    const std::uint64_t rows = m_rows[array].rows();
    if (count > kMostPixels || first > rows || count > rows - first)
        return failure(ErrorCode::FileDamaged, m_place + kNames[array],
            fmt::format("{} pixels from {} on", count, first), fmt::format("at most {}", rows));
    std::vector<T> values(count);
    if (const auto read = m_rows[array].template read<T>(first, std::span(values)); !read)
        return Unexpected(read.error());
    return values;
}

Result<spectrum::Segment> PixelArrays::read(const SegmentRow& row) const
{
    if (row.scale >= m_rows[ScaleEnds].rows())
        return failure(ErrorCode::FileDamaged, m_place, fmt::format("wavelengths {}", row.scale),
            fmt::format("below {}", m_rows[ScaleEnds].rows()));
    const auto bounds
        = readEnds(m_rows[ScaleEnds], row.scale, 1, m_rows[Wavelength].rows(), m_place);
    if (!bounds)
        return Unexpected(bounds.error());
    if (bounds->back() - bounds->front() != row.pixels)
        return failure(ErrorCode::FileDamaged, m_place,
            fmt::format("{} wavelengths", bounds->back() - bounds->front()),
            fmt::format("{}, one a pixel", row.pixels));
    auto wavelengths = take<double>(Wavelength, bounds->front(), row.pixels);
    auto flux = take<double>(Flux, row.place, row.pixels);
    auto ivar = row.ivar == SegmentRow::kNowhere ? Result<std::vector<double>>(std::vector<double>())
                                                 : take<double>(Ivar, row.ivar, row.pixels);
    for (const auto* values : { &wavelengths, &flux, &ivar })
        if (!*values)
            return Unexpected(values->error());
    const auto mask = take<std::uint16_t>(Mask, row.place, row.pixels);
    if (!mask)
        return Unexpected(mask.error());
    spectrum::Segment segment;
    segment.wavelengthAngstrom = *std::move(wavelengths);
    segment.flux = *std::move(flux);
    segment.ivar = *std::move(ivar);
    segment.mask.assign(mask->begin(), mask->end());
    segment.medium = row.medium;
    segment.frame = row.frame;
    segment.rectified = row.rectified;
    segment.fluxUnit = row.fluxUnit;
    if (std::isfinite(row.resolvingPower))
        segment.resolvingPower = row.resolvingPower;
    segment.origin = row.origin;
    return segment;
}

Result<void> PixelArrays::learnScales()
{
    auto hashes = take<std::uint64_t>(ScaleHash, 0, m_rows[ScaleHash].rows());
    if (!hashes)
        return Unexpected(hashes.error());
    for (std::size_t i = 0; i < hashes->size(); ++i)
        m_scales.emplace((*hashes)[i], i);
    m_knowsScales = true;
    return {};
}

std::uint64_t PixelArrays::addScale(const std::vector<double>& wavelengths)
{
    const std::uint64_t hash = hashOf(wavelengths);
    const auto [found, isNew]
        = m_scales.emplace(hash, m_rows[ScaleEnds].rows() + m_scaleEnds.size());
    if (isNew) {
        append(m_wavelengths, wavelengths);
        m_scaleEnds.push_back(m_rows[Wavelength].rows() + m_wavelengths.size());
        m_scaleHashes.push_back(hash);
    }
    return found->second;
}

Result<SegmentRow> PixelArrays::add(const spectrum::Segment& segment)
{
    if (!m_knowsScales)
        if (auto learned = learnScales(); !learned)
            return Unexpected(learned.error());
    SegmentRow row;
    row.scale = addScale(segment.wavelengthAngstrom);
    row.pixels = segment.pixels();
    row.place = m_rows[Flux].rows() + m_flux.size();
    append(m_flux, segment.flux);
    if (!segment.ivar.empty()) {
        row.ivar = m_rows[Ivar].rows() + m_ivar.size();
        append(m_ivar, segment.ivar);
    }
    for (const std::uint32_t bits : segment.mask) {
        EXPECTS(bits <= 0xFFFFU);
        m_mask.push_back(static_cast<std::uint16_t>(bits));
    }
    row.medium = segment.medium;
    row.frame = segment.frame;
    row.rectified = segment.rectified;
    row.resolvingPower = segment.resolvingPower.value_or(row.resolvingPower);
    row.fluxUnit = segment.fluxUnit;
    row.origin = segment.origin;
    return row;
}

Result<void> PixelArrays::flush()
{
    for (const auto& [array, values] : { std::pair { Flux, &m_flux }, std::pair { Ivar, &m_ivar },
             std::pair { Wavelength, &m_wavelengths } }) {
        if (auto added = m_rows[array].append<double>(*values); !added)
            return added;
        values->clear();
    }
    if (auto added = m_rows[Mask].append<std::uint16_t>(m_mask); !added)
        return added;
    m_mask.clear();
    for (const auto& [array, values] :
        { std::pair { ScaleEnds, &m_scaleEnds }, std::pair { ScaleHash, &m_scaleHashes } }) {
        if (auto added = m_rows[array].append<std::uint64_t>(*values); !added)
            return added;
        values->clear();
    }
    return {};
}

} // namespace maury::store
