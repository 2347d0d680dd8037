#include "tests/support/untrained_model.h"

#include <array>

namespace maury::test {

train::Model untrainedModel(const mk::AtlasPtr& atlas)
{
    train::Model model;
    model.scheme = *mk::selectClasses(std::array { atlas });
    model.grid = atlas->grid();
    model.spec = { static_cast<int>(atlas->grid().pixels), { 4 }, nn::Activation::GeluTanh,
        static_cast<int>(model.scheme.size()), mk::kLuminosityGroups };
    model.parameters = nn::initialParameters(model.spec, nn::Initialisation::He, 1);
    model.atlas = atlas->name();
    return model;
}

robust::RobustPart untrainedPart(const robust::LogGrid& grid, int members, std::uint64_t seed)
{
    robust::RobustPart part;
    part.grid = grid;
    part.libraryGrid = robust::libraryGrid();
    part.spec = { static_cast<int>(grid.cropPixels), { 9, 6 }, nn::Activation::GeluTanh,
        static_cast<int>(robust::temperatureBins().count),
        static_cast<int>(robust::luminosityBins().count) };
    for (int member = 0; member < members; ++member)
        part.members.push_back(nn::initialParameters(
            part.spec, nn::Initialisation::He, seed + static_cast<std::uint64_t>(member)));
    for (std::size_t i = 0; i < grid.cropPixels; ++i) {
        part.standardisation.mean.push_back(0.001F * static_cast<float>(i));
        part.standardisation.deviation.push_back(0.1F + 0.002F * static_cast<float>(i));
    }
    return part;
}

robust::RobustModel untrainedRobustModel(bool wide)
{
    robust::RobustModel model;
    model.blue = untrainedPart(robust::blueGrid(4700.0), 2, 1);
    if (wide)
        model.wide = untrainedPart({ 3900.0, 2e-3, 160, 5, 150 }, 1, 7);
    model.calibration = robust::Calibration {};
    model.calibration->floorCodes = 0.125;
    model.scheme = { { "A0", "F0", "G2" }, { 3.0, 4.0, 5.2 } };
    model.atlas = "made up";
    return model;
}

} // namespace maury::test
