#include "app/cli/store_sink.h"

#include "core/base/sha256.h"
#include "core/base/text.h"
#include "core/preprocess/recipe.h"
#include "core/store/store_writer.h"

#include <filesystem>
#include <optional>
#include <utility>

namespace maury::cli {
namespace {

using preprocess::Reduced;

/// Of the star's files; those that are gone (spectra of a store remember files of other machines)
/// have none.
std::string checksums(const spectrum::Spectrum& spectrum)
{
    std::string lines;
    const auto add = [&lines](const std::filesystem::path& file) {
        if (const auto sum = base::sha256OfFile(file))
            lines += (lines.empty() ? "" : "\n") + *sum;
    };
    add(spectrum.file);
    for (const auto& file : spectrum.moreFiles)
        add(file);
    return lines;
}

store::Entry entryOf(const Reduced& reduced, const SpectrumItem& item)
{
    store::Entry entry = store::entryOf(reduced.spectrum);
    if (item.store == nullptr) {
        entry.sha256 = checksums(reduced.spectrum);
        return entry;
    }
    // What the store knows of the files stays true.
    if (const auto known = item.store->entry(item.row)) {
        entry.sha256 = known->sha256;
        entry.survey = known->survey;
    }
    return entry;
}

store::StoreGrid gridOf(const preprocess::TargetGrid& grid)
{
    return { grid.name, grid.medium, grid.logarithmic, grid.firstAngstrom, grid.step, grid.pixels,
        grid.resolvingPower };
}

std::vector<float> floats(const std::vector<double>& values)
{
    return { values.begin(), values.end() };
}

store::GriddedSegment griddedOf(const preprocess::RegriddedSegment& segment)
{
    store::GriddedSegment stored;
    stored.firstPixel = segment.firstPixel;
    stored.flux = floats(segment.flux);
    stored.ivar = floats(segment.ivar);
    stored.covariance1 = floats(segment.covariance1);
    stored.covariance2 = floats(segment.covariance2);
    stored.badFraction = floats(segment.badFraction);
    stored.mask = segment.mask;
    stored.rectified = segment.rectified;
    stored.fluxUnit = segment.fluxUnit;
    stored.origin = segment.origin;
    return stored;
}

class StoreSink : public ReducedSink {
public:
    StoreSink(std::string out, std::optional<store::StoreWriter> writer)
        : m_out(std::move(out))
        , m_writer(std::move(writer))
    {
    }

    base::Result<std::string> add(const Reduced& reduced, const SpectrumItem& item) override
    {
        if (auto ready = prepare(reduced); !ready)
            return base::Unexpected(ready.error());
        const std::string recipe
            = reduced.recipe.steps.empty() ? std::string() : preprocess::recipeToJson(reduced.recipe);
        store::Entry entry = entryOf(reduced, item);
        auto added = reduced.grid
            ? addGridded(reduced, std::move(entry), recipe)
            : m_writer->add(std::make_shared<const spectrum::Spectrum>(reduced.spectrum),
                std::move(entry), recipe);
        if (!added)
            return base::Unexpected(added.error());
        return m_out;
    }

    base::Result<void> finish() override
    {
        return m_writer ? m_writer->flush() : base::Result<void>();
    }

private:
    /// The first spectrum decides what kind of store it is.
    base::Result<void> prepare(const Reduced& reduced)
    {
        std::optional<store::StoreGrid> grid;
        if (reduced.grid)
            grid = gridOf(*reduced.grid);
        if (!m_writer) {
            auto writer = store::StoreWriter::create(m_out, grid);
            if (!writer)
                return base::Unexpected(writer.error());
            m_writer = *std::move(writer);
        }
        if (m_writer->grid() == grid)
            return {};
        const auto nameOf = [](const std::optional<store::StoreGrid>& each) {
            return each ? "the grid " + each->name : std::string("no grid");
        };
        return base::failure(base::ErrorCode::OptionInvalid, m_out,
            "spectra on " + nameOf(grid), "spectra on " + nameOf(m_writer->grid()));
    }

    base::Result<void> addGridded(const Reduced& reduced, store::Entry entry, std::string recipe)
    {
        store::GriddedSpectrum spectrum { std::move(entry),
            reduced.regridded.empty() ? spectrum::Frame::Unknown : reduced.regridded.front().frame,
            {} };
        for (const preprocess::RegriddedSegment& segment : reduced.regridded)
            spectrum.segments.push_back(griddedOf(segment));
        return m_writer->add(std::move(spectrum), std::move(recipe));
    }

    std::string m_out;
    std::optional<store::StoreWriter> m_writer;
};

} // namespace

bool namesStore(const std::string& out)
{
    return base::lowerCase(std::filesystem::path(out).extension().string()) == ".h5";
}

base::Result<std::unique_ptr<ReducedSink>> openStoreSink(const std::string& out, bool append)
{
    if (!append)
        return std::unique_ptr<ReducedSink>(std::make_unique<StoreSink>(out, std::nullopt));
    auto writer = store::StoreWriter::append(out);
    if (!writer)
        return base::Unexpected(writer.error());
    return std::unique_ptr<ReducedSink>(std::make_unique<StoreSink>(out, *std::move(writer)));
}

base::Result<std::size_t> copyStore(
    const std::string& from, const store::Where& where, const std::string& out)
{
    const auto opened = store::Store::open(from);
    if (!opened)
        return base::Unexpected(opened.error());
    const auto rows = where.rows(**opened);
    if (!rows)
        return base::Unexpected(rows.error());
    if (const auto written = store::writeSubset(**opened, *rows, out); !written)
        return base::Unexpected(written.error());
    return rows->size();
}

} // namespace maury::cli
