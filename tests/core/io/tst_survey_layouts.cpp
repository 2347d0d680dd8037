// Every layout that is read, from small files made for the test, whole and broken.

#include "core/io/reader_registry.h"
#include "tests/support/survey_layouts.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <fstream>

#include <unistd.h>

using namespace maury;
using base::ErrorCode;

namespace {

const std::vector<test::SurveyLayout>& layouts()
{
    static const std::vector<test::SurveyLayout> all = test::surveyLayouts();
    return all;
}

} // namespace

class TestSurveyLayouts : public QObject {
    Q_OBJECT

    void addRows()
    {
        QTest::addColumn<int>("layout");
        for (std::size_t i = 0; i < layouts().size(); ++i)
            QTest::newRow(layouts()[i].name.c_str()) << static_cast<int>(i);
    }

private slots:
    void isReadForWhatItIs_data() { addRows(); }
    void isReadForWhatItIs()
    {
        QFETCH(int, layout);
        const test::SurveyLayout& expected = layouts()[static_cast<std::size_t>(layout)];
        const test::TemporaryFolder folder;
        const auto read = io::readSpectrum(folder.write("file", expected.bytes));
        QVERIFY_RESULT(read);
        QCOMPARE((*read)->format, expected.format);
        QCOMPARE((*read)->segments.size(), expected.segments);
        const spectrum::Segment& first = (*read)->segments.front();
        QCOMPARE(toString(first.medium), toString(expected.medium));
        QCOMPARE(toString(first.frame), toString(expected.frame));
        QCOMPARE(first.ivar.empty(), !expected.hasErrors);
        QVERIFY2(std::abs(first.wavelengthAngstrom.front() / expected.firstAngstrom - 1.0) < 1e-6,
            qPrintable(QString::number(first.wavelengthAngstrom.front(), 'g', 12)));
    }

    // Cut after any of its blocks: the error names the file, and nothing is made up.
    void cutIsRefusedOrWhole_data() { addRows(); }
    void cutIsRefusedOrWhole()
    {
        QFETCH(int, layout);
        const test::SurveyLayout& whole = layouts()[static_cast<std::size_t>(layout)];
        const test::TemporaryFolder folder;
        const auto full = io::readSpectrum(folder.write("whole", whole.bytes));
        QVERIFY_RESULT(full);
        const std::size_t step = std::max<std::size_t>(whole.bytes.size() / 40, 3);
        for (std::size_t length = step; length < whole.bytes.size(); length += step) {
            const auto read = io::readSpectrum(folder.write("cut", whole.bytes.substr(0, length)));
            if (!read) {
                QVERIFY(read.error().place.find("/cut") != std::string::npos);
                continue;
            }
            // Text may end anywhere, and what follows the spectrum in a FITS file may be missing.
            const auto& segments = (*read)->segments;
            QVERIFY(segments.size() <= (*full)->segments.size());
            const bool isText = whole.format == "ascii";
            for (std::size_t i = 0; i < segments.size() && !isText; ++i)
                QVERIFY(segments[i].flux == (*full)->segments[i].flux);
        }
    }

    // 1000 files; MAURY_TEST_FILES sets another number (the requirement speaks of 10,000).
    void memoryStaysFlat()
    {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
        QSKIP("sanitizers keep freed memory");
#endif
        bool isSet = false;
        const int set = qEnvironmentVariableIntValue("MAURY_TEST_FILES", &isSet);
        const int files = isSet ? set : 1000;
        const test::TemporaryFolder folder;
        std::vector<std::filesystem::path> paths;
        for (const test::SurveyLayout& layout : layouts()) {
            paths.push_back(folder.write(layout.name, layout.bytes));
            paths.push_back(folder.write(
                layout.name + "-cut", layout.bytes.substr(0, layout.bytes.size() / 2)));
        }
        const auto residentMb = [] {
            std::ifstream status("/proc/self/statm");
            double pages = 0.0;
            status >> pages >> pages;
            return pages * static_cast<double>(::sysconf(_SC_PAGESIZE)) / 1048576.0;
        };
        const auto read = [&paths](int number) {
            (void)io::readSpectrum(paths[static_cast<std::size_t>(number) % paths.size()]);
        };
        for (int i = 0; i < 3 * static_cast<int>(paths.size()); ++i)
            read(i);
        const double before = residentMb();
        for (int i = 0; i < files; ++i)
            read(i);
        const double grown = residentMb() - before;
        qInfo("%d files, resident set %.1f MB, grown by %.1f MB", files, before, grown);
        QVERIFY2(grown < 20.0, qPrintable(QString::number(grown)));
    }

    void missingCamera4()
    {
        const test::TemporaryFolder folder;
        io::SpectrumFiles files;
        int camera = 1;
        for (const std::string& bytes : test::galahStarWithoutCamera4())
            files.push_back(folder.write("14010100010100" + std::to_string(camera++) + ".fits", bytes));
        const auto groups = io::groupFiles(files);
        QCOMPARE(groups.size(), std::size_t(1));
        const auto read = io::readSpectrumFiles(groups.front());
        QVERIFY_RESULT(read);
        QCOMPARE((*read)->segments.size(), std::size_t(3));
        QVERIFY((*read)->segments.back().wavelengthAngstrom.front() > 6477.0);
    }
};

QTEST_GUILESS_MAIN(TestSurveyLayouts)
#include "tst_survey_layouts.moc"
