#include "core/mk/atlas_file.h"

#include "core/base/sha256.h"
#include "core/io/hdf5_file.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace maury::mk {
namespace {

using base::ErrorCode;
using base::failure;
using base::Result;
using base::Unexpected;
using io::Hdf5Group;

using GoodMatrix = Eigen::Matrix<std::uint8_t, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

const io::Hdf5Format kFormat { "maury-atlas", 1 };
constexpr int kDeflate = 6;
constexpr char kParentSeparator = ' ';

/// The standards column by column, as they are stored.
struct Columns {
    std::vector<std::string> names;
    std::vector<double> temperatureCodes;
    std::vector<double> luminosityCodes;
    std::vector<std::uint8_t> interpolated;
    std::vector<std::string> parents; ///< joined
    std::vector<std::uint8_t> illustrative;
    std::vector<std::uint32_t> missingPixels;
};

Columns columnsOf(const std::vector<Standard>& standards)
{
    Columns columns;
    for (const Standard& standard : standards) {
        columns.names.push_back(standard.name);
        columns.temperatureCodes.push_back(standard.temperatureCode);
        columns.luminosityCodes.push_back(standard.luminosityCode);
        columns.interpolated.push_back(standard.interpolated ? 1 : 0);
        columns.parents.push_back(
            fmt::format("{}", fmt::join(standard.parents, std::string_view(&kParentSeparator, 1))));
        columns.illustrative.push_back(standard.illustrative ? 1 : 0);
        columns.missingPixels.push_back(static_cast<std::uint32_t>(standard.missingPixels));
    }
    return columns;
}

template <typename Matrix> auto valuesOf(const Matrix& matrix)
{
    return std::span<const typename Matrix::Scalar>(
        matrix.data(), static_cast<std::size_t>(matrix.size()));
}

std::string contentsSha256(
    const Columns& columns, const SpectraMatrix& flux, const GoodMatrix& good)
{
    base::Sha256 hash;
    for (const auto* texts : { &columns.names, &columns.parents })
        for (const std::string& text : *texts)
            hash.updateValues(std::span<const char>(text.c_str(), text.size() + 1));
    hash.updateValues(std::span<const double>(columns.temperatureCodes));
    hash.updateValues(std::span<const double>(columns.luminosityCodes));
    hash.updateValues(std::span<const std::uint8_t>(columns.interpolated));
    hash.updateValues(std::span<const std::uint8_t>(columns.illustrative));
    hash.updateValues(std::span<const std::uint32_t>(columns.missingPixels));
    hash.updateValues(valuesOf(flux));
    hash.updateValues(valuesOf(good));
    return hash.hexDigest();
}

/// Runs steps that return Result<void> until one fails.
template <typename... Steps> Result<void> inOrder(const Steps&... steps)
{
    Result<void> result;
    static_cast<void>(((result = steps(), result.has_value()) && ...));
    return result;
}

/// Reads a value into place; an error is passed on.
template <typename T> Result<void> take(Result<T> value, T& place)
{
    if (!value)
        return Unexpected(value.error());
    place = *std::move(value);
    return {};
}

template <typename T>
Result<void> takeColumn(
    const Hdf5Group& root, const char* name, std::size_t rows, std::vector<T>& values)
{
    values.resize(rows);
    return root.readInto<T>(name, { rows }, values);
}

Result<void> takeTexts(
    const Hdf5Group& root, const char* name, std::size_t rows, std::vector<std::string>& texts)
{
    if (auto taken = take(root.readTexts(name), texts); !taken)
        return taken;
    if (texts.size() != rows)
        return failure(ErrorCode::ValueInvalid, root.place(),
            fmt::format("{} {}", texts.size(), name), fmt::format("{}", rows));
    return {};
}

Result<spectrum::WavelengthGrid> readGrid(const Hdf5Group& root, std::size_t pixels)
{
    spectrum::WavelengthGrid grid { 0.0, 0.0, pixels };
    auto taken
        = inOrder([&] { return take(root.realAttribute("first_angstrom"), grid.firstAngstrom); },
            [&] { return take(root.realAttribute("step_angstrom"), grid.stepAngstrom); });
    if (!taken)
        return Unexpected(taken.error());
    if (!(grid.firstAngstrom > 0.0) || !(grid.stepAngstrom > 0.0)
        || !std::isfinite(grid.lastAngstrom()))
        return failure(ErrorCode::WavelengthsInvalid, root.place(),
            fmt::format("first {} Å, step {} Å", grid.firstAngstrom, grid.stepAngstrom));
    return grid;
}

Result<Columns> readColumns(const Hdf5Group& root, std::size_t rows)
{
    Columns columns;
    auto taken = inOrder([&] { return takeTexts(root, "names", rows, columns.names); },
        [&] { return takeColumn(root, "temperature_codes", rows, columns.temperatureCodes); },
        [&] { return takeColumn(root, "luminosity_codes", rows, columns.luminosityCodes); },
        [&] { return takeColumn(root, "interpolated", rows, columns.interpolated); },
        [&] { return takeTexts(root, "parents", rows, columns.parents); },
        [&] { return takeColumn(root, "illustrative", rows, columns.illustrative); },
        [&] { return takeColumn(root, "missing_pixels", rows, columns.missingPixels); });
    if (!taken)
        return Unexpected(taken.error());
    return columns;
}

std::vector<std::string> splitParents(const std::string& joined)
{
    std::vector<std::string> parents;
    for (std::size_t begin = 0; begin < joined.size();) {
        const std::size_t end = std::min(joined.find(kParentSeparator, begin), joined.size());
        parents.push_back(joined.substr(begin, end - begin));
        begin = end + 1;
    }
    return parents;
}

std::vector<Standard> standardsFrom(const Columns& columns)
{
    std::vector<Standard> standards;
    for (std::size_t row = 0; row < columns.names.size(); ++row) {
        Standard standard;
        standard.name = columns.names[row];
        standard.temperatureCode = columns.temperatureCodes[row];
        standard.luminosityCode = columns.luminosityCodes[row];
        standard.type = typeFromDecimal(
            decimalFromTemperatureCode(standard.temperatureCode), standard.luminosityCode);
        standard.group = luminosityGroup(standard.luminosityCode);
        standard.interpolated = columns.interpolated[row] != 0;
        standard.parents = splitParents(columns.parents[row]);
        standard.illustrative = columns.illustrative[row] != 0;
        standard.missingPixels = columns.missingPixels[row];
        standards.push_back(std::move(standard));
    }
    return standards;
}

bool inOrderOfCodes(const Columns& columns)
{
    for (std::size_t row = 1; row < columns.names.size(); ++row)
        if (std::pair(columns.temperatureCodes[row], columns.luminosityCodes[row])
            < std::pair(columns.temperatureCodes[row - 1], columns.luminosityCodes[row - 1]))
            return false;
    return true;
}

} // namespace

Result<void> writeAtlas(const Atlas& atlas, const std::string& provenance,
    const std::string& inputsSha256, const std::filesystem::path& file)
{
    const Columns columns = columnsOf(atlas.standards());
    const std::size_t rows = columns.names.size();
    const std::vector<std::size_t> shape { rows, atlas.grid().pixels };
    return io::writeHdf5(file, kFormat, [&](Hdf5Group& root) {
        return inOrder([&] { return root.setAttribute("name", atlas.name()); },
            [&] { return root.setAttribute("provenance", provenance); },
            [&] { return root.setAttribute("inputs_sha256", inputsSha256); },
            [&] {
                return root.setAttribute(
                    "contents_sha256", contentsSha256(columns, atlas.flux(), atlas.good()));
            },
            [&] { return root.setAttribute("rectified", std::int64_t { atlas.rectified() }); },
            [&] { return root.setAttribute("first_angstrom", atlas.grid().firstAngstrom); },
            [&] { return root.setAttribute("step_angstrom", atlas.grid().stepAngstrom); },
            [&] { return root.writeTexts("names", columns.names); },
            [&] {
                return root.writeArray<double>(
                    "temperature_codes", columns.temperatureCodes, { rows });
            },
            [&] {
                return root.writeArray<double>(
                    "luminosity_codes", columns.luminosityCodes, { rows });
            },
            [&] {
                return root.writeArray<std::uint8_t>(
                    "interpolated", columns.interpolated, { rows });
            },
            [&] { return root.writeTexts("parents", columns.parents); },
            [&] {
                return root.writeArray<std::uint8_t>(
                    "illustrative", columns.illustrative, { rows });
            },
            [&] {
                return root.writeArray<std::uint32_t>(
                    "missing_pixels", columns.missingPixels, { rows });
            },
            [&] { return root.writeTexts("warnings", atlas.warnings()); },
            [&] {
                return root.writeArray<float>("flux", valuesOf(atlas.flux()), shape, { kDeflate });
            },
            [&] {
                return root.writeArray<std::uint8_t>(
                    "good", valuesOf(atlas.good()), shape, { kDeflate });
            });
    });
}

Result<AtlasPtr> readAtlas(const std::filesystem::path& file)
{
    const auto root = io::openHdf5(file, kFormat);
    if (!root)
        return Unexpected(root.error());
    const auto shape = root->shape("flux");
    if (!shape)
        return Unexpected(shape.error());
    if (shape->size() != 2 || shape->at(0) == 0 || shape->at(1) == 0)
        return failure(ErrorCode::ValueInvalid, root->place(),
            fmt::format("flux of {}", fmt::join(*shape, " × ")), "standards × pixels");
    const auto grid = readGrid(*root, shape->at(1));
    if (!grid)
        return Unexpected(grid.error());
    const auto columns = readColumns(*root, shape->at(0));
    if (!columns)
        return Unexpected(columns.error());

    std::string name;
    std::string digest;
    std::int64_t rectified = 0;
    std::vector<std::string> warnings;
    const auto rows = static_cast<Eigen::Index>(shape->at(0));
    const auto pixels = static_cast<Eigen::Index>(shape->at(1));
    SpectraMatrix flux(rows, pixels);
    GoodMatrix good(rows, pixels);
    const std::size_t size = shape->at(0) * shape->at(1);
    auto taken = inOrder([&] { return take(root->textAttribute("name"), name); },
        [&] { return take(root->textAttribute("contents_sha256"), digest); },
        [&] { return take(root->integerAttribute("rectified"), rectified); },
        [&] { return take(root->readTexts("warnings"), warnings); },
        [&] {
            return root->readInto<float>("flux", *shape, { flux.data(), size });
        },
        [&] {
            return root->readInto<std::uint8_t>("good", *shape, { good.data(), size });
        });
    if (!taken)
        return Unexpected(taken.error());
    if (contentsSha256(*columns, flux, good) != digest)
        return failure(ErrorCode::FileDamaged, file.string(), "a wrong SHA-256 of the contents");
    if (!inOrderOfCodes(*columns) || !flux.allFinite())
        return failure(ErrorCode::ValueInvalid, file.string(),
            flux.allFinite() ? "standards out of order" : "flux that is not finite");
    return std::make_shared<const Atlas>(std::move(name), file, *grid, rectified != 0,
        standardsFrom(*columns), std::move(flux), std::move(good), std::move(warnings));
}

} // namespace maury::mk
