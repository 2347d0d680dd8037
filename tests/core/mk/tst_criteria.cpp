#include "core/mk/criteria.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace maury::mk;

namespace {

/// Pixels of 0.5 Å from 3800 to 4599.5 Å with a straight continuum.
struct Star {
    std::vector<double> wavelengths;
    std::vector<float> flux;
    std::vector<std::uint8_t> good;
    double noise = 0.001;

    explicit Star(double slope = 0.0)
    {
        for (int i = 0; i < 1600; ++i) {
            wavelengths.push_back(3800.0 + 0.5 * i);
            flux.push_back(static_cast<float>(1.0 + slope * (wavelengths.back() - 4200.0)));
            good.push_back(1);
        }
    }
    [[nodiscard]] std::size_t pixel(double wavelength) const
    {
        return static_cast<std::size_t>(std::lround(2.0 * (wavelength - 3800.0)));
    }
    /// A line of four pixels, 2 Å wide: its equivalent width is 2 · depth.
    void addLine(double wavelength, float depth)
    {
        const std::size_t centre = pixel(wavelength);
        for (std::size_t i = centre - 2; i < centre + 2; ++i)
            flux[i] *= 1.0F - depth;
    }
    [[nodiscard]] MeasuredSpectrum measured() const { return { wavelengths, flux, good, noise }; }
};

const Criterion& named(const std::string& name)
{
    const auto& all = mkCriteria();
    const auto found = std::find_if(all.begin(), all.end(),
        [&name](const Criterion& criterion) { return criterion.name() == name; });
    if (found == all.end())
        qFatal("no criterion %s", name.c_str());
    return *found;
}

} // namespace

class TestCriteria : public QObject {
    Q_OBJECT
private slots:
    // Widths of 0.8 and 0.4 Å: a ratio of 2, on a level continuum and on a sloping one.
    void ratiosByHand()
    {
        const Criterion& criterion = named("He I 4471 / Mg II 4481");
        for (const double slope : { 0.0, 4e-4, -4e-4 }) {
            Star star(slope);
            star.addLine(4471.5, 0.4F);
            star.addLine(4481.0, 0.2F);
            const auto value = measure(criterion, star.measured());
            QVERIFY(value.state == Measured::Yes);
            QVERIFY2(std::abs(value.value - 2.0) < 0.03, qPrintable(QString::number(value.value)));
            const auto width = measure(criterion.numerator, star.measured());
            QVERIFY(std::abs(width.widthAngstrom - 0.8) < 0.01);
            QVERIFY(value.relativeError > 0.0 && value.relativeError < 0.02);
        }
    }

    // Twice the noise is twice the error; the flux's unit does not matter.
    void errorsFollowTheNoise()
    {
        Star star;
        star.addLine(4471.5, 0.4F);
        star.addLine(4481.0, 0.2F);
        const Criterion& criterion = named("He I 4471 / Mg II 4481");
        const auto before = measure(criterion, star.measured());
        star.noise *= 2.0;
        QVERIFY(
            std::abs(measure(criterion, star.measured()).relativeError - 2.0 * before.relativeError)
            < 1e-9);
        for (float& value : star.flux)
            value *= 300.0F;
        star.noise *= 300.0;
        QVERIFY(std::abs(measure(criterion, star.measured()).value - before.value) < 1e-4);
    }

    void strengthsAreWidths()
    {
        Star star;
        star.addLine(4267.0, 0.1F);
        const auto value = measure(named("C II 4267"), star.measured());
        QVERIFY(value.state == Measured::Yes);
        QVERIFY(std::abs(value.value - 0.2) < 0.005);
    }

    void whatCannotBeMeasuredIsSaid()
    {
        Star star;
        star.addLine(4471.5, 0.4F);
        const Criterion& ratio = named("He I 4471 / Mg II 4481");
        auto value = measure(ratio, star.measured());
        QVERIFY(value.state == Measured::TooWeak);
        QCOMPARE(value.feature, std::string("Mg II 4481"));
        star.addLine(4481.0, 0.2F);
        star.noise = 0.2;
        QVERIFY(measure(ratio, star.measured()).state == Measured::TooWeak);
        star.noise = 0.001;
        star.good[star.pixel(4471.0)] = 0;
        value = measure(ratio, star.measured());
        QVERIFY(value.state == Measured::NoData);
        QCOMPARE(value.feature, std::string("He I 4471"));
        value = measure(named("He II 4686"), star.measured());
        QVERIFY(value.state == Measured::OutOfRange);
        QCOMPARE(value.feature, std::string("He II 4686"));
        QVERIFY(measure(named("MgH 4780"), star.measured()).state == Measured::OutOfRange);
    }

    // Every class from O5 to M4 has criteria of either dimension; ranges make sense.
    void theTableIsWhole()
    {
        for (double decimal = 5.0; decimal < 65.0; decimal += 1.0)
            for (const Dimension dimension : { Dimension::Temperature, Dimension::Luminosity })
                QVERIFY2(std::any_of(mkCriteria().begin(), mkCriteria().end(),
                             [&](const Criterion& each) {
                                 return each.dimension == dimension && each.appliesAt(decimal);
                             }),
                    qPrintable(QString::number(decimal)));
        for (const Criterion& each : mkCriteria()) {
            QVERIFY2(each.from < each.to && !each.source.empty(), each.name().c_str());
            for (const Feature* feature :
                { &each.numerator, each.denominator ? &*each.denominator : &each.numerator }) {
                QVERIFY2(feature->firstAngstrom() > 3800.0 && feature->lastAngstrom() < 5000.0,
                    each.name().c_str());
                double last = 0.0;
                for (const Feature::Range& range : feature->ranges) {
                    QVERIFY2(range.first > last && range.last > range.first, each.name().c_str());
                    last = range.last;
                }
            }
        }
        QVERIFY(named("He I 4471 / Mg II 4481").appliesAt(12.0));
        QVERIFY(!named("He I 4471 / Mg II 4481").appliesAt(32.0));
    }
};

QTEST_GUILESS_MAIN(TestCriteria)
#include "tst_criteria.moc"
