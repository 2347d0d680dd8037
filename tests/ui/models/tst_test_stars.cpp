#include "ui/models/test_stars.h"

#include "tests/ui/support/tiny_atlas.h"
#include "tests/ui/support/ui_test.h"
#include "ui/models/cell_stars_model.h"
#include "ui/models/mistakes_model.h"

#include <QAbstractItemModelTester>
#include <QLocale>
#include <QSortFilterProxyModel>

using namespace maury;

namespace {

/// Two A0 dwarfs of three samples each and one A3 supergiant of one. Of the first dwarf two samples
/// are taken for A1; of the second one for A1 and one for a giant.
ui::Evaluation evaluation()
{
    auto set = std::make_shared<dataset::SampleSet>();
    set->sc = { 0, 0, 0, 0, 0, 0, 3 };
    set->lc = { 2, 2, 2, 2, 2, 2, 0 };
    set->standard = { 0, 1, 0, 1, 0, 1, 2 };
    set->standardNames = { "lib/t160l50p00", "lib/t160l40p00", "lib/t190l00p00" };
    ui::Evaluation result;
    result.test = set;
    result.predictions.sc = { 1, 1, 0, 0, 1, 0, 3 };
    result.predictions.lc = { 2, 2, 2, 2, 2, 1, 0 };
    result.predictions.scProbability = { 0.5F, 0.75F, 0.9F, 0.9F, 0.75F, 0.875F, 0.8F };
    result.predictions.lcProbability = { 1.0F, 0.5F, 1.0F, 1.0F, 0.75F, 0.625F, 1.0F };
    return result;
}

const QString kFirst = QStringLiteral("t160l50p00");
const QString kSecond = QStringLiteral("t160l40p00");
const QString kThird = QStringLiteral("t190l00p00");

} // namespace

class tst_TestStars : public test::UiTest {
    Q_OBJECT
private slots:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void aCellHoldsExactlyItsStars()
    {
        const auto found = ui::starsOfCell(evaluation(), { ui::Head::Spectral, 0, 1, {} });
        QCOMPARE(found.size(), 2U);
        QCOMPARE(found[0].standard, kFirst);
        QCOMPARE(found[0].library, "lib");
        QCOMPARE(found[0].inCell, 2);
        QCOMPARE(found[0].samples, 3);
        QCOMPARE(found[0].probability, (0.5 + 0.75) / 2.0);
        QCOMPARE(found[1].standard, kSecond);
        QCOMPARE(found[1].inCell, 1);
        QVERIFY(ui::starsOfCell(evaluation(), { ui::Head::Spectral, 1, 0, {} }).empty());
        QCOMPARE(ui::starsOfCell(evaluation(), { ui::Head::Luminosity, 2, 2, {} }).size(), 2U);
        QCOMPARE(ui::starsOfCell(evaluation(), { ui::Head::Luminosity, 2, 1, {} }).size(), 1U);
        // The part of a cell with one luminosity class, as a bubble of the scatter stands for.
        QCOMPARE(ui::starsOfCell(evaluation(), { ui::Head::Spectral, 0, 1, 2 }).size(), 2U);
        QVERIFY(ui::starsOfCell(evaluation(), { ui::Head::Spectral, 0, 1, 0 }).empty());
    }

    void withoutPredictionsThereAreNoStars()
    {
        const ui::Evaluation nothing;
        QVERIFY(ui::starsOfCell(nothing, { ui::Head::Spectral, 0, 1, {} }).empty());
        QVERIFY(ui::wrongStars(nothing, {}).empty());
        QVERIFY(ui::scatterPoints(nothing).empty());
        QVERIFY(!ui::cellOfStar(nothing, kFirst, ui::Head::Spectral));
    }

    void aStarStandsWhereMostOfItsSamplesFell()
    {
        using ui::Head;
        const auto e = evaluation();
        QCOMPARE(*ui::cellOfStar(e, kFirst, Head::Spectral),
            (ui::MatrixCell { Head::Spectral, 0, 1, {} }));
        QCOMPARE(*ui::cellOfStar(e, kSecond, Head::Spectral),
            (ui::MatrixCell { Head::Spectral, 0, 0, {} }));
        QCOMPARE(*ui::cellOfStar(e, kThird, Head::Luminosity),
            (ui::MatrixCell { Head::Luminosity, 0, 0, {} }));
        QVERIFY(!ui::cellOfStar(e, "t999l50p00", Head::Spectral));
    }

    void theScatterCountsEverySampleOnce()
    {
        using Points = std::vector<ui::ScatterPoint>;
        QCOMPARE(ui::scatterPoints(evaluation()),
            (Points { { 0, 0, 2, 3 }, { 0, 1, 2, 3 }, { 3, 3, 0, 1 } }));
        QCOMPARE(
            ui::scatterPoints(evaluation(), kFirst), (Points { { 0, 0, 2, 1 }, { 0, 1, 2, 2 } }));
        QVERIFY(ui::scatterPoints(evaluation(), "").empty());
    }

    void wrongStarsWithTheirCommonestAnswer()
    {
        const auto found = ui::wrongStars(evaluation(), {});
        QCOMPARE(found.size(), 2U);
        QCOMPARE(found[0].standard, kFirst);
        QCOMPARE(found[0].wrong, 2);
        QCOMPARE(found[0].samples, 3);
        QCOMPARE(found[0].predictedSc, 1);
        QCOMPARE(found[0].predictedLc, 2);
        QCOMPARE(found[0].probabilitySc, (0.5 + 0.75) / 2.0);
        QCOMPARE(found[0].probabilityLc, (1.0 + 0.75) / 2.0);
        QCOMPARE(found[1].standard, kSecond);
        QCOMPARE(found[1].wrong, 2); // once in each head
    }

    void wrongStarsAreFilteredByHeadAndDistance()
    {
        const auto spectral = ui::wrongStars(evaluation(), { true, false, 1 });
        QCOMPARE(spectral.size(), 2U);
        QCOMPARE(spectral[1].wrong, 1);
        QCOMPARE(spectral[1].predictedSc, 1);
        const auto luminosity = ui::wrongStars(evaluation(), { false, true, 1 });
        QCOMPARE(luminosity.size(), 1U);
        QCOMPARE(luminosity[0].standard, kSecond);
        QCOMPARE(luminosity[0].predictedLc, 1);
        QCOMPARE(luminosity[0].probabilityLc, 0.625);
        QVERIFY(ui::wrongStars(evaluation(), { true, true, 2 }).empty());
    }

    void mistakesInASortedTable()
    {
        ui::MistakesModel model;
        const QAbstractItemModelTester tester(&model);
        model.setStars(ui::wrongStars(evaluation(), {}), { "A0", "A1", "A2", "A3" });
        QCOMPARE(model.rowCount(), 2);
        const auto text
            = [&model](int row, int column) { return model.index(row, column).data().toString(); };
        QCOMPARE(text(0, ui::MistakesModel::Star), "lib/t160l50p00");
        QCOMPARE(text(0, ui::MistakesModel::Type), "A0 V");
        QCOMPARE(text(1, ui::MistakesModel::Type), "A0 IV");
        QCOMPARE(text(0, ui::MistakesModel::PredictedSc), "A1");
        QCOMPARE(text(0, ui::MistakesModel::ClassesOff), "+1");
        QCOMPARE(text(0, ui::MistakesModel::Wrong), "2 of 3");
        QCOMPARE(model.rowOf(kSecond), 1);
        QCOMPARE(model.rowOf("t999l50p00"), -1);
        QSortFilterProxyModel sorted;
        sorted.setSourceModel(&model);
        sorted.setSortRole(ui::MistakesModel::kSortRole);
        sorted.sort(ui::MistakesModel::ProbabilityLc);
        QCOMPARE(sorted.index(0, 0).data().toString(), "lib/t160l40p00");
        sorted.sort(ui::MistakesModel::ProbabilityLc, Qt::DescendingOrder);
        QCOMPARE(sorted.index(0, 0).data().toString(), "lib/t160l50p00");
        const QString csv = ui::csvText(model.table());
        QCOMPARE(csv.count('\n'), 3);
        QVERIFY2(csv.contains("lib/t160l50p00,A0 V,A1,V,1,2,3,0.625,0.875"), qPrintable(csv));
    }

    void whatAStarWasTakenFor()
    {
        const auto atlas = test::tinyAtlas();
        mk::ClassScheme scheme;
        scheme.names = { "A0", "A1", "A2", "A3" };
        scheme.temperatureCodes = { 16.0, 17.0, 18.0, 19.0 };
        const auto row = ui::standardRow(*atlas, kFirst);
        QVERIFY(row);
        const auto like = [&](std::optional<int> sc, std::optional<int> lc) {
            const auto found = ui::standardLike(*atlas, *row, scheme, sc, lc);
            return found
                ? QString::fromStdString(atlas->standards()[static_cast<std::size_t>(*found)].name)
                : QString();
        };
        QCOMPARE(like(1, {}), "t170l50p00");
        QCOMPARE(like({}, 0), "t160l00p00");
        QCOMPARE(like(3, 1), "t190l30p00");
        scheme.temperatureCodes[2] = 40.0;
        QCOMPARE(like(2, {}), "");
        QVERIFY(!ui::standardRow(*atlas, "t999l50p00"));
    }

    void cellStarsInATable()
    {
        ui::CellStarsModel model;
        const QAbstractItemModelTester tester(&model);
        ui::CellStar star;
        star.standard = "not an MKCLASS name";
        star.inCell = 2;
        star.samples = 3;
        model.setStars({ star });
        QCOMPARE(model.index(0, ui::CellStarsModel::Type).data().toString(), "");
        QCOMPARE(model.index(0, ui::CellStarsModel::InCell).data().toString(), "2 of 3");
    }
};

QTEST_MAIN(tst_TestStars)
#include "tst_test_stars.moc"
