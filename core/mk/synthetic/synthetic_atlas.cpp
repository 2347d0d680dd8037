#include "core/mk/synthetic/synthetic_atlas.h"

#include "core/base/sha256.h"
#include "core/base/thread_team.h"
#include "core/mk/synthetic/rosseland_table.h"
#include "core/mk/synthetic/standards_table.h"
#include "core/mk/synthetic/synthesis.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <optional>

namespace maury::mk::synthetic {
namespace {

using base::ErrorCode;
using base::failure;
using base::Result;
using base::Unexpected;

using Spectra = std::vector<std::optional<Result<std::vector<double>>>>;

/// One spectrum per standard; an element stays empty when `stop` was requested before its turn.
Spectra synthesiseAll(const AtomicData& data, const StandardsTable& table, int threads,
    const std::stop_token& stop, const std::function<void(double)>& progress)
{
    base::ThreadTeam team(threads);
    const RosselandTable rosseland(data, team);
    const SynthesisGrid grid;
    const std::size_t count = table.standards.size();
    Spectra spectra(count);
    std::atomic<std::size_t> next { 0 };
    std::atomic<std::size_t> done { 0 };
    team.run([&](int member) {
        for (std::size_t i = next++; i < count && !stop.stop_requested(); i = next++) {
            const SyntheticStandard& star = table.standards[i];
            const Atmosphere atmosphere = computeAtmosphere(data, rosseland, star.parameters);
            spectra[i]
                = observe(synthesise(data, atmosphere, grid), grid, star.blur, spectrum::mkGrid());
            ++done;
            if (member == 0 && progress)
                progress(static_cast<double>(done) / static_cast<double>(count));
        }
    });
    return spectra;
}

} // namespace

Result<ComputedAtlas> computeSyntheticAtlas(const AtlasOptions& options,
    const std::stop_token& stop, const std::function<void(double)>& progress)
{
    if (options.threads < 1)
        return failure(ErrorCode::OptionInvalid, "threads", std::to_string(options.threads), "≥ 1");
    const auto data = readAtomicData(options.tables);
    if (!data)
        return Unexpected(data.error());
    const auto table = readStandardsTable(options.tables);
    if (!table)
        return Unexpected(table.error());
    Spectra spectra = synthesiseAll(*data, *table, options.threads, stop, progress);

    const auto rows = static_cast<Eigen::Index>(spectra.size());
    const auto pixels = static_cast<Eigen::Index>(spectrum::mkGrid().pixels);
    SpectraMatrix flux(rows, pixels);
    std::vector<Standard> standards;
    for (Eigen::Index row = 0; row < rows; ++row) {
        const auto& computed = spectra[static_cast<std::size_t>(row)];
        const Standard& standard = table->standards[static_cast<std::size_t>(row)].standard;
        if (!computed)
            return failure(ErrorCode::Cancelled, "synthetic atlas");
        if (!*computed)
            return base::failureIn(computed->error(), "while computing " + standard.name);
        flux.row(row)
            = Eigen::Map<const Eigen::RowVectorXd>(computed->value().data(), pixels).cast<float>();
        standards.push_back(standard);
    }
    const auto good
        = Eigen::Matrix<std::uint8_t, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>::Ones(
            rows, pixels);
    ComputedAtlas result;
    result.provenance
        = fmt::format("Synthetic spectra of {} MK standards computed by maury " MAURY_VERSION
                      ": grey LTE atmospheres, 1.8 Å, rectified along the upper envelope",
            rows);
    const std::string digests = data->sha256 + table->sha256;
    result.inputsSha256 = base::sha256(std::as_bytes(std::span(digests)));
    result.atlas = std::make_shared<const Atlas>("builtin", std::filesystem::path(),
        spectrum::mkGrid(), true, std::move(standards), std::move(flux), good,
        std::vector<std::string> { "supergiants of type F and later are illustrative" });
    return result;
}

} // namespace maury::mk::synthetic
