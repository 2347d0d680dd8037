#include "core/store/store_writer.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <system_error>
#include <utility>

namespace maury::store {
namespace {

using base::ErrorCode;
using base::failure;
using base::Result;
using base::Unexpected;

constexpr std::size_t kBatchSpectra = 1024;
constexpr std::size_t kBatchPixels = std::size_t { 1 } << 20; // ≈ 50 MB with all arrays

/// The counts and the signal-to-noise ratio of a catalogue line, of what lies on the grid.
void describeGridded(GriddedSpectrum& spectrum, const StoreGrid& grid)
{
    std::vector<spectrum::Segment> segments;
    for (const GriddedSegment& segment : spectrum.segments)
        segments.push_back(segmentOf(segment, grid, spectrum.frame));
    spectrum::Spectrum whole;
    whole.segments = std::move(segments);
    const Entry counted = entryOf(whole);
    Entry& entry = spectrum.entry;
    entry.medium = counted.medium;
    entry.frame = counted.frame;
    entry.pixels = counted.pixels;
    entry.goodPixels = counted.goodPixels;
    entry.segments = counted.segments;
    entry.wavelengthMin = counted.wavelengthMin;
    entry.wavelengthMax = counted.wavelengthMax;
    entry.resolvingPower = counted.resolvingPower;
    if (std::isnan(entry.snr)) // what was resampled is correlated: that of the pixels read counts
        entry.snr = counted.snr;
}

} // namespace

StoreWriter::StoreWriter(
    std::filesystem::path file, std::optional<StoreGrid> grid, bool exists)
    : m_file(std::move(file))
    , m_grid(std::move(grid))
    , m_exists(exists)
{
}

Result<StoreWriter> StoreWriter::create(
    const std::filesystem::path& file, std::optional<StoreGrid> grid)
{
    // What cannot be written shall be told before hours of work.
    if (const auto possible = SealedFile::create(file); !possible)
        return Unexpected(possible.error());
    return StoreWriter(file, std::move(grid), false);
}

Result<StoreWriter> StoreWriter::append(const std::filesystem::path& file)
{
    const auto changeable = SealedFile::openToChange(file);
    if (!changeable)
        return Unexpected(changeable.error());
    const auto root = io::openHdf5(**changeable, file, kStoreFormat, io::Hdf5Access::Read);
    if (!root)
        return Unexpected((*changeable)->damage().value_or(root.error()));
    auto grid = readGrid(*root);
    if (!grid)
        return Unexpected(grid.error());
    const auto tables = StoreTables::open(*root);
    if (!tables)
        return Unexpected((*changeable)->damage().value_or(tables.error()));
    StoreWriter writer(file, *std::move(grid), true);
    writer.m_written = tables->catalogue.rows();
    return writer;
}

Result<void> StoreWriter::add(
    spectrum::SpectrumPtr spectrum, Entry entry, std::string recipe)
{
    EXPECTS(!m_grid && spectrum != nullptr && !spectrum->segments.empty());
    return wait({ std::move(entry), std::move(spectrum), {}, std::move(recipe) });
}

Result<void> StoreWriter::add(GriddedSpectrum spectrum, std::string recipe)
{
    EXPECTS(m_grid);
    std::erase_if(spectrum.segments, [](const auto& segment) { return segment.pixels() < 2; });
    if (spectrum.segments.empty())
        return failure(ErrorCode::ValueInvalid, spectrum.entry.file, "no pixel on the grid",
            "a spectrum that reaches the grid " + m_grid->name);
    describeGridded(spectrum, *m_grid);
    return wait({ spectrum.entry, nullptr, std::move(spectrum), std::move(recipe) });
}

Result<void> StoreWriter::wait(Waiting waiting)
{
    m_waitingPixels += static_cast<std::size_t>(waiting.entry.pixels);
    m_waiting.push_back(std::move(waiting));
    if (m_waiting.size() < kBatchSpectra && m_waitingPixels < kBatchPixels)
        return {};
    return flush();
}

Result<void> StoreWriter::flush()
{
    if (m_exists && m_waiting.empty())
        return {};
    if (auto written = m_exists ? writeChange() : writeNew(); !written)
        return written;
    m_exists = true;
    m_written += m_waiting.size();
    m_waiting.clear();
    m_waitingPixels = 0;
    return {};
}

Result<void> StoreWriter::writeNew()
{
    auto sealed = SealedFile::create(m_file);
    if (!sealed)
        return Unexpected(sealed.error());
    const auto written = io::createHdf5(**sealed, m_file, kStoreFormat, SealedHead::kBytes,
        [this](io::Hdf5Group& root) -> Result<void> {
            auto tables = StoreTables::create(root, m_grid);
            if (!tables)
                return Unexpected(tables.error());
            return writeBatch(*tables);
        });
    return written ? (*sealed)->commit() : written;
}

Result<void> StoreWriter::writeChange()
{
    auto sealed = SealedFile::openToChange(m_file);
    if (!sealed)
        return Unexpected(sealed.error());
    const auto written = [&]() -> Result<void> {
        auto root = io::openHdf5(**sealed, m_file, kStoreFormat, io::Hdf5Access::Change);
        if (!root)
            return Unexpected(root.error());
        auto tables = StoreTables::open(*root);
        if (!tables)
            return Unexpected(tables.error());
        return writeBatch(*tables);
    }(); // the library has closed the file: all its bytes are with `sealed`
    if (const auto damage = (*sealed)->damage())
        return Unexpected(*damage);
    if (const int error = (*sealed)->error(); error != 0)
        return failure(
            ErrorCode::WriteFailed, m_file.string(), std::system_category().message(error));
    return written ? (*sealed)->commit() : written;
}

/// Numbers the recipes of the batch; those that are new are added.
Result<void> StoreWriter::writeRecipes(StoreTables& tables, std::vector<Entry>& entries) const
{
    const auto stored = tables.recipes.read(0, tables.recipes.rows());
    if (!stored)
        return Unexpected(stored.error());
    std::map<std::string, std::size_t> numbers;
    for (std::size_t i = 0; i < stored->size(); ++i)
        numbers.emplace((*stored)[i], i);
    std::vector<std::string> fresh;
    for (std::size_t i = 0; i < m_waiting.size(); ++i) {
        const std::string& recipe = m_waiting[i].recipe;
        entries[i].recipe = Entry::kNone;
        if (recipe.empty())
            continue;
        const auto [found, isNew] = numbers.emplace(recipe, numbers.size());
        if (isNew)
            fresh.push_back(recipe);
        entries[i].recipe = static_cast<double>(found->second);
    }
    return tables.recipes.append(fresh);
}

Result<void> StoreWriter::writeBatch(StoreTables& tables) const
{
    const std::uint64_t first = tables.catalogue.rows();
    std::vector<Entry> entries;
    std::vector<std::vector<SegmentRow>> segments;
    for (const Waiting& waiting : m_waiting) {
        entries.push_back(waiting.entry);
        std::vector<SegmentRow>& rows = segments.emplace_back();
        const auto take = [&rows](Result<SegmentRow> row) -> Result<void> {
            if (!row)
                return Unexpected(row.error());
            rows.push_back(*std::move(row));
            return {};
        };
        if (waiting.spectrum != nullptr)
            for (const spectrum::Segment& segment : waiting.spectrum->segments)
                if (auto taken = take(tables.pixels->add(segment)); !taken)
                    return taken;
        for (const GriddedSegment& segment : waiting.gridded.segments) {
            const std::uint64_t spectrum = first + entries.size() - 1;
            if (auto taken
                = take(tables.blocks->add(segment, waiting.entry.survey, spectrum));
                !taken)
                return taken;
            rows.back().frame = waiting.gridded.frame;
        }
    }
    if (auto flushed = m_grid ? tables.blocks->flush() : tables.pixels->flush(); !flushed)
        return flushed;
    if (auto written = writeRecipes(tables, entries); !written)
        return written;
    if (auto added = tables.segments.append(segments); !added)
        return added;
    if (auto added = tables.catalogue.append(entries); !added)
        return added;
    const nlohmann::json run { { "program", "maury " MAURY_VERSION }, { "first", first },
        { "spectra", m_waiting.size() } };
    return tables.runs.append({ run.dump() });
}

namespace {

template <typename RecipeOf>
Result<void> copy(
    const Store& store, std::uint64_t row, const RecipeOf& recipeOf, StoreWriter& writer)
{
    if (store.grid()) {
        auto spectrum = store.gridded(row);
        if (!spectrum)
            return Unexpected(spectrum.error());
        std::string recipe = recipeOf(spectrum->entry);
        return writer.add(*std::move(spectrum), std::move(recipe));
    }
    auto entry = store.entry(row);
    if (!entry)
        return Unexpected(entry.error());
    auto spectrum = store.spectrum(row);
    if (!spectrum)
        return Unexpected(spectrum.error());
    std::string recipe = recipeOf(*entry);
    return writer.add(*std::move(spectrum), *std::move(entry), std::move(recipe));
}

Result<void> copyAll(const Store& store, const std::vector<std::uint64_t>& rows,
    const std::filesystem::path& file, const std::function<bool(std::size_t)>& progress)
{
    auto writer = StoreWriter::create(file, store.grid());
    if (!writer)
        return Unexpected(writer.error());
    const auto recipes = store.recipes();
    if (!recipes)
        return Unexpected(recipes.error());
    const auto recipeOf = [&recipes](const Entry& entry) {
        const bool isThere
            = entry.recipe >= 0.0 && entry.recipe < static_cast<double>(recipes->size());
        return isThere ? (*recipes)[static_cast<std::size_t>(entry.recipe)] : std::string();
    };
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (progress && !progress(i))
            return failure(ErrorCode::Cancelled, file.string());
        if (auto copied = copy(store, rows[i], recipeOf, *writer); !copied)
            return copied;
    }
    return writer->flush();
}

} // namespace

Result<void> writeSubset(const Store& store, const std::vector<std::uint64_t>& rows,
    const std::filesystem::path& file, const std::function<bool(std::size_t)>& progress)
{
    std::error_code status;
    if (std::filesystem::equivalent(store.file(), file, status))
        return failure(ErrorCode::OptionInvalid, file.string(), "the store that is read",
            "another name for the part of it");
    // Under its name it appears when it is whole, also when it is written in many batches.
    std::filesystem::path part = file;
    part += ".part";
    auto copied = copyAll(store, rows, part, progress);
    status.clear();
    if (copied)
        std::filesystem::rename(part, file, status);
    if (copied && !status)
        return {};
    std::error_code ignored;
    std::filesystem::remove(part, ignored);
    if (copied)
        return failure(ErrorCode::WriteFailed, file.string(), status.message());
    return copied;
}

} // namespace maury::store
