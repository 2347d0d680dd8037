#include "core/gon/line_windows.h"

#include "core/base/contract.h"
#include "core/spectrum/air_vacuum.h"

#include <fmt/format.h>

namespace maury::gon {
namespace {

struct Line {
    const char* name;
    double airAngstrom;
};

// Gray & Corbally (2009): the lines that classify, within 3800–4600 Å.
constexpr Line kMk[] { { "H8", 3889.05 }, { "Ca II K", 3933.66 }, { "Hε, Ca II H", 3969.5 },
    { "He I", 4026.19 }, { "Sr II", 4077.71 }, { "Si IV", 4088.86 }, { "Hδ", 4101.74 },
    { "He I", 4143.76 }, { "Fe II, Ti II", 4175.0 }, { "He II", 4199.83 }, { "Ca I", 4226.73 },
    { "C II", 4267.2 }, { "G band", 4305.0 }, { "Hγ", 4340.47 }, { "Fe I", 4383.54 },
    { "He I", 4387.93 }, { "He I", 4471.48 }, { "Mg II", 4481.2 }, { "He II", 4541.59 },
    { "Si III", 4552.62 } };
// GALAH DR3 line list (Buder et al. 2021).
constexpr Line kGalah[] { { "Hβ", 4861.323 }, { "Hα", 6562.797 }, { "Na I", 5682.633 },
    { "Na I", 5688.205 }, { "Mg I", 5711.088 }, { "Li I", 6707.764 }, { "Al I", 6696.023 },
    { "Al I", 6698.673 }, { "Ca I", 6493.781 }, { "Ca I", 6499.650 }, { "Ba II", 5853.668 },
    { "Ba II", 6496.897 }, { "Y II", 4854.861 }, { "Y II", 4883.682 }, { "O I", 7771.944 },
    { "O I", 7774.166 }, { "O I", 7775.388 }, { "K I", 7698.964 }, { "Eu II", 5818.727 } };
// APOGEE (Shetrone et al. 2015), air.
constexpr Line kApogee[] { { "Mg I", 15740.716 }, { "Mg I", 15748.9 }, { "Mg I", 15765.8 },
    { "Al I", 16718.957 }, { "Al I", 16750.564 }, { "Al I", 16763.359 }, { "K I", 15163.067 },
    { "K I", 15168.376 }, { "Ca I", 16136.823 }, { "Ca I", 16150.763 }, { "Mn I", 15217.85 },
    { "Mn I", 15262.4 } };

template <std::size_t count>
std::vector<LineWindow> windowsOf(const Line (&lines)[count], double half, bool vacuum)
{
    std::vector<LineWindow> windows;
    for (const Line& line : lines) {
        const double at
            = vacuum ? spectrum::vacuumFromAir(line.airAngstrom) : line.airAngstrom;
        windows.push_back({ fmt::format("{} {:.0f}", line.name, line.airAngstrom),
            { at - half, at + half }, at });
    }
    return windows;
}

} // namespace

base::Result<std::vector<LineWindow>> defaultWindows(const std::string& name)
{
    if (name == "none")
        return std::vector<LineWindow>();
    if (name == "mk")
        return windowsOf(kMk, 4.0, false);
    if (name == "galah")
        return windowsOf(kGalah, 1.5, false);
    if (name == "apogee")
        return windowsOf(kApogee, 3.0, true);
    return base::failure(
        base::ErrorCode::OptionUnknown, "--windows", name, "none, mk, galah or apogee");
}

std::vector<float> windowWeights(const std::vector<double>& wavelengths,
    const std::vector<LineWindow>& windows, double weight)
{
    EXPECTS(weight > 0.0);
    std::vector<float> result(wavelengths.size(), 1.0F);
    for (std::size_t i = 0; i < wavelengths.size(); ++i)
        for (const LineWindow& window : windows)
            if (wavelengths[i] >= window.range.firstAngstrom
                && wavelengths[i] <= window.range.lastAngstrom)
                result[i] = static_cast<float>(weight);
    return result;
}

} // namespace maury::gon
