#include "tests/support/cli.h"
#include "tests/support/test_data.h"

#include <cmath>

using namespace maury;
using namespace maury::test;

class TestVerbLabels : public QObject {
    Q_OBJECT
private slots:
    void intoAProjectAndOutAgain()
    {
        const TemporaryFolder folder;
        const QString project = argument(folder / "work.maury");
        const auto file = folder.write("anna.csv",
            "star,type,quality,flags\nHD 1,G2 V,4,\nHD 2,K0 III,,odd emission\nHD 3,,0,bad\n");
        const auto refused = runCli({ "labels", "import", argument(file), "--project", project });
        QCOMPARE(refused.status, 1);
        QVERIFY2(refused.err.contains("HD 1") && refused.err.contains("--add-stars"), refused.err);
        const auto taken = runCli(
            { "labels", "import", argument(file), "--project", project, "--add-stars", "--json" });
        QVERIFY2(taken.status == 0, taken.err);
        QCOMPARE(taken.json()["added"].toInt(), 3);
        QCOMPARE(taken.json()["new_stars"].toInt(), 3);

        const auto listed = runCli({ "labels", "list", "--project", project, "--json" });
        const QJsonArray labels = listed.json()["labels"].toArray();
        QCOMPARE(labels.size(), 3);
        QVERIFY(listed.json()["runs"].toArray().isEmpty());
        QCOMPARE(labels[1].toObject()["classifier"].toString(), QString("anna"));
        QCOMPARE(labels[1].toObject()["flags"].toString(), QString("odd emission"));
        QVERIFY(labels[1].toObject()["quality"].isNull());
        QVERIFY(runCli({ "labels", "list", "--project", project }).out.contains("excellent"));

        for (const char* name : { "out.csv", "out.ecsv", "out.fits" }) {
            const auto out = folder / name;
            const auto written
                = runCli({ "labels", "export", "--project", project, "--out", argument(out) });
            QVERIFY2(written.status == 0, written.err);
            QVERIFY(std::filesystem::file_size(out) > 0);
        }
        const auto again = runCli(
            { "labels", "import", argument(folder / "out.ecsv"), "--project", project, "--json" });
        QVERIFY2(again.status == 0, again.err);
        QCOMPARE(again.json()["unchanged"].toInt(), 3);
    }

    void rowsCanBeLeftOut()
    {
        const TemporaryFolder folder;
        const auto file = folder.write("ben.csv", "star,type\nHD 1,nonsense\nHD 2,A0 V\n");
        const QStringList import { "labels", "import", argument(file), "--project",
            argument(folder / "p.maury"), "--add-stars", "--classifier", "Ben", "--json" };
        const auto refused = runCli(import);
        QCOMPARE(refused.status, 1);
        QVERIFY(refused.out.isEmpty());
        QVERIFY2(refused.err.contains("line 2") && refused.err.contains("nonsense"), refused.err);
        const auto taken = runCli(import + QStringList { "--skip-unusable" });
        QVERIFY2(taken.status == 0, taken.err);
        QCOMPARE(taken.json()["added"].toInt(), 1);
        QCOMPARE(taken.json()["skipped"].toArray()[0].toObject()["line"].toInt(), 2);
    }

    void twoClassifiersAreCompared()
    {
        const TemporaryFolder folder;
        const auto anna
            = folder.write("anna.csv", "star,type\na,B0 V\nb,A0 V\nc,F0 III\nd,G2 V\ne,K0 III\n");
        const auto ben
            = folder.write("ben.csv", "star,type\na,B0 V\nb,A1 V\nc,F0 V\nd,G2 V\nf,K0 III\n");
        const auto queue = folder / "queue.csv";
        const auto merged = runCli({ "labels", "merge", argument(anna), argument(ben), "--out",
            argument(queue), "--json" });
        QVERIFY2(merged.status == 0, merged.err);
        const QJsonObject json = merged.json();
        QCOMPARE(json["first"].toString(), QString("anna"));
        QCOMPARE(json["both"].toInt(), 4);
        QCOMPARE(json["only_first"].toInt(), 1);
        QCOMPARE(json["only_second"].toInt(), 1);
        const QJsonObject classes = json["agreement"].toObject()["spectral_class"].toObject();
        QCOMPARE(classes["identical"].toDouble(), 0.75);
        QCOMPARE(classes["within_one"].toDouble(), 1.0);
        const QJsonArray stars = json["disagreements"].toArray();
        QCOMPARE(stars.size(), 2);
        QCOMPARE(stars[0].toObject()["star"].toString(), QString("b"));
        QCOMPARE(stars[0].toObject()["code_difference"].toDouble(), 1.0);
        // Luminosity codes 5 5 3 5 against 5 5 5 5: 1 − (4/4) / (0.75 + 0 + 0.25) = 0.
        QVERIFY(std::abs(json["weighted_kappa"].toObject()["luminosity"].toDouble()) < 1e-12);
        QVERIFY(json["weighted_kappa"].toObject()["spectral_class"].toDouble() > 0.99);
        QVERIFY(std::filesystem::file_size(queue) > 40);

        // The same out of one project, where names have to be said.
        const QString project = argument(folder / "both.maury");
        for (const auto& file : { anna, ben })
            QCOMPARE(
                runCli({ "labels", "import", argument(file), "--project", project, "--add-stars" })
                    .status,
                0);
        const auto unsaid = runCli({ "labels", "merge", project });
        QCOMPARE(unsaid.status, 2);
        QVERIFY2(unsaid.err.contains("anna, ben") && unsaid.err.contains("--first"), unsaid.err);
        const auto said = runCli(
            { "labels", "merge", project, "--first", "anna", "--second", "ben", "--json" });
        QVERIFY2(said.status == 0, said.err);
        QCOMPARE(said.json()["disagreements"], json["disagreements"]);
    }
};

QTEST_GUILESS_MAIN(TestVerbLabels)
#include "tst_verb_labels.moc"
