// Stars that stand in two sets.

#include "core/gon/star_pairs.h"
#include "core/gon/transfer.h"

#include <QTest>

#include <algorithm>

using namespace maury;
using namespace maury::gon;

namespace {

constexpr double kArcsecond = 1.0 / 3600.0;

SpectrumSet setOf(const std::vector<std::string>& stars, const std::vector<SkyPosition>& positions)
{
    SpectrumSet set;
    set.source = "made";
    set.wavelengthAngstrom = { 4000.0, 4001.0, 4002.0 };
    set.flux = Matrix::Ones(std::ssize(stars), 3);
    set.ivar = Matrix::Ones(std::ssize(stars), 3);
    set.stars = stars;
    set.positions = positions;
    return set;
}

} // namespace

class TestStarPairs : public QObject {
    Q_OBJECT
private slots:
    void idsBeforePlaces()
    {
        const SpectrumSet first = setOf({ "a", "b", "b", "c", "" },
            { { 10.0, 5.0 }, { 20.0, 5.0 }, { 20.0, 5.0 }, {}, { 30.0, 60.0 } });
        // "a" is elsewhere under its own name, and "x" stands where b does.
        const SpectrumSet second = setOf({ "x", "a", "y" },
            { { 20.0, 5.0 + 0.5 * kArcsecond }, { 50.0, 5.0 },
                { 30.0 + 0.9 * kArcsecond / 0.5, 60.0 } });
        const StarPairs pairs = commonStars(first, second, 1.0);
        QCOMPARE(pairs.first, (std::vector<std::size_t> { 0, 1, 4 }));
        QCOMPARE(pairs.second, (std::vector<std::size_t> { 1, 0, 2 }));
        QCOMPARE(pairs.byPosition, std::size_t(2));
        QCOMPARE(commonStars(first, second, 0.6).size(), std::size_t(2)); // not at 60° any more
    }

    // Two stars within the radius of one: only the nearest is it. And across 0h, and at the pole.
    void nearestOfBoth()
    {
        const SpectrumSet first = setOf({ "a", "b", "c" },
            { { 0.00001, 0.0 }, { 359.9999, 0.0 }, { 90.0, 89.9999 } });
        const SpectrumSet second = setOf({ "x", "y" },
            { { 359.99999, 0.0 }, { 270.0, 89.9999 } });
        const StarPairs pairs = commonStars(first, second, 1.0);
        QCOMPARE(pairs.first, (std::vector<std::size_t> { 0, 2 }));
        QCOMPARE(pairs.second, (std::vector<std::size_t> { 0, 1 }));
    }

    void unusableSpectraAndUnknownPlaces()
    {
        SpectrumSet first = setOf({ "a", "a" }, { { 1.0, 1.0 }, { 1.0, 1.0 } });
        first.ivar.row(0).setZero();
        const SpectrumSet second = setOf({ "a" }, {});
        const StarPairs pairs = commonStars(first, second, 1.0);
        QCOMPARE(pairs.first, std::vector<std::size_t> { 1 });
        QCOMPARE(commonStars(first, setOf({ "z" }, {}), 1.0).size(), std::size_t(0));
    }

    void starsAreLeftOutWithAllTheirSpectra()
    {
        const SpectrumSet set = setOf({ "a", "b", "a", "", "" }, {});
        const SpectrumSet left = withoutStars(set, { 2, 3 });
        QCOMPARE(left.stars, (std::vector<std::string> { "b", "" }));
    }

    void splitsAreDisjoint()
    {
        std::vector<std::string> names;
        for (int i = 0; i < 21; ++i)
            names.push_back("star" + std::to_string(i));
        const auto split = splitCommonStars(setOf(names, {}), setOf(names, {}), 1.0, 5);
        QVERIFY(split);
        QCOMPARE(split->test.size(), std::size_t(6));
        QCOMPARE(split->fit.size(), std::size_t(15));
        for (const std::size_t row : split->test.first)
            QVERIFY(std::find(split->fit.first.begin(), split->fit.first.end(), row)
                == split->fit.first.end());
        QCOMPARE(split->test.first, split->test.second);
        names.resize(9);
        QVERIFY(!splitCommonStars(setOf(names, {}), setOf(names, {}), 1.0, 5));
    }
};

QTEST_GUILESS_MAIN(TestStarPairs)
#include "tst_star_pairs.moc"
