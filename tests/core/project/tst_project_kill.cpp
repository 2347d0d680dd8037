#include "core/project/project.h"
#include "tests/support/test_data.h"

#include <QProcess>
#include <QRandomGenerator>

#include <algorithm>

using namespace maury;
using namespace maury::project;
using namespace maury::test;

class TestProjectKill : public QObject {
    Q_OBJECT
private slots:
    void killingLosesAtMostTheCurrentKey()
    {
        const TemporaryFolder folder;
        const auto file = folder / "work.maury";
        {
            auto project = Project::create(file);
            QVERIFY_RESULT(project);
            std::vector<Star> stars;
            for (int i = 0; i < 20; ++i)
                stars.push_back({ 0, "star " + std::to_string(i), {}, {}, {}, {} });
            QVERIFY_RESULT(project->addStars(stars));
        }
        QRandomGenerator random(11);
        for (int round = 0; round < 25; ++round) {
            const qint64 wanted = random.bounded(1, 120);
            qint64 said = 0;
            killAfter(file, wanted, said);
            QVERIFY(said >= wanted);
            // What was said to be committed is there, and at most one key more.
            qint64 kept = 0;
            lastKey(file, kept);
            QVERIFY2(kept >= said, qPrintable(QString("%1 of %2").arg(kept).arg(said)));
            QVERIFY(kept <= said + 1);
        }
    }

private:
    static void killAfter(const std::filesystem::path& file, qint64 keys, qint64& said)
    {
        QProcess typist;
        typist.start(MAURY_PROJECT_TYPIST, { QString::fromStdString(file.string()) });
        while (said < keys) {
            QVERIFY2(typist.waitForReadyRead(60'000), typist.readAllStandardError().constData());
            while (typist.canReadLine())
                said = typist.readLine().toLongLong();
        }
        typist.kill();
        QVERIFY(typist.waitForFinished());
        while (typist.canReadLine())
            said = typist.readLine().toLongLong();
    }

    /// The number of the last key: what the latest entry says.
    static void lastKey(const std::filesystem::path& file, qint64& kept)
    {
        const auto project = Project::open(file);
        QVERIFY_RESULT(project);
        const auto labels = project->labels();
        QVERIFY_RESULT(labels);
        const auto stars = project->stars();
        QVERIFY_RESULT(stars);
        EntryId newest = 0;
        for (const StarLabels& each : *labels) {
            const auto entry = project->lastEntry(each.star, each.classifier);
            QVERIFY_RESULT(entry);
            if (*entry < newest)
                continue;
            newest = *entry;
            const auto& label = each.state.draft ? each.state.draft : each.state.accepted;
            kept = std::stoll(label->notes);
        }
    }
};

QTEST_GUILESS_MAIN(TestProjectKill)
#include "tst_project_kill.moc"
