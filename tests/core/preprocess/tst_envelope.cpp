#include "core/preprocess/envelope.h"

#include "core/spectrum/wavelength_grid.h"
#include "tests/support/test_data.h"

#include <cmath>
#include <fstream>
#include <limits>
#include <numeric>

using namespace maury;

namespace {

struct Example {
    std::vector<double> wavelength = spectrum::mkGrid().wavelengths();
    std::vector<double> flux = std::vector<double>(wavelength.size());
    std::vector<std::uint8_t> good = std::vector<std::uint8_t>(wavelength.size(), 1);
};

/// A star of about A0: Balmer lines of 40 Å, narrow lines every 7 Å, continuum 1.
Example star()
{
    Example example;
    for (std::size_t i = 0; i < example.flux.size(); ++i) {
        const double w = example.wavelength[i];
        double flux = 1.0;
        for (const double line : { 3835.4, 3889.0, 3970.1, 4101.7, 4340.5 })
            flux -= 0.6 / (1.0 + std::pow((w - line) / 8.0, 2.0));
        flux -= 0.2 * std::exp(-std::pow((std::fmod(w, 7.0) - 3.5) / 0.8, 2.0));
        example.flux[i] = flux;
    }
    return example;
}

double largestDifference(const std::vector<double>& a, const std::vector<double>& b)
{
    double largest = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i)
        largest = std::max(largest, std::abs(a[i] - b[i]));
    return largest;
}

Example rectified(Example example)
{
    const auto done = preprocess::rectifyByEnvelope(example.wavelength, example.flux, example.good);
    if (!done)
        qWarning("%s", base::describe(done.error()).c_str());
    return example;
}

} // namespace

class TestEnvelope : public QObject {
    Q_OBJECT
private slots:
    void continuumComesOutNearOne()
    {
        const Example done = rectified(star());
        for (const double clean : { 4030.0, 4200.0, 4240.0, 4450.0, 4550.0 }) {
            const auto pixel = static_cast<std::size_t>((clean - 3800.0) / 0.5);
            double highest = 0.0;
            for (std::size_t i = pixel - 14; i < pixel + 14; ++i)
                highest = std::max(highest, done.flux[i]);
            QVERIFY2(std::abs(highest - 1.0) < 0.03, qPrintable(QString::number(highest)));
        }
    }

    void aFactorChangesNothing_data()
    {
        QTest::addColumn<double>("factor");
        QTest::newRow("1e-17 as in survey units") << 1e-17;
        QTest::newRow("counts") << 54321.0;
        QTest::newRow("1e30") << 1e30;
    }
    void aFactorChangesNothing()
    {
        QFETCH(double, factor);
        Example scaled = star();
        for (double& flux : scaled.flux)
            flux *= factor;
        QVERIFY(largestDifference(rectified(scaled).flux, rectified(star()).flux) < 1e-9);
    }

    // A slope of 1:5 over the range, as raw camera counts have.
    void aSlopeIsFollowed()
    {
        Example sloped = star();
        for (std::size_t i = 0; i < sloped.flux.size(); ++i)
            sloped.flux[i] *= 1.0 + 4.0 * static_cast<double>(i) / 1600.0;
        QVERIFY(largestDifference(rectified(sloped).flux, rectified(star()).flux) < 0.03);
    }

    void badPixelsDoNotMatter()
    {
        Example damaged = star();
        for (std::size_t i = 0; i < damaged.flux.size(); ++i) {
            if (i < 20 || (i > 700 && i < 760) || i % 97 == 0) {
                damaged.good[i] = 0;
                damaged.flux[i] = i % 2 == 0 ? 1e6 : std::numeric_limits<double>::quiet_NaN();
            }
        }
        const Example done = rectified(damaged);
        const Example reference = rectified(star());
        for (std::size_t i = 0; i < done.flux.size(); ++i) {
            QVERIFY(std::isfinite(done.flux[i]));
            if (done.good[i] != 0)
                QVERIFY(std::abs(done.flux[i] - reference.flux[i]) < 0.05);
        }
    }

    void whatHasNoContinuumIsAnError()
    {
        Example nothing = star();
        std::fill(nothing.good.begin(), nothing.good.end(), std::uint8_t(0));
        QVERIFY(!preprocess::upperEnvelope(nothing.wavelength, nothing.flux, nothing.good));
        Example zero = star();
        std::fill(zero.flux.begin(), zero.flux.end(), 0.0);
        const auto failed = preprocess::rectifyByEnvelope(zero.wavelength, zero.flux, zero.good);
        QVERIFY(!failed && failed.error().code == base::ErrorCode::ValueInvalid);
        Example negative = star();
        for (double& flux : negative.flux)
            flux = -flux;
        QVERIFY(!preprocess::upperEnvelope(negative.wavelength, negative.flux, negative.good));
    }

    // A stretch of wrong, bright pixels at the edge and a dead one must not bend the rest.
    void damagedEdgesDoNotBendTheRest()
    {
        const Example reference = rectified(star());
        Example damaged = star();
        for (std::size_t i = 0; i < 24; ++i)
            damaged.flux[i] = 10.0;
        for (std::size_t i = 1500; i < 1600; ++i)
            damaged.flux[i] = 1e-4;
        const Example done = rectified(damaged);
        for (std::size_t i = 200; i < 1400; ++i)
            QVERIFY2(std::abs(done.flux[i] / reference.flux[i] - 1.0) < 0.25,
                qPrintable(QString::number(done.wavelength[i])));
    }

    void shortPiecesAreRectified()
    {
        Example piece = star();
        for (const std::size_t pixels : { 20U, 60U, 200U }) {
            const std::span<const double> wavelength(piece.wavelength.data() + 800, pixels);
            const std::span<const double> flux(piece.flux.data() + 800, pixels);
            const std::span<const std::uint8_t> good(piece.good.data() + 800, pixels);
            const auto envelope = preprocess::upperEnvelope(wavelength, flux, good);
            QVERIFY_RESULT(envelope);
            for (const double value : *envelope)
                QVERIFY(value > 0.5 && value < 1.5);
        }
    }

    // Standards that their authors rectified by hand stay as they are, within what two observers
    // differ.
    void rectifiedStandardsStayRectified_data()
    {
        REQUIRE_TEST_DATA();
        QTest::addColumn<QString>("name");
        QTest::addColumn<double>("tolerance");
        QTest::newRow("t310l50") << QString("t310l50") << 0.2;
        for (const char* name : { "t060l50", "t080l10", "t120l50", "t160l50", "t230l30" })
            QTest::newRow(name) << QString(name) << 0.12;
    }
    void rectifiedStandardsStayRectified()
    {
        QFETCH(QString, name);
        QFETCH(double, tolerance);
        std::ifstream file(
            test::dataFolder() / "mkclass/libr18" / (name + "p00.rbn").toStdString());
        Example standard;
        standard.wavelength.clear();
        standard.flux.clear();
        double wavelength = 0.0;
        double flux = 0.0;
        while (file >> wavelength >> flux) {
            standard.wavelength.push_back(wavelength);
            standard.flux.push_back(flux);
        }
        standard.good.clear();
        for (const double value : standard.flux)
            standard.good.push_back(value != 0.0 ? 1 : 0);
        const auto envelope
            = preprocess::upperEnvelope(standard.wavelength, standard.flux, standard.good);
        QVERIFY_RESULT(envelope);
        for (std::size_t i = 0; i < envelope->size(); ++i) {
            QVERIFY2(standard.good[i] == 0 || std::abs((*envelope)[i] - 1.0) < tolerance,
                qPrintable(QString("%1 at %2").arg((*envelope)[i]).arg(standard.wavelength[i])));
        }
    }
};

QTEST_GUILESS_MAIN(TestEnvelope)
#include "tst_envelope.moc"
