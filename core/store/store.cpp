#include "core/store/store.h"

#include "core/io/file_bytes.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace maury::store {
namespace {

using base::ErrorCode;
using base::failure;
using base::Result;
using base::Unexpected;

/// What Segment promises, checked on numbers that come from a file.
Result<void> check(const spectrum::Segment& segment, const std::string& place)
{
    const auto bad = [&place](std::size_t pixel, const char* what, double found) {
        return failure(ErrorCode::ValueInvalid, fmt::format("{}, pixel {}", place, pixel),
            fmt::format("{} {}", what, found), "a finite number that can be one");
    };
    if (segment.pixels() < 2)
        return failure(ErrorCode::ValueInvalid, place, fmt::format("{} pixels", segment.pixels()),
            "at least 2");
    const auto& wavelengths = segment.wavelengthAngstrom;
    for (std::size_t i = 0; i < segment.pixels(); ++i) {
        if (!std::isfinite(wavelengths[i]) || (i > 0 && wavelengths[i] <= wavelengths[i - 1]))
            return bad(i, "wavelength", wavelengths[i]);
        if (!std::isfinite(segment.flux[i]))
            return bad(i, "flux", segment.flux[i]);
        if (!segment.ivar.empty() && !(segment.ivar[i] >= 0.0 && std::isfinite(segment.ivar[i])))
            return bad(i, "inverse variance", segment.ivar[i]);
    }
    return {};
}

std::vector<std::string> linesOf(const std::string& text)
{
    std::vector<std::string> lines;
    for (std::size_t from = 0; from < text.size();) {
        const std::size_t to = std::min(text.find('\n', from), text.size());
        lines.push_back(text.substr(from, to - from));
        from = to + 1;
    }
    return lines;
}

std::optional<double> known(double value)
{
    return std::isfinite(value) ? std::optional(value) : std::nullopt;
}

/// Counts in a catalogue are small; what is damaged becomes the nearest that can be.
int countOf(double value)
{
    return static_cast<int>(std::clamp(std::isfinite(value) ? value : 0.0, 0.0, 1e9));
}

spectrum::Spectrum fromEntry(Entry entry)
{
    spectrum::Spectrum spectrum;
    spectrum.object = std::move(entry.object);
    spectrum.spectralType = std::move(entry.type);
    spectrum.format = std::move(entry.format);
    spectrum.file = entry.file;
    for (std::string& file : linesOf(entry.moreFiles))
        spectrum.moreFiles.emplace_back(std::move(file));
    spectrum.warnings = linesOf(entry.notices);
    spectrum.raDeg = known(entry.raDeg);
    spectrum.decDeg = known(entry.decDeg);
    spectrum.radialVelocityKms = known(entry.velocityKms);
    spectrum.barycentricCorrectionKms = known(entry.barycentricKms);
    spectrum.row = countOf(entry.fileRow);
    spectrum.rows = std::max(1, countOf(entry.fileRows));
    return spectrum;
}

} // namespace

bool Store::isStore(const std::filesystem::path& file)
{
    const auto start = io::readFirstBytes(file, SealedHead::kMagic.size());
    return start && startsSealed(std::as_bytes(std::span(*start)));
}

Result<std::shared_ptr<const Store>> Store::open(const std::filesystem::path& file)
{
    auto sealed = SealedFile::openToRead(file);
    if (!sealed)
        return Unexpected(sealed.error());
    std::shared_ptr<Store> store(new Store);
    store->m_file = file;
    store->m_sealed = *std::move(sealed);
    const auto root
        = io::openHdf5(*store->m_sealed, file, kStoreFormat, io::Hdf5Access::Read);
    if (!root)
        return store->explained(root.error());
    auto grid = readGrid(*root);
    if (!grid)
        return store->explained(grid.error());
    store->m_grid = *std::move(grid);
    auto tables = StoreTables::open(*root);
    if (!tables)
        return store->explained(tables.error());
    store->m_tables = *std::move(tables);
    return std::shared_ptr<const Store>(std::move(store));
}

/// A checksum that differs is the reason for whatever the library made of the bytes that it did not
/// get.
Unexpected Store::explained(base::Error error) const
{
    return Unexpected(m_sealed->damage().value_or(std::move(error)));
}

template <typename T> Result<T> Store::explained(Result<T> result) const
{
    return result ? std::move(result) : Result<T>(explained(result.error()));
}

Result<std::vector<Entry>> Store::entries(std::uint64_t first, std::uint64_t count) const
{
    EXPECTS(first <= size() && count <= size() - first);
    return explained(m_tables->catalogue.read(first, count));
}

Result<Entry> Store::entry(std::uint64_t row) const
{
    if (row >= size())
        return failure(ErrorCode::OptionInvalid, m_file.string() + ": --row", std::to_string(row),
            size() == 0 ? "a store that holds spectra" : fmt::format("0 to {}", size() - 1));
    auto read = entries(row, 1);
    if (!read)
        return Unexpected(read.error());
    return std::move(read->front());
}

Result<std::vector<std::string>> Store::texts(std::string_view column) const
{
    return explained(m_tables->catalogue.texts(column));
}

Result<std::vector<double>> Store::numbers(std::string_view column) const
{
    return explained(m_tables->catalogue.numbers(column));
}

Result<spectrum::Segment> Store::segment(
    const SegmentRow& row, std::uint64_t spectrum, std::size_t index) const
{
    const auto asStored = [&]() -> Result<spectrum::Segment> {
        if (m_tables->pixels)
            return m_tables->pixels->read(row);
        auto read = m_tables->blocks->read(row);
        if (!read)
            return Unexpected(read.error());
        return segmentOf(*read, *m_grid, row.frame);
    };
    auto segment = asStored();
    if (!segment)
        return segment;
    const std::string place
        = fmt::format("{}: spectrum {}, segment {}", m_file.string(), spectrum, index);
    if (auto checked = check(*segment, place); !checked)
        return Unexpected(checked.error());
    return segment;
}

Result<spectrum::SpectrumPtr> Store::spectrum(std::uint64_t row) const
{
    auto known = entry(row);
    if (!known)
        return Unexpected(known.error());
    auto spectrum = std::make_shared<spectrum::Spectrum>(fromEntry(*std::move(known)));
    const auto segments = m_tables->segments.read(row);
    if (!segments)
        return explained(segments.error());
    for (std::size_t i = 0; i < segments->size(); ++i) {
        auto read = segment((*segments)[i], row, i);
        if (!read)
            return explained(read.error());
        spectrum->segments.push_back(*std::move(read));
    }
    return spectrum::SpectrumPtr(std::move(spectrum));
}

Result<GriddedSpectrum> Store::gridded(std::uint64_t row) const
{
    EXPECTS(kind() == StoreKind::Gridded);
    auto known = entry(row);
    if (!known)
        return Unexpected(known.error());
    GriddedSpectrum spectrum { *std::move(known), spectrum::Frame::Unknown, {} };
    const auto segments = m_tables->segments.read(row);
    if (!segments)
        return explained(segments.error());
    spectrum.frame = segments->front().frame;
    for (const SegmentRow& segment : *segments) {
        auto read = m_tables->blocks->read(segment);
        if (!read)
            return explained(read.error());
        spectrum.segments.push_back(*std::move(read));
    }
    return spectrum;
}

std::vector<BlockExtent> Store::coverage() const
{
    return m_tables->blocks ? m_tables->blocks->extents() : std::vector<BlockExtent>();
}

Result<std::vector<std::uint64_t>> Store::spectraOf(std::size_t block) const
{
    EXPECTS(m_tables->blocks);
    return explained(m_tables->blocks->spectraOf(block));
}

Result<std::vector<std::string>> Store::recipes() const
{
    return explained(m_tables->recipes.read(0, m_tables->recipes.rows()));
}

Result<std::vector<std::string>> Store::runs() const
{
    return explained(m_tables->runs.read(0, m_tables->runs.rows()));
}

Result<void> Store::verify() const
{
    return m_sealed->verify();
}

} // namespace maury::store
