// Reads libraries of standards in the naming of MKCLASS on to the grid of the networks.

#include "core/io/csv_table.h"
#include "core/io/mkclass_name.h"
#include "core/io/reader_registry.h"
#include "core/mk/atlas.h"
#include "core/preprocess/edges.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <system_error>
#include <utility>

namespace maury::mk {
namespace {

namespace fs = std::filesystem;
using base::ErrorCode;
using base::failure;

using GoodMatrix = Eigen::Matrix<std::uint8_t, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// A standard with more of the grid missing than this is no standard.
constexpr double kMostMissing = 0.2;

/// One spectrum on the grid. flux, asRead (before edges were trimmed), good: [pixels].
struct GriddedSpectrum {
    std::vector<float> flux;
    std::vector<float> asRead;
    std::vector<std::uint8_t> good;
    std::size_t missing = 0;
};

/// Linear interpolation on to the grid between pixels that have data; what cannot be interpolated
/// stays bad.
GriddedSpectrum interpolateToGrid(
    const spectrum::Segment& segment, const spectrum::WavelengthGrid& grid)
{
    const auto& wavelengths = segment.wavelengthAngstrom;
    const double usualStep
        = (wavelengths.back() - wavelengths.front()) / static_cast<double>(segment.pixels() - 1);
    constexpr double kSamePlace = 1e-6;
    constexpr double kWidestGap = 2.5; // in usual steps: rows may be missing, not be bridged
    GriddedSpectrum result { std::vector<float>(grid.pixels), {},
        std::vector<std::uint8_t>(grid.pixels), 0 };
    std::size_t right = 0;
    for (std::size_t pixel = 0; pixel < grid.pixels; ++pixel) {
        const double wavelength = grid.wavelength(pixel);
        while (right < segment.pixels() && wavelengths[right] < wavelength - kSamePlace)
            ++right;
        if (right == segment.pixels())
            break;
        const bool exact = std::abs(wavelengths[right] - wavelength) <= kSamePlace;
        if (!segment.isGood(right) || (!exact && (right == 0 || !segment.isGood(right - 1))))
            continue;
        double flux = segment.flux[right];
        if (!exact) {
            const double step = wavelengths[right] - wavelengths[right - 1];
            if (step > kWidestGap * usualStep)
                continue;
            const double t = (wavelength - wavelengths[right - 1]) / step;
            flux = segment.flux[right - 1] + t * (segment.flux[right] - segment.flux[right - 1]);
        }
        result.flux[pixel] = static_cast<float>(flux);
        result.good[pixel] = 1;
    }
    result.asRead = result.flux;
    preprocess::trimEdgeRamps(result.flux, result.good, grid);
    result.missing
        = static_cast<std::size_t>(std::count(result.good.begin(), result.good.end(), 0));
    return result;
}

/// Where the upper envelope of a spectrum lies: the 95th percentile in each quarter of the grid.
std::array<float, 4> upperEnvelope(const Eigen::VectorXf& flux)
{
    std::array<float, 4> envelope {};
    const Eigen::Index quarter = flux.size() / 4;
    for (Eigen::Index i = 0; i < 4; ++i) {
        std::vector<float> part(flux.data() + i * quarter, flux.data() + (i + 1) * quarter);
        const auto place = part.begin() + static_cast<std::ptrdiff_t>(part.size() * 95 / 100);
        std::nth_element(part.begin(), place, part.end());
        envelope[static_cast<std::size_t>(i)] = *place;
    }
    return envelope;
}

/// Rectified spectra have their upper envelope near 1 everywhere, down to heavily blended late
/// supergiants, and never far above; fluxes divided by a constant do not. Measured: 81 % of libr18,
/// 84 % of libr18_27 and 13 % of libnor36 (fluxes) pass for themselves.
bool looksRectified(const SpectraMatrix& flux)
{
    Eigen::Index passed = 0;
    for (Eigen::Index row = 0; row < flux.rows(); ++row) {
        const auto envelope = upperEnvelope(flux.row(row).transpose());
        passed += std::all_of(envelope.begin(), envelope.end(),
                      [](float level) { return level > 0.8F && level < 1.15F; })
            ? 1
            : 0;
    }
    return 2 * passed > flux.rows();
}

std::string libraryName(const fs::path& folder)
{
    std::error_code ignored;
    const fs::path whole = fs::weakly_canonical(folder, ignored);
    return whole.filename().empty() ? folder.string() : whole.filename().string();
}

/// Marks the cells that interpolated_cells.csv lists for this library, in the folder or beside it.
void markInterpolatedCells(const fs::path& folder, const std::string& library,
    std::vector<Standard>& standards, std::vector<std::string>& warnings)
{
    constexpr auto kFile = "interpolated_cells.csv";
    std::error_code ignored;
    fs::path file = folder / kFile;
    if (!fs::exists(file, ignored))
        file = fs::weakly_canonical(folder, ignored).parent_path() / kFile;
    if (!fs::exists(file, ignored))
        return;
    const auto table = io::CsvTable::read(file);
    if (!table) {
        warnings.push_back("interpolated cells unknown: " + base::describe(table.error()));
        return;
    }
    const auto cell = table->column("cell");
    const auto first = table->column("parent1");
    const auto second = table->column("parent2");
    for (const auto& column : { cell, first, second })
        if (!column) {
            warnings.push_back("interpolated cells unknown: " + base::describe(column.error()));
            return;
        }
    // Parents are written without the metallicity: t010l00.
    const auto fullName
        = [](const std::string& name) { return name.ends_with("p00") ? name : name + "p00"; };
    for (std::size_t row = 0; row < table->rows(); ++row) {
        if (table->cell(row, 0) != library)
            continue;
        const std::string name = fullName(table->cell(row, *cell));
        const auto found = std::find_if(standards.begin(), standards.end(),
            [&name](const Standard& standard) { return standard.name == name; });
        if (found == standards.end())
            continue;
        found->interpolated = true;
        for (const std::size_t column : { *first, *second })
            if (!table->cell(row, column).empty())
                found->parents.push_back(fullName(table->cell(row, column)));
    }
}

Standard makeStandard(const fs::path& file, const io::MkclassName& name)
{
    Standard standard;
    standard.name = file.stem().string();
    standard.temperatureCode = name.temperatureCode;
    standard.luminosityCode = name.luminosityCode;
    standard.type
        = typeFromDecimal(decimalFromTemperatureCode(name.temperatureCode), name.luminosityCode);
    standard.group = luminosityGroup(name.luminosityCode);
    return standard;
}

/// The files of a folder that are named like standards, in order of their codes, and how many there
/// are in all.
struct FolderContents {
    std::vector<std::pair<fs::path, io::MkclassName>> standards;
    std::size_t files = 0;
};

base::Result<FolderContents> listStandards(const fs::path& folder)
{
    std::error_code error;
    const auto kind = fs::status(folder, error).type();
    if (kind == fs::file_type::not_found)
        return failure(ErrorCode::FileMissing, folder.string());
    if (kind != fs::file_type::directory)
        return failure(
            ErrorCode::FileUnreadable, folder.string(), "a file", "a folder of standards");
    FolderContents contents;
    fs::directory_iterator entry(folder, error);
    for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
        ++contents.files;
        const auto& path = entry->path();
        if (const auto name = io::parseMkclassFileName(path.filename().string()))
            contents.standards.emplace_back(path, *name);
    }
    if (error)
        return failure(ErrorCode::FileUnreadable, folder.string(), error.message());
    // The name begins with the temperature code and then the luminosity code.
    std::sort(contents.standards.begin(), contents.standards.end(),
        [](const auto& left, const auto& right) { return left.first < right.first; });
    return contents;
}

struct ReadStandards {
    std::vector<Standard> standards;
    std::vector<GriddedSpectrum> spectra;
    std::vector<std::string> warnings;
};

/// A file that cannot be used becomes a warning.
ReadStandards readStandards(const FolderContents& contents, const spectrum::WavelengthGrid& grid)
{
    ReadStandards read;
    for (const auto& [file, name] : contents.standards) {
        const auto spectrum = io::readSpectrum(file);
        if (!spectrum) {
            read.warnings.push_back("left out: " + base::describe(spectrum.error()));
            continue;
        }
        GriddedSpectrum gridded = interpolateToGrid((*spectrum)->segments[0], grid);
        const double missing
            = static_cast<double>(gridded.missing) / static_cast<double>(grid.pixels);
        if (missing > kMostMissing) {
            read.warnings.push_back(fmt::format(
                "left out: {}: {:.0f} % of {} … {} Å without data, at most {:.0f} % may be",
                file.string(), 100.0 * missing, grid.firstAngstrom, grid.lastAngstrom(),
                100.0 * kMostMissing));
            continue;
        }
        preprocess::fillFromNearestGood(gridded.flux, gridded.good);
        Standard standard = makeStandard(file, name);
        standard.missingPixels = gridded.missing;
        for (const std::string& warning : (*spectrum)->warnings)
            read.warnings.push_back(standard.name + ": " + warning);
        read.standards.push_back(std::move(standard));
        read.spectra.push_back(std::move(gridded));
    }
    return read;
}

} // namespace

base::Result<AtlasPtr> readAtlasFolder(const fs::path& folder, const spectrum::WavelengthGrid& grid)
{
    EXPECTS(grid.pixels > 0);
    const auto contents = listStandards(folder);
    if (!contents)
        return base::Unexpected(contents.error());
    constexpr auto kExpected = "files named tNNNlnnp00.rbn as in the MKCLASS libraries";
    if (contents->standards.empty())
        return failure(ErrorCode::AtlasEmpty, folder.string(),
            fmt::format("{} files with other names", contents->files), kExpected);
    ReadStandards read = readStandards(*contents, grid);
    if (read.standards.empty()) {
        auto error = failure(ErrorCode::AtlasEmpty, folder.string(),
            fmt::format("{} standards, none of which can be used", contents->standards.size()),
            "spectra of two columns");
        return base::failureIn(std::move(error).error(), read.warnings.front());
    }

    const std::string name = libraryName(folder);
    markInterpolatedCells(folder, name, read.standards, read.warnings);
    const auto rows = static_cast<Eigen::Index>(read.standards.size());
    const auto pixels = static_cast<Eigen::Index>(grid.pixels);
    SpectraMatrix flux(rows, pixels);
    SpectraMatrix asRead(rows, pixels);
    GoodMatrix good(rows, pixels);
    for (Eigen::Index row = 0; row < rows; ++row) {
        const GriddedSpectrum& spectrum = read.spectra[static_cast<std::size_t>(row)];
        flux.row(row) = Eigen::Map<const Eigen::RowVectorXf>(spectrum.flux.data(), pixels);
        asRead.row(row) = Eigen::Map<const Eigen::RowVectorXf>(spectrum.asRead.data(), pixels);
        good.row(row) = Eigen::Map<const Eigen::Matrix<std::uint8_t, 1, Eigen::Dynamic>>(
            spectrum.good.data(), pixels);
    }
    const bool rectified = looksRectified(flux);
    return std::make_shared<const Atlas>(name, folder, grid, rectified, std::move(read.standards),
        std::move(flux), std::move(good), std::move(read.warnings), std::move(asRead));
}

} // namespace maury::mk
