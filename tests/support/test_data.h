#pragma once

#include "core/base/result.h"

#include <QTest>

#include <filesystem>
#include <string>

namespace maury::test {

/// The folder of real spectra for data tests: MAURY_TEST_DATA, else ../shared/data beside the
/// project. Empty when neither is there.
[[nodiscard]] std::filesystem::path dataFolder();

/// A new empty folder below the system's temporary folder, removed with its contents by the
/// destructor.
class TemporaryFolder {
public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }
    [[nodiscard]] std::filesystem::path operator/(const std::string& name) const
    {
        return m_path / name;
    }
    /// Writes a file with exactly these bytes and returns its path.
    std::filesystem::path write(const std::string& name, const std::string& bytes) const;

private:
    std::filesystem::path m_path;
};

} // namespace maury::test

/// Skips the test function with a reason when the real spectra are not there.
#define REQUIRE_TEST_DATA()                                                                        \
    do {                                                                                           \
        if (::maury::test::dataFolder().empty())                                                   \
            QSKIP("no test data: set MAURY_TEST_DATA to the folder of real spectra");              \
    } while (false)

/// Fails with the error's message when a Result (evaluated once) has no value.
#define QVERIFY_RESULT(...)                                                                        \
    do {                                                                                           \
        const auto& checkedResult = (__VA_ARGS__);                                                 \
        QVERIFY2(checkedResult.has_value(),                                                        \
            checkedResult.has_value() ? ""                                                         \
                                      : ::maury::base::describe(checkedResult.error()).c_str());   \
    } while (false)
