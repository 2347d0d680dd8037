#include "core/explain/line_evidence.h"

#include "tests/support/test_data.h"

#include <QTest>

#include <array>
#include <cmath>

using namespace maury;
using namespace maury::explain;

namespace {

constexpr std::array kB2 { 12.0 };

mk::SpectralLine line(double wavelength, const char* species)
{
    mk::SpectralLine made;
    made.wavelengthAngstrom = wavelength;
    made.species = species;
    made.temperature = true;
    made.fromDecimal = 10.0;
    made.toDecimal = 19.0;
    return made;
}

/// Pixels of 0.5 Å from 4400 to 4500 Å with nothing but what is added.
struct Bench {
    Attribution attribution;
    mk::LineList lines;

    Bench()
    {
        for (int i = 0; i <= 200; ++i) {
            attribution.wavelengthAngstrom.push_back(4400.0 + 0.5 * i);
            attribution.contribution.push_back(0.0);
        }
    }
    double& at(double wavelength)
    {
        return attribution
            .contribution[static_cast<std::size_t>(std::lround(2.0 * (wavelength - 4400.0)))];
    }
    [[nodiscard]] GroupedEvidence grouped(std::span<const double> classes = kB2) const
    {
        return groupByLine(attribution, lines, classes);
    }
};

double contributionOf(const GroupedEvidence& grouped, const std::string& species)
{
    for (const SpeciesEvidence& each : grouped.species)
        if (each.species == species)
            return each.contribution;
    return 0.0;
}

} // namespace

class TestLineEvidence : public QObject {
    Q_OBJECT
private slots:
    void lonelyLinesAndNothing()
    {
        Bench bench;
        bench.lines.lines = { line(4471.5, "He I"), line(4481.0, "Mg II") };
        bench.at(4471.5) = 2.0;
        bench.at(4481.0) = -0.5;
        bench.at(4420.0) = 0.25; // far from both
        const auto grouped = bench.grouped();
        QCOMPARE(grouped.lines.front().species, std::string("He I"));
        QCOMPARE(grouped.lines.front().wavelengthAngstrom, 4471.5);
        QVERIFY(grouped.lines.front().firstAngstrom < 4471.5
            && grouped.lines.front().lastAngstrom > 4471.5);
        // At its centre a line claims all but 5 % against continuum and unknown lines.
        QVERIFY(std::abs(grouped.lines.front().contribution - 2.0 / 1.05) < 1e-9);
        QVERIFY(std::abs(contributionOf(grouped, "Mg II") + 0.5 / 1.05) < 1e-9);
        QVERIFY(std::abs(grouped.unidentified - (0.25 + 1.5 * 0.05 / 1.05)) < 1e-9);
        double sum = 0.0;
        for (const LineEvidence& each : grouped.lines)
            sum += each.contribution;
        QVERIFY(std::abs(sum - 1.75) < 1e-9);
        // The piece with the unknown line is named by where it is.
        const auto& piece = *std::find_if(
            grouped.lines.begin(), grouped.lines.end(), [](const LineEvidence& each) {
                return each.firstAngstrom <= 4420.0 && each.lastAngstrom > 4420.0;
            });
        QCOMPARE(piece.species, std::string(kUnidentified));
        QCOMPARE(piece.contribution, 0.25);
    }

    void blendsAreSharedByDistance()
    {
        Bench bench;
        bench.lines.lines = { line(4450.0, "A"), line(4452.0, "B") };
        bench.at(4451.0) = 1.0; // half-way
        auto grouped = bench.grouped();
        QVERIFY(std::abs(contributionOf(grouped, "A") - contributionOf(grouped, "B")) < 1e-12);
        bench.at(4451.0) = 0.0;
        bench.at(4450.0) = 1.0;
        grouped = bench.grouped();
        QVERIFY(contributionOf(grouped, "A") > 2.5 * contributionOf(grouped, "B"));
        QVERIFY(contributionOf(grouped, "B") > 0.0);
        // Two lines of one species as near as that are one line.
        bench.lines.lines = { line(4450.0, "A"), line(4451.0, "A") };
        grouped = bench.grouped();
        QCOMPARE(grouped.lines.front().wavelengthAngstrom, 4450.5);
    }

    void onlyLinesOfTheClassesCount()
    {
        Bench bench;
        bench.lines.lines = { line(4471.5, "He I") };
        bench.at(4471.5) = 1.0;
        constexpr std::array kG2 { 42.0 };
        const auto grouped = bench.grouped(kG2);
        QCOMPARE(contributionOf(grouped, "He I"), 0.0);
        QCOMPARE(grouped.unidentified, 1.0);
        constexpr std::array kEither { 42.0, 15.0 };
        QVERIFY(contributionOf(bench.grouped(kEither), "He I") > 0.9);
    }

    // The program's own list: at B2 the wing of a Balmer line belongs to hydrogen, a pixel 20 Å off
    // in a G star does not.
    void theProgramsOwnList()
    {
        Bench bench;
        const auto list = mk::defaultLineList();
        QVERIFY_RESULT(list);
        bench.lines = *list;
        bench.attribution.wavelengthAngstrom = { 4340.5, 4328.0, 4471.5 };
        bench.attribution.contribution = { 0.0, 1.0, 0.0 };
        constexpr std::array kA2 { 22.0 };
        QVERIFY(contributionOf(bench.grouped(kA2), "H I") > 0.6);
        constexpr std::array kG5 { 45.0 };
        QCOMPARE(contributionOf(bench.grouped(kG5), "H I"), 0.0);
        bench.attribution.contribution = { 0.0, 0.0, 1.0 };
        QVERIFY(contributionOf(bench.grouped(), "He I") > 0.9);
    }
};

QTEST_GUILESS_MAIN(TestLineEvidence)
#include "tst_line_evidence.moc"
