#include "core/classify/star_atlas.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace maury::classify {
namespace {

using base::ErrorCode;
using base::Result;

struct Star {
    mk::Standard standard;
    PreparedSpectrum spectrum;
};

Result<Star> prepared(const LabelledFile& star, const Preparer& preparer)
{
    if (!star.type.luminosityCode)
        return base::failure(ErrorCode::ValueMissing, star.file.string(), mk::print(star.type),
            "a type with a luminosity class");
    const auto spectrum = io::readSpectrum(star.file);
    if (!spectrum)
        return base::Unexpected(spectrum.error());
    PrepareOptions options;
    options.shiftRest = true;
    auto result = preparer.prepare(**spectrum, options);
    if (!result)
        return base::Unexpected(result.error());
    mk::Standard standard;
    standard.name = star.file.stem().string();
    standard.type = star.type;
    standard.temperatureCode = mk::temperatureCode(mk::decimalSubclass(star.type));
    standard.luminosityCode = *star.type.luminosityCode;
    standard.group = mk::luminosityGroup(standard.luminosityCode);
    return Star { std::move(standard), *std::move(result) };
}

} // namespace

Result<mk::AtlasPtr> atlasOfStars(std::span<const LabelledFile> stars, const mk::AtlasPtr& library,
    const std::string& name, const std::function<void(const base::Error&)>& refusal,
    std::stop_token stop)
{
    EXPECTS(library != nullptr);
    const Preparer preparer(library);
    std::vector<Star> usable;
    for (const LabelledFile& file : stars) {
        if (stop.stop_requested())
            return base::failure(ErrorCode::Cancelled, "reading " + name);
        auto star = prepared(file, preparer);
        if (star)
            usable.push_back(*std::move(star));
        else
            refusal(star.error());
    }
    if (usable.empty())
        return base::failure(ErrorCode::AtlasEmpty, name,
            fmt::format("none of {} stars can be used", stars.size()), "stars of known type");
    std::stable_sort(usable.begin(), usable.end(), [](const Star& a, const Star& b) {
        return std::tuple(a.standard.temperatureCode, a.standard.luminosityCode)
            < std::tuple(b.standard.temperatureCode, b.standard.luminosityCode);
    });
    const auto rows = static_cast<Eigen::Index>(usable.size());
    const auto pixels = static_cast<Eigen::Index>(library->grid().pixels);
    mk::SpectraMatrix flux(rows, pixels);
    using Good = Eigen::Matrix<std::uint8_t, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    Good good(rows, pixels);
    std::vector<mk::Standard> standards;
    for (Eigen::Index row = 0; row < rows; ++row) {
        const Star& star = usable[static_cast<std::size_t>(row)];
        standards.push_back(star.standard);
        std::copy(star.spectrum.unrectified.begin(), star.spectrum.unrectified.end(),
            flux.row(row).data());
        std::copy(star.spectrum.good.begin(), star.spectrum.good.end(), good.row(row).data());
    }
    return std::make_shared<const mk::Atlas>(name, std::filesystem::path(), library->grid(), false,
        std::move(standards), std::move(flux), std::move(good));
}

} // namespace maury::classify
