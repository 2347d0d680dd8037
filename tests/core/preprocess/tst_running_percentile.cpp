#include "core/preprocess/running_percentile.h"


#include <QTest>

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace maury::preprocess;

namespace {

/// The definition, worked out for one window by sorting it.
double bySorting(const std::vector<double>& values, const std::vector<double>& weights,
    const PixelRange& window, double percentile)
{
    std::vector<std::size_t> order;
    double total = 0.0;
    for (std::size_t i = window.begin; i < window.end; ++i)
        if (weights[i] > 0.0) {
            order.push_back(i);
            total += weights[i];
        }
    if (order.empty())
        return std::nan("");
    std::sort(order.begin(), order.end(),
        [&](std::size_t a, std::size_t b) { return std::pair(values[a], a) < std::pair(values[b], b); });
    const double target = percentile / 100.0 * total;
    double sum = 0.0;
    double positionBefore = 0.0;
    for (std::size_t k = 0; k < order.size(); ++k) {
        const double position = sum + 0.5 * weights[order[k]];
        if (position >= target) {
            if (k == 0)
                return values[order[0]];
            const double part = (target - positionBefore) / (position - positionBefore);
            return values[order[k - 1]] + part * (values[order[k]] - values[order[k - 1]]);
        }
        positionBefore = position;
        sum += weights[order[k]];
    }
    return values[order.back()];
}

std::vector<double> uniform(std::size_t count, std::uint64_t seed)
{
    std::vector<double> values;
    std::uint64_t state = seed;
    for (std::size_t i = 0; i < count; ++i) {
        state = state * 6364136223846793005ULL + 1442695040888963407ULL;
        values.push_back(static_cast<double>(state >> 11) / 9007199254740992.0);
    }
    return values;
}

} // namespace

class TestRunningPercentile : public QObject {
    Q_OBJECT
private slots:
    // Of 1, 2, 3, 4, 10 the median is 3; at the ends the window holds three.
    void byHand()
    {
        const std::vector<double> values { 4, 1, 10, 2, 3 };
        const auto median = runningPercentile(values, {}, 5, 50.0);
        QCOMPARE(median, (std::vector<double> { 4, 3, 3, 2.5, 3 }));
    }

    // Weights 1 and 3: the values stand at 1/8 and 5/8 of the weight.
    void weightsByHand()
    {
        const std::vector<double> values { 10.0, 20.0 };
        const std::vector<double> weights { 1.0, 3.0 };
        const PixelRange all { 0, 2 };
        const auto at = [&](double percentile) {
            return runningPercentile(values, weights, std::span(&all, 1), percentile)[0];
        };
        QCOMPARE(at(12.5), 10.0);
        QCOMPARE(at(62.5), 20.0);
        QCOMPARE(at(37.5), 15.0);
        QCOMPARE(at(0.0), 10.0);
        QCOMPARE(at(100.0), 20.0);
    }

    void likeSortingEveryWindow_data()
    {
        QTest::addColumn<int>("window");
        QTest::addColumn<double>("percentile");
        QTest::addColumn<bool>("weighted");
        for (const int window : { 1, 3, 21, 251, 2001 })
            for (const double percentile : { 0.0, 10.0, 50.0, 92.5, 100.0 })
                for (const bool weighted : { false, true })
                    QTest::addRow("%d at %g%s", window, percentile, weighted ? ", weighted" : "")
                        << window << percentile << weighted;
    }
    void likeSortingEveryWindow()
    {
        QFETCH(int, window);
        QFETCH(double, percentile);
        QFETCH(bool, weighted);
        auto values = uniform(1000, 7);
        for (std::size_t i = 0; i < values.size(); i += 5)
            values[i] = 0.5; // equal ones
        auto weights = uniform(1000, 11);
        for (std::size_t i = 0; i < weights.size(); ++i)
            weights[i] = i % 7 == 0 ? 0.0 : weighted ? 0.1 + weights[i] : 1.0;
        const auto found = runningPercentile(
            values, weights, static_cast<std::size_t>(window), percentile);
        const auto half = static_cast<std::size_t>(window) / 2;
        for (std::size_t i = 0; i < values.size(); ++i) {
            const PixelRange range { i - std::min(i, half), std::min(values.size(), i + half + 1) };
            const double expected = bySorting(values, weights, range, percentile);
            if (std::isnan(expected))
                QVERIFY(std::isnan(found[i]));
            else // the weights' sums are rounded in another order
                QVERIFY2(std::abs(found[i] - expected) < 1e-9,
                    qPrintable(QString("pixel %1: %2, not %3").arg(i).arg(found[i]).arg(expected)));
        }
    }

    void nothingGoodIsNotANumber()
    {
        std::vector<double> weights(100, 1.0);
        std::fill(weights.begin() + 20, weights.begin() + 60, 0.0);
        const auto found = runningPercentile(std::vector<double>(100, 2.0), weights, 11, 50.0);
        QCOMPARE(found[10], 2.0);
        QCOMPARE(found[24], 2.0);
        QVERIFY(std::isnan(found[40]));
        QCOMPARE(found[70], 2.0);
    }

    void windowsOfAnyBounds()
    {
        std::vector<double> values(500);
        std::iota(values.begin(), values.end(), 0.0);
        const std::vector<PixelRange> windows { { 0, 3 }, { 0, 300 }, { 200, 301 }, { 499, 500 } };
        const auto found = runningPercentile(values, {}, windows, 50.0);
        QCOMPARE(found, (std::vector<double> { 1.0, 149.5, 250.0, 499.0 }));
        QVERIFY(runningPercentile({}, {}, 3, 50.0).empty());
    }
};

QTEST_GUILESS_MAIN(TestRunningPercentile)
#include "tst_running_percentile.moc"
