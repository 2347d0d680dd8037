#include "core/explain/label_suspicion.h"

#include "core/mk/relabelled_atlas.h"
#include "core/robust/log_grid.h"
#include "tests/support/planted_swaps.h"
#include "tests/support/star_atlas.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <cmath>
#include <set>

using namespace maury;
using namespace maury::explain;

namespace {

/// 102 made-up stars: 17 temperature codes in all six luminosity classes.
mk::AtlasPtr manyStars()
{
    const auto grid = robust::libraryGrid();
    std::vector<mk::Standard> standards;
    for (int code = 12; code <= 28; ++code)
        for (int luminosity = 0; luminosity <= 5; ++luminosity) {
            mk::Standard standard;
            standard.temperatureCode = code;
            standard.luminosityCode = luminosity;
            standard.type = mk::typeFromDecimal(mk::decimalFromTemperatureCode(code), luminosity);
            standard.group = mk::luminosityGroup(luminosity);
            standard.name = mk::print(standard.type);
            standards.push_back(std::move(standard));
        }
    mk::SpectraMatrix flux(std::ssize(standards), static_cast<Eigen::Index>(grid.pixels));
    for (Eigen::Index row = 0; row < flux.rows(); ++row)
        for (Eigen::Index pixel = 0; pixel < flux.cols(); ++pixel) {
            const mk::Standard& standard = standards[static_cast<std::size_t>(row)];
            flux(row, pixel) = static_cast<float>(
                test::starFlux(grid.wavelength(static_cast<std::size_t>(pixel)),
                    standard.temperatureCode, standard.luminosityCode));
        }
    using Good = Eigen::Matrix<std::uint8_t, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    const Good good = Good::Ones(flux.rows(), flux.cols());
    return std::make_shared<const mk::Atlas>(
        "many", "", grid, true, std::move(standards), std::move(flux), good);
}

SuspicionSettings smallSettings(std::uint64_t seed)
{
    SuspicionSettings settings;
    settings.folds = 3;
    settings.training.hidden = { 64, 32 };
    settings.training.batchSize = 64;
    settings.training.steps = 120;
    settings.training.warmUpSteps = 40;
    settings.training.seed = seed;
    settings.training.threads = 1;
    return settings;
}

/// How many of the planted stars are among the most suspect tenth.
std::size_t foundInTopTenth(
    const std::vector<LabelSuspicion>& ranked, const std::set<std::string>& planted)
{
    std::size_t found = 0;
    for (std::size_t i = 0; i < ranked.size() / 10; ++i)
        found += planted.contains(ranked[i].star) ? 1 : 0;
    return found;
}

} // namespace

class TestLabelSuspicion : public QObject {
    Q_OBJECT
private slots:
    void plantedSwapsAreFound()
    {
        const auto planted = test::plantSwaps(*manyStars(), 0.05, 3);
        const auto backend = train::createBackend("cpu", 1);
        QVERIFY_RESULT(backend);
        double before = 0.0;
        const auto ranked = suspectLabels(
            { planted.atlas }, smallSettings(1), **backend, [&before](int fold, double done) {
                QVERIFY(done >= before && done <= 1.0);
                QVERIFY(fold >= 0 && fold < 3);
                before = done;
            });
        QVERIFY_RESULT(ranked);
        QCOMPARE(before, 1.0);
        QCOMPARE(ranked->size(), 102u);
        const auto found = foundInTopTenth(*ranked, planted.stars);
        QVERIFY2(static_cast<double>(found) >= 0.8 * static_cast<double>(planted.stars.size()),
            qPrintable(QString("%1 of %2").arg(found).arg(planted.stars.size())));
        std::set<std::string> names;
        double last = 1.0;
        for (const LabelSuspicion& one : *ranked) {
            names.insert(one.star);
            QVERIFY(one.score <= last && one.score >= 0.0);
            last = one.score;
            QVERIFY(std::abs(
                        1.2 * one.score - (1.0 - one.heldOutConfidence + 0.2 * one.wrongShare))
                < 1e-12);
            QCOMPARE(planted.atlas->standards()[one.row].name, one.star);
            QCOMPARE(mk::print(planted.atlas->standards()[one.row].type), one.label);
        }
        QCOMPARE(names.size(), 102u);
    }

    void interpolatedCellsAreNoSuspects()
    {
        const auto whole = manyStars();
        auto standards = whole->standards();
        for (std::size_t row = 1; row < standards.size(); row += 3) {
            standards[row].interpolated = true;
            standards[row].parents = { standards[row - 1].name };
        }
        const auto atlas = std::make_shared<const mk::Atlas>("some", "", whole->grid(), true,
            standards, whole->flux(), whole->good());
        auto settings = smallSettings(1);
        settings.training.steps = 20;
        const auto backend = train::createBackend("cpu", 1);
        const auto ranked = suspectLabels({ atlas }, settings, **backend);
        QVERIFY_RESULT(ranked);
        QCOMPARE(ranked->size(), 68u);
        for (const LabelSuspicion& one : *ranked)
            QVERIFY(!atlas->standards()[one.row].interpolated);
    }

    void canBeStoppedAndRefuses()
    {
        const auto backend = train::createBackend("cpu", 1);
        std::stop_source stop;
        const auto stopped = suspectLabels({ manyStars() }, smallSettings(1), **backend,
            [&stop](int, double done) {
                if (done > 0.1)
                    stop.request_stop();
            },
            stop.get_token());
        QVERIFY(!stopped);
        QCOMPARE(stopped.error().code, base::ErrorCode::Cancelled);
        auto settings = smallSettings(1);
        settings.folds = 1;
        const auto refused = suspectLabels({ manyStars() }, settings, **backend);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, base::ErrorCode::OptionInvalid);
    }

    void relabelledAtlasKeepsItsSpectra()
    {
        const auto atlas = test::starAtlas({ 16.0, 20.0 });
        const auto type = mk::parseSpectralType("G2 V").value();
        const auto changed = mk::relabelled(*atlas, { { "A0 V", type } });
        QVERIFY_RESULT(changed);
        const auto& last = (*changed)->standards().back();
        QCOMPARE(last.name, std::string("A0 V"));
        QCOMPARE(last.temperatureCode, 31.0);
        QCOMPARE((*changed)->flux().bottomRows(1), atlas->flux().row(2));
        QCOMPARE((*changed)->standards().size(), atlas->standards().size());
        QCOMPARE(mk::relabelled(*atlas, { { "none", type } }).error().code,
            base::ErrorCode::ValueMissing);
        QCOMPARE(mk::relabelled(*atlas, { { "A0 V", mk::parseSpectralType("G2").value() } })
                     .error()
                     .code,
            base::ErrorCode::TypeUnparsable);
    }
};

QTEST_GUILESS_MAIN(TestLabelSuspicion)
#include "tst_label_suspicion.moc"
