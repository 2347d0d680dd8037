#include "ui/bridge/spectrum_loader.h"

#include "tests/support/survey_files.h"
#include "tests/ui/support/ui_test.h"
#include "ui/bridge/status_reporter.h"
#include "ui/models/spectrum_list_model.h"

#include <QAbstractItemModelTester>
#include <QSemaphore>
#include <QSignalSpy>

#include <memory>
#include <string>

using namespace maury;
using State = ui::SpectrumEntry::State;

namespace {

std::string textSpectrum(double level)
{
    std::string text = "# wavelength flux\n";
    for (int i = 0; i < 40; ++i)
        text += std::to_string(4000.0 + i) + " " + std::to_string(level + 0.01 * (i % 3)) + "\n";
    return text;
}

QStringList namesIn(const ui::SpectrumListModel& list, State state)
{
    QStringList names;
    for (int row = 0; row < list.rowCount(); ++row) {
        const auto id = list.index(row, 0).data(ui::SpectrumListModel::IdRole).toLongLong();
        if (list.entry(id)->state == state)
            names << list.entry(id)->name;
    }
    return names;
}

} // namespace

class TestSpectrumLoader : public test::UiTest {
    Q_OBJECT
private slots:
    void aFolderOfMixedJunkLoadsWhatItCan()
    {
        const test::TemporaryFolder folder;
        folder.write("a.txt", textSpectrum(1.0));
        folder.write("b.txt", "");
        folder.write("c.txt", std::string("\x7f\x01\x02\x00\xff junk", 10));
        folder.write("d.txt", textSpectrum(2.0));
        ui::SpectrumListModel list;
        QAbstractItemModelTester tester(&list);
        ui::StatusReporter status;
        ui::SpectrumLoader loader(list, status);
        QSignalSpy finished(&loader, &ui::SpectrumLoader::finished);
        QSignalSpy opened(&loader, &ui::SpectrumLoader::opened);
        loader.open({ QString::fromStdString(folder.path().string()) });
        QTRY_COMPARE(finished.size(), 1);
        QCOMPARE(finished.first().at(0).toInt(), 2);
        QCOMPARE(finished.first().at(1).toInt(), 2);
        QCOMPARE(list.rowCount(), 4);
        QCOMPARE(namesIn(list, State::Failed), QStringList({ "b", "c" }));
        for (int row = 0; row < list.rowCount(); ++row) {
            const QString name = list.index(row, ui::SpectrumListModel::Name).data().toString();
            const QString state = list.index(row, ui::SpectrumListModel::State).data().toString();
            QCOMPARE(state.contains("failed"), name == "b" || name == "c");
        }
        QCOMPARE(opened.size(), 1);
        const auto first = opened.first().first().value<ui::SpectrumId>();
        QVERIFY(list.entry(first)->spectrum != nullptr);
        QVERIFY(!loader.isRunning());
        QCOMPARE(status.currentJob(), nullptr);
    }

    void openingAgainKeepsTheLineAndRetriesWhatFailed()
    {
        const test::TemporaryFolder folder;
        const auto path = QString::fromStdString(folder.write("a.txt", "").string());
        ui::SpectrumListModel list;
        ui::StatusReporter status;
        ui::SpectrumLoader loader(list, status);
        QSignalSpy finished(&loader, &ui::SpectrumLoader::finished);
        loader.open({ path });
        QTRY_COMPARE(finished.size(), 1);
        QCOMPARE(namesIn(list, State::Failed), QStringList { "a" });
        folder.write("a.txt", textSpectrum(1.0));
        loader.open({ path });
        QTRY_COMPARE(finished.size(), 2);
        QCOMPARE(list.rowCount(), 1);
        QCOMPARE(namesIn(list, State::Ready), QStringList { "a" });
    }

    // Cameras of a star dropped together are one line; those that come later complete it.
    void camerasOfAStarAreOneLine()
    {
        const test::TemporaryFolder folder;
        QStringList files;
        for (const int camera : { 1, 2, 3 })
            files << QString::fromStdString(
                folder
                    .write("140101000101001" + std::to_string(camera) + ".fits",
                        test::fitsBytes(test::galahCamera(camera)))
                    .string());
        ui::SpectrumListModel list;
        QAbstractItemModelTester tester(&list);
        ui::StatusReporter status;
        ui::SpectrumLoader loader(list, status);
        QSignalSpy finished(&loader, &ui::SpectrumLoader::finished);
        loader.open({ files[0] });
        QTRY_COMPARE(finished.size(), 1);
        loader.open(files);
        QTRY_COMPARE(finished.size(), 2);
        QCOMPARE(list.rowCount(), 1);
        QCOMPARE(namesIn(list, State::Ready), QStringList { "140101000101001" });
        const auto id = list.index(0, 0).data(ui::SpectrumListModel::IdRole).toLongLong();
        QCOMPARE(list.entry(id)->spectrum->segments.size(), std::size_t { 3 });
        loader.open(files);
        QTRY_COMPARE(finished.size(), 3);
        QCOMPARE(list.rowCount(), 1);
    }

    void aMissingPathIsReported()
    {
        ui::SpectrumListModel list;
        ui::StatusReporter status;
        ui::SpectrumLoader loader(list, status);
        QSignalSpy messages(&status, &ui::StatusReporter::messageShown);
        QSignalSpy finished(&loader, &ui::SpectrumLoader::finished);
        loader.open({ "/no/such/folder" });
        QTRY_COMPARE(finished.size(), 1);
        QCOMPARE(list.rowCount(), 0);
        QVERIFY(messages.first().first().toString().contains("/no/such/folder"));
    }

    void cancelMarksWhatWasNotRead()
    {
        const test::TemporaryFolder folder;
        for (int i = 0; i < 50; ++i)
            folder.write("s" + std::to_string(i) + ".txt", textSpectrum(1.0));
        const auto gate = std::make_shared<QSemaphore>();
        ui::SpectrumListModel list;
        ui::StatusReporter status;
        ui::SpectrumLoader loader(list, status, nullptr, [gate](const io::SpectrumFiles& files) {
            gate->acquire();
            return io::readSpectrumFiles(files);
        });
        QSignalSpy finished(&loader, &ui::SpectrumLoader::finished);
        loader.open({ QString::fromStdString(folder.path().string()) });
        QTRY_COMPARE(list.rowCount(), 50);
        QCOMPARE(list.waitingCount(), 50);
        QVERIFY(status.currentJob() != nullptr && status.currentJob()->cancel);
        status.currentJob()->cancel();
        gate->release(50);
        QTRY_COMPARE(finished.size(), 1);
        QCOMPARE(list.waitingCount(), 0);
        QVERIFY(!namesIn(list, State::Failed).isEmpty());
    }
};

QTEST_MAIN(TestSpectrumLoader)
#include "tst_spectrum_loader.moc"
