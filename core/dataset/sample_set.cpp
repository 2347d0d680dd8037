#include "core/dataset/sample_set.h"

#include "core/base/sha256.h"
#include "core/base/thread_team.h"
#include "core/dataset/sample_set_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <new>

namespace maury::dataset {
namespace {

// Apart from the augmenter's streams, whose ids are 32-bit epochs.
constexpr std::uint64_t kShuffleStream = 1ULL << 40U;

// A standard that takes part: its flux and its labels.
struct Source {
    std::vector<float> flux; // [pixels]
    std::uint16_t sc;
    std::uint16_t lc;
    std::string name;
};

std::vector<float> fluxOf(const mk::Atlas& atlas, std::uint32_t row, EdgePixels edges)
{
    const auto& all = edges == EdgePixels::AsRead ? atlas.asRead() : atlas.flux();
    const float* flux = all.row(row).data();
    return { flux, flux + atlas.grid().pixels };
}

std::vector<Source> collectSources(
    const std::vector<mk::AtlasPtr>& atlases, const mk::ClassScheme& scheme, EdgePixels edges)
{
    std::vector<Source> sources;
    for (const mk::AtlasPtr& atlas : atlases) {
        const auto labelled = mk::labelStandards(*atlas, scheme);
        for (std::size_t i = 0; i < labelled.rows.size(); ++i) {
            const auto row = labelled.rows[i];
            sources.push_back({ fluxOf(*atlas, row, edges), labelled.sc[i], labelled.lc[i],
                atlas->name() + "/" + atlas->standards()[row].name });
        }
    }
    return sources;
}

std::string gridText(const spectrum::WavelengthGrid& grid)
{
    return fmt::format(
        "{} pixels of {} Å from {} Å", grid.pixels, grid.stepAngstrom, grid.firstAngstrom);
}

base::Result<void> checkGrids(const std::vector<mk::AtlasPtr>& atlases)
{
    for (const mk::AtlasPtr& atlas : atlases)
        if (!(atlas->grid() == atlases.front()->grid()))
            return base::failure(base::ErrorCode::WavelengthsInvalid, "atlas " + atlas->name(),
                gridText(atlas->grid()),
                gridText(atlases.front()->grid()) + " as in " + atlases.front()->name());
    return {};
}

// Which source each row shows, by Fisher and Yates's shuffle of all variations in order.
std::vector<std::uint32_t> arrangeRows(
    std::size_t sources, std::size_t perSource, const BuildOptions& options)
{
    std::vector<std::uint32_t> rows(sources * perSource);
    for (std::size_t row = 0; row < rows.size(); ++row)
        rows[row] = static_cast<std::uint32_t>(row / perSource);
    if (!options.shuffle)
        return rows;
    base::RandomStream stream = base::RandomStream(options.seed).split(kShuffleStream);
    for (std::size_t left = rows.size(); left > 1; --left)
        std::swap(rows[left - 1], rows[stream.below(static_cast<std::uint32_t>(left))]);
    return rows;
}

// Fills all rows of set.flux for an epoch; the team takes them in pieces from a counter, so that a
// member that was held up does not hold up the others.
base::Result<void> fillRows(SampleSet& set, const std::vector<Source>& sources,
    const BuildOptions& options, std::uint32_t epoch, const std::stop_token& stop,
    const ProgressFunction& progress)
{
    const Augmenter augmenter(set.grid, options.augmentation, options.seed);
    const std::size_t rows = set.size();
    constexpr std::size_t kPiece = 128;
    std::atomic<std::size_t> next { 0 };
    const auto fillRow = [&](std::size_t row) {
        const std::vector<float>& flux = sources[set.standard[row]].flux;
        const std::span<float> out(set.flux.data() + row * set.grid.pixels, set.grid.pixels);
        if (options.perSpectrum == 0)
            std::copy(flux.begin(), flux.end(), out.begin());
        else
            augmenter.apply(flux, epoch, row, out);
    };
    base::ThreadTeam team(options.threads);
    double reported = 0.0;
    team.run([&](int member) {
        for (;;) {
            const std::size_t begin = next.fetch_add(kPiece);
            if (begin >= rows || stop.stop_requested())
                return;
            for (std::size_t row = begin; row < std::min(begin + kPiece, rows); ++row)
                fillRow(row);
            const double done
                = static_cast<double>(std::min(next.load(), rows)) / static_cast<double>(rows);
            constexpr double kReportEvery = 0.01;
            if (member == 0 && progress && done >= reported + kReportEvery)
                progress(reported = done);
        }
    });
    if (stop.stop_requested())
        return base::failure(base::ErrorCode::Cancelled, "making variations");
    if (progress)
        progress(1.0);
    return {};
}

// Memory for the flux; not touched here, so that the threads that fill it place its pages.
bool allocateFlux(SampleSet& set, std::size_t rows)
{
    try {
        set.flux.resize(
            static_cast<Eigen::Index>(rows), static_cast<Eigen::Index>(set.grid.pixels));
        return true;
    } catch (const std::bad_alloc&) {
        return false;
    }
}

void labelRows(SampleSet& set, const std::vector<Source>& sources)
{
    for (const std::uint32_t source : set.standard) {
        set.sc.push_back(sources[source].sc);
        set.lc.push_back(sources[source].lc);
    }
    for (const Source& source : sources)
        set.standardNames.push_back(source.name);
}

/// Errors: ModelMismatch (the set holds other standards).
base::Result<std::vector<Source>> sourcesOfSet(
    const SampleSet& set, const std::vector<mk::AtlasPtr>& atlases, EdgePixels edges)
{
    EXPECTS(!atlases.empty());
    auto sources = collectSources(atlases, set.scheme, edges);
    const bool same = set.grid == atlases.front()->grid() && checkGrids(atlases).has_value()
        && std::equal(sources.begin(), sources.end(), set.standardNames.begin(),
            set.standardNames.end(),
            [](const Source& source, const std::string& name) { return source.name == name; });
    if (!same)
        return base::failure(base::ErrorCode::ModelMismatch, atlasNames(atlases),
            fmt::format("{} standards on {}", sources.size(), gridText(atlases.front()->grid())),
            fmt::format("the {} standards of the set ({}) on {}", set.standardNames.size(),
                set.description, gridText(set.grid)));
    return sources;
}

} // namespace

base::Result<void> validate(const BuildOptions& options)
{
    if (options.perSpectrum < 0 || options.perSpectrum > kMaximumPerSpectrum)
        return base::failure(base::ErrorCode::OptionInvalid, "per-spectrum",
            fmt::format("{}", options.perSpectrum), fmt::format("0 … {}", kMaximumPerSpectrum));
    constexpr int kMaximumThreads = 1024;
    if (options.threads < 1 || options.threads > kMaximumThreads)
        return base::failure(base::ErrorCode::OptionInvalid, "threads",
            fmt::format("{}", options.threads), fmt::format("1 … {}", kMaximumThreads));
    return validate(options.augmentation);
}

base::Result<SampleSetPtr> buildSampleSet(const std::vector<mk::AtlasPtr>& atlases,
    const mk::ClassScheme& scheme, const BuildOptions& options, std::stop_token stop,
    const ProgressFunction& progress)
{
    EXPECTS(!atlases.empty());
    if (const auto valid = validate(options); !valid)
        return base::Unexpected(valid.error());
    if (const auto same = checkGrids(atlases); !same)
        return base::Unexpected(same.error());
    const auto sources = collectSources(atlases, scheme, options.edges);
    if (sources.empty())
        return base::failure(base::ErrorCode::ClassesInsufficient, atlasNames(atlases),
            "no standard of the classes chosen", "at least one");

    const auto perSource = static_cast<std::size_t>(std::max(options.perSpectrum, 1));
    auto set = std::make_shared<SampleSet>();
    set->grid = atlases.front()->grid();
    set->scheme = scheme;
    if (!allocateFlux(*set, sources.size() * perSource))
        return base::failure(base::ErrorCode::OptionInvalid, "per-spectrum",
            fmt::format("{} (needs {:.1f} GB of memory)", options.perSpectrum,
                static_cast<double>(sources.size() * perSource * set->grid.pixels) * 4e-9),
            "as many as fit into memory");
    set->standard = arrangeRows(sources.size(), perSource, options);
    labelRows(*set, sources);
    set->description = describeBuild(atlases, *set, options);
    set->provenance = buildProvenance(atlases, options);
    if (const auto filled = fillRows(*set, sources, options, 0, stop, progress); !filled)
        return base::Unexpected(filled.error());
    return SampleSetPtr(std::move(set));
}

base::Result<void> refreshSampleSet(SampleSet& set, const std::vector<mk::AtlasPtr>& atlases,
    const BuildOptions& options, std::uint32_t epoch, std::stop_token stop)
{
    if (const auto valid = validate(options); !valid)
        return valid;
    const auto sources = sourcesOfSet(set, atlases, options.edges);
    if (!sources)
        return base::Unexpected(sources.error());
    set.sha256.clear();
    return fillRows(set, *sources, options, epoch, stop, {});
}

base::Result<mk::SpectraMatrix> standardsOfSet(
    const SampleSet& set, const std::vector<mk::AtlasPtr>& atlases, EdgePixels edges)
{
    const auto sources = sourcesOfSet(set, atlases, edges);
    if (!sources)
        return base::Unexpected(sources.error());
    mk::SpectraMatrix flux(
        std::ssize(*sources), static_cast<Eigen::Index>(set.grid.pixels));
    for (Eigen::Index row = 0; row < flux.rows(); ++row) {
        const std::vector<float>& from = (*sources)[static_cast<std::size_t>(row)].flux;
        std::copy(from.begin(), from.end(), flux.row(row).data());
    }
    return flux;
}

std::string contentsSha256(const SampleSet& set)
{
    base::Sha256 hash;
    hash.updateValues(
        std::span<const float>(set.flux.data(), static_cast<std::size_t>(set.flux.size())));
    hash.updateValues(std::span<const std::uint16_t>(set.sc));
    hash.updateValues(std::span<const std::uint16_t>(set.lc));
    hash.updateValues(std::span<const std::uint32_t>(set.standard));
    return hash.hexDigest();
}

} // namespace maury::dataset
