#include "core/base/atomic_file.h"

#include "tests/support/file_size_limit.h"
#include "tests/support/test_data.h"

#include <fstream>
#include <iterator>

#include <sys/stat.h>

using namespace maury;

namespace {

std::string contents(const std::filesystem::path& file)
{
    std::ifstream stream(file, std::ios::binary);
    return { std::istreambuf_iterator<char>(stream), {} };
}

auto filesIn(const test::TemporaryFolder& folder)
{
    return std::distance(std::filesystem::directory_iterator(folder.path()), {});
}

} // namespace

class TestAtomicFile : public QObject {
    Q_OBJECT
private slots:
    void replacesInOneStep()
    {
        const test::TemporaryFolder folder;
        const auto file = folder.write("table.csv", "old");
        auto writer = base::AtomicFile::create(file);
        QVERIFY_RESULT(writer);
        QVERIFY_RESULT(writer->write(std::as_bytes(std::span("new contents", 12))));
        QCOMPARE(contents(file), std::string("old"));
        QVERIFY_RESULT(writer->commit());
        QCOMPARE(contents(file), std::string("new contents"));
        QCOMPARE(filesIn(folder), 1);
    }

    void abandonedLeavesNothing()
    {
        const test::TemporaryFolder folder;
        {
            auto writer = base::AtomicFile::create(folder / "a");
            QVERIFY_RESULT(writer);
            QCOMPARE(filesIn(folder), 1);
        }
        QCOMPARE(filesIn(folder), 0);
    }

    void missingFolderIsNamed()
    {
        const test::TemporaryFolder folder;
        const auto written = base::writeFileAtomically(folder / "no/such/file", "x");
        QVERIFY(!written && written.error().code == base::ErrorCode::WriteFailed);
        QVERIFY(written.error().place.find("no/such/file") != std::string::npos);
    }

    void aSpecialFileIsNeverReplaced()
    {
        const test::TemporaryFolder folder;
        const auto pipe = folder / "pipe";
        QCOMPARE(::mkfifo(pipe.c_str(), 0600), 0);
        const auto written = base::writeFileAtomically(pipe, "x");
        QVERIFY(!written && written.error().code == base::ErrorCode::WriteFailed);
        QVERIFY(std::filesystem::is_fifo(pipe));
    }

    void fullDiskKeepsTheOldFile()
    {
        const test::TemporaryFolder folder;
        const auto file = folder.write("a", "old");
        const test::FileSizeLimit limit(1000);
        const auto written = base::writeFileAtomically(file, std::string(5000, 'x'));
        QVERIFY(!written && written.error().code == base::ErrorCode::WriteFailed);
        QCOMPARE(contents(file), std::string("old"));
        QCOMPARE(filesIn(folder), 1);
    }
};

QTEST_GUILESS_MAIN(TestAtomicFile)
#include "tst_atomic_file.moc"
