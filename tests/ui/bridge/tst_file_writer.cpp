#include "ui/bridge/file_writer.h"

#include "tests/ui/support/ui_test.h"
#include "ui/bridge/error_text.h"

#include <QDir>
#include <QFile>

#include <csignal>
#include <sys/resource.h>

using namespace maury;

namespace {

QByteArray contents(const QString& name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class tst_FileWriter : public test::UiTest {
    Q_OBJECT
private slots:
    void replacesTheWholeFile()
    {
        const test::TemporaryFolder folder;
        const auto file = QString::fromStdString((folder / "table.csv").string());
        QVERIFY_RESULT(ui::writeFile(file, "a longer text"));
        QVERIFY_RESULT(ui::writeFile(file, "short"));
        QCOMPARE(contents(file), "short");
        QCOMPARE(QDir(QString::fromStdString(folder.path().string())).count(), 3); // ., .., file
    }

    void saysWhyItFailed()
    {
        const test::TemporaryFolder folder;
        const auto file = QString::fromStdString((folder / "none/table.csv").string());
        const auto written = ui::writeFile(file, "text");
        QVERIFY(!written);
        QCOMPARE(written.error().code, base::ErrorCode::WriteFailed);
        QVERIFY(!written.error().context.empty());
        const QString text = ui::errorText(written.error());
        QVERIFY2(text.startsWith(file) && text.contains("No such file"), qPrintable(text));
    }

    void aFullDiskLeavesWhatWasThere()
    {
        const test::TemporaryFolder folder;
        const auto file = QString::fromStdString((folder / "table.csv").string());
        QVERIFY_RESULT(ui::writeFile(file, "what was there"));
        // Files of more than 4096 bytes do not fit: what a full disk does.
        rlimit before {};
        QCOMPARE(getrlimit(RLIMIT_FSIZE, &before), 0);
        rlimit small = before;
        small.rlim_cur = 4096;
        const auto handler = std::signal(SIGXFSZ, SIG_IGN);
        QCOMPARE(setrlimit(RLIMIT_FSIZE, &small), 0);
        const auto written = ui::writeFile(file, QByteArray(100'000, 'x'));
        QCOMPARE(setrlimit(RLIMIT_FSIZE, &before), 0);
        std::signal(SIGXFSZ, handler);
        QVERIFY(!written);
        QVERIFY(!written.error().context.empty());
        QCOMPARE(contents(file), "what was there");
    }

    void onlyFilesAreReplaced()
    {
        const test::TemporaryFolder folder;
        const auto written = ui::writeFile(QString::fromStdString(folder.path().string()), "text");
        QVERIFY(!written);
        QCOMPARE(written.error().found, "a folder");
    }
};

QTEST_MAIN(tst_FileWriter)
#include "tst_file_writer.moc"
