#pragma once

#include "core/dataset/sample_set.h"

#include <cstdint>

namespace maury::test {

/// A small learnable data set without any file: `count` noisy spectra of 24 pixels in four spectral
/// classes (a line that moves with the class) and three luminosity classes (a line that deepens). A
/// pure function of its arguments.
[[nodiscard]] dataset::SampleSetPtr tinySamples(int count, std::uint64_t seed);

} // namespace maury::test
