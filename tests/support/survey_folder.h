#pragma once

#include "core/io/reader_registry.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

namespace maury::test {

/// The real survey files in a folder whose names begin so. Precondition: the test data are there.
[[nodiscard]] std::vector<std::filesystem::path> surveyFiles(
    const std::string& folder, const std::string& start);

/// Reads a file. Precondition: it can be read.
[[nodiscard]] spectrum::SpectrumPtr readSurvey(
    const std::filesystem::path& file, const io::ReadOptions& options = {});

/// The largest relative difference of wavelengths to expected(i).
template <typename Expected>
double worstRelative(const std::vector<double>& wavelengths, Expected&& expected)
{
    double largest = 0.0;
    for (std::size_t i = 0; i < wavelengths.size(); ++i)
        largest = std::max(largest, std::abs(wavelengths[i] / expected(i) - 1.0));
    return largest;
}

/// Wavelengths must equal an independent calculation within this, relative.
inline constexpr double kWavelengthTolerance = 1e-6;

} // namespace maury::test
