#pragma once

#include "core/spectrum/spectrum.h"
#include "tests/support/survey_files.h"

#include <string>
#include <vector>

namespace maury::test {

/// A small file of a layout and what a reader must say of it.
struct SurveyLayout {
    std::string name; ///< "visit of a star alone"; good for a file name
    std::string bytes;
    std::string format;
    spectrum::Medium medium = spectrum::Medium::Unknown;
    spectrum::Frame frame = spectrum::Frame::Unknown;
    std::size_t segments = 1;
    double firstAngstrom = 0.0; ///< of the first segment, as the file gives it
    bool hasErrors = true;
};

/// One for every layout that is read, in the variants that surveys deliver.
[[nodiscard]] std::vector<SurveyLayout> surveyLayouts();

/// The camera files of a GALAH star without its fourth camera.
[[nodiscard]] std::vector<std::string> galahStarWithoutCamera4();

} // namespace maury::test
