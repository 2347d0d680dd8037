#include "tests/support/test_data.h"

#include <cstdlib>
#include <fstream>

namespace maury::test {

std::filesystem::path dataFolder()
{
    if (const char* chosen = std::getenv("MAURY_TEST_DATA"); chosen != nullptr)
        return std::filesystem::is_directory(chosen) ? chosen : "";
    const std::filesystem::path beside = std::filesystem::path(MAURY_SOURCE_DIR) / "../shared/data";
    return std::filesystem::is_directory(beside) ? beside : "";
}

TemporaryFolder::TemporaryFolder()
{
    std::string pattern = (std::filesystem::temp_directory_path() / "maury-test-XXXXXX").string();
    m_path = mkdtemp(pattern.data());
}

TemporaryFolder::~TemporaryFolder()
{
    std::error_code ignored;
    std::filesystem::remove_all(m_path, ignored);
}

std::filesystem::path TemporaryFolder::write(
    const std::string& name, const std::string& bytes) const
{
    const auto file = m_path / name;
    std::ofstream(file, std::ios::binary) << bytes;
    return file;
}

} // namespace maury::test
