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

} // namespace maury::test
