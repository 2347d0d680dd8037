#include "core/nn/network_spec.h"

#include <fmt/format.h>

namespace maury::nn {

std::string toString(Activation activation)
{
    switch (activation) {
    case Activation::GeluTanh:
        return "gelu";
    case Activation::GeluExact:
        return "gelu-exact";
    case Activation::Relu:
        return "relu";
    }
    return {};
}

std::string toString(Initialisation initialisation)
{
    return initialisation == Initialisation::Paper ? "paper" : "he";
}

base::Result<Activation> activationFromString(const std::string& name)
{
    for (const auto activation : { Activation::GeluTanh, Activation::GeluExact, Activation::Relu })
        if (toString(activation) == name)
            return activation;
    return base::failure(
        base::ErrorCode::OptionInvalid, "--activation", name, "gelu, gelu-exact or relu");
}

base::Result<Initialisation> initialisationFromString(const std::string& name)
{
    for (const auto initialisation : { Initialisation::Paper, Initialisation::He })
        if (toString(initialisation) == name)
            return initialisation;
    return base::failure(base::ErrorCode::OptionInvalid, "--init", name, "paper or he");
}

std::int64_t NetworkSpec::parameterCount() const
{
    std::int64_t count = 0;
    std::int64_t fanIn = inputs;
    for (const std::int64_t width : hidden) {
        count += (fanIn + 1) * width;
        fanIn = width;
    }
    return count + (fanIn + 1) * (scClasses + lcClasses);
}

double NetworkSpec::forwardOperations() const
{
    double products = 0.0;
    double fanIn = inputs;
    for (const double width : hidden) {
        products += fanIn * width;
        fanIn = width;
    }
    return 2.0 * (products + fanIn * (scClasses + lcClasses));
}

double NetworkSpec::trainingOperations() const
{
    const double first = hidden.empty() ? scClasses + lcClasses : hidden.front();
    return 3.0 * forwardOperations() - 2.0 * inputs * first;
}

base::Result<void> validate(const NetworkSpec& spec)
{
    constexpr int kMaximumWidth = 16384;
    constexpr std::size_t kMaximumLayers = 32;
    using base::ErrorCode;
    if (spec.inputs < 1)
        return base::failure(
            ErrorCode::OptionInvalid, "network inputs", std::to_string(spec.inputs), "at least 1");
    if (spec.hidden.empty() || spec.hidden.size() > kMaximumLayers)
        return base::failure(ErrorCode::OptionInvalid, "--hidden",
            fmt::format("{} layers", spec.hidden.size()), "1 to 32 hidden layers");
    for (const int width : spec.hidden)
        if (width < 1 || width > kMaximumWidth)
            return base::failure(ErrorCode::OptionInvalid, "--hidden", std::to_string(width),
                fmt::format("widths from 1 to {}", kMaximumWidth));
    if (spec.scClasses < 2 || spec.lcClasses < 2)
        return base::failure(ErrorCode::OptionInvalid, "network classes",
            fmt::format("{} spectral, {} luminosity", spec.scClasses, spec.lcClasses),
            "at least 2 of each");
    return {};
}

} // namespace maury::nn
