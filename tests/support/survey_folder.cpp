#include "tests/support/survey_folder.h"

#include "core/base/contract.h"
#include "tests/support/test_data.h"

namespace maury::test {

std::vector<std::filesystem::path> surveyFiles(const std::string& folder, const std::string& start)
{
    const auto all = io::listFiles(dataFolder() / "survey" / folder);
    EXPECTS(all.has_value());
    std::vector<std::filesystem::path> chosen;
    for (const auto& file : *all)
        if (file.filename().string().starts_with(start))
            chosen.push_back(file);
    return chosen;
}

spectrum::SpectrumPtr readSurvey(const std::filesystem::path& file, const io::ReadOptions& options)
{
    const auto result = io::readSpectrum(file, options);
    EXPECTS(result.has_value());
    return *result;
}

} // namespace maury::test
