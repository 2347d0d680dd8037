#include "core/mk/atlas_export.h"

#include "core/base/atomic_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <system_error>

namespace maury::mk {
namespace {

std::string standardText(const Atlas& atlas, Eigen::Index row)
{
    fmt::memory_buffer text;
    for (Eigen::Index pixel = 0; pixel < atlas.flux().cols(); ++pixel) {
        // 0 means "no data" in these files; a flux that happens to be 0 becomes the next thing to
        // it.
        float flux = atlas.flux()(row, pixel);
        if (flux == 0.0F)
            flux = std::numeric_limits<float>::min();
        const bool good = atlas.good()(row, pixel) != 0;
        fmt::format_to(std::back_inserter(text), "{:.6f} {:.9g}\n",
            atlas.grid().wavelength(static_cast<std::size_t>(pixel)), good ? flux : 0.0F);
    }
    return fmt::to_string(text);
}

/// Cells and parents as in the table of the MKCLASS libraries; `axis` is what the parents differ
/// in.
std::string interpolatedCells(const Atlas& atlas, const std::string& library)
{
    std::string text = "library,cell,axis,parent1,parent2\n";
    for (const Standard& standard : atlas.standards()) {
        if (!standard.interpolated)
            continue;
        const auto parent = [&standard](std::size_t i) {
            return i < standard.parents.size() ? standard.parents[i] : std::string();
        };
        const bool sameTemperature = parent(0).substr(0, 4) == parent(1).substr(0, 4);
        text += fmt::format("{},{},{},{},{}\n", library, standard.name, sameTemperature ? "L" : "T",
            parent(0), parent(1));
    }
    return text;
}

} // namespace

base::Result<void> writeAtlasFolder(const Atlas& atlas, const std::filesystem::path& folder)
{
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error)
        return base::failure(base::ErrorCode::WriteFailed, folder.string(), error.message());
    for (std::size_t row = 0; row < atlas.standards().size(); ++row) {
        const auto written
            = base::writeFileAtomically(folder / (atlas.standards()[row].name + ".rbn"),
                standardText(atlas, static_cast<Eigen::Index>(row)));
        if (!written)
            return written;
    }
    const auto& standards = atlas.standards();
    if (std::none_of(standards.begin(), standards.end(),
            [](const Standard& standard) { return standard.interpolated; }))
        return {};
    const auto library = std::filesystem::weakly_canonical(folder, error).filename().string();
    return base::writeFileAtomically(
        folder / "interpolated_cells.csv", interpolatedCells(atlas, library));
}

} // namespace maury::mk
