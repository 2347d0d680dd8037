#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <string>
#include <vector>

namespace maury::nn {

enum class Activation { GeluTanh, GeluExact, Relu };
enum class Initialisation {
    Paper, ///< weights N(0, 0.1²), zero biases (Short 2026)
    He ///< weights N(0, 2 / fan-in), zero biases (He et al. 2015)
};

[[nodiscard]] std::string toString(Activation activation); ///< "gelu", "gelu-exact", "relu"
[[nodiscard]] std::string toString(Initialisation initialisation); ///< "paper", "he"
/// Errors: OptionInvalid.
[[nodiscard]] base::Result<Activation> activationFromString(const std::string& name);
[[nodiscard]] base::Result<Initialisation> initialisationFromString(const std::string& name);

/// The shape of the two-headed network: inputs – hidden… – (scClasses | lcClasses).
struct NetworkSpec {
    int inputs = 1600;
    std::vector<int> hidden { 768, 256, 64 };
    Activation activation = Activation::GeluTanh;
    int scClasses = 0;
    int lcClasses = 3;

    bool operator==(const NetworkSpec&) const = default;
    [[nodiscard]] std::int64_t parameterCount() const;
    /// Multiplications and additions of the matrix products for one sample: forwards alone, and in
    /// a training step (forwards, to the weights, and to the inputs of every layer but the first).
    [[nodiscard]] double forwardOperations() const;
    [[nodiscard]] double trainingOperations() const;
};

/// Errors: OptionInvalid (no hidden layer, a width below 1 or above 16384, fewer than two classes).
[[nodiscard]] base::Result<void> validate(const NetworkSpec& spec);

} // namespace maury::nn
