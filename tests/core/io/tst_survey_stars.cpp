// Stars of GALAH: several files and two velocity frames each.

#include "tests/support/raw_fits.h"
#include "tests/support/survey_folder.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <Eigen/Dense>

#include <cmath>

using namespace maury;
using namespace maury::test;
using spectrum::Frame;
using spectrum::Medium;

namespace {

constexpr double kLightKms = 299792.458;

/// The centre of a line: the vertex of the parabola through the flux within `halfWidth` of it.
double lineCentre(const spectrum::Segment& segment, double near, double halfWidth)
{
    std::vector<double> x;
    std::vector<double> y;
    for (std::size_t i = 0; i < segment.pixels(); ++i) {
        const double offset = segment.wavelengthAngstrom[i] - near;
        if (std::abs(offset) > halfWidth)
            continue;
        x.push_back(offset);
        y.push_back(segment.flux[i]);
    }
    Eigen::MatrixXd terms(Eigen::Index(x.size()), 3);
    Eigen::VectorXd flux(Eigen::Index(x.size()));
    for (Eigen::Index i = 0; i < flux.size(); ++i) {
        const double offset = x[std::size_t(i)];
        terms.row(i) << 1.0, offset, offset * offset;
        flux[i] = y[std::size_t(i)];
    }
    const Eigen::VectorXd parabola = terms.colPivHouseholderQr().solve(flux);
    return near - 0.5 * parabola[1] / parabola[2];
}

} // namespace

class TestSurveyStars : public QObject {
    Q_OBJECT
private slots:
    void galah()
    {
        REQUIRE_TEST_DATA();
        for (const auto& files : io::groupFiles(surveyFiles("galah", ""))) {
            const auto star = io::readSpectrumFiles(files);
            QVERIFY_RESULT(star);
            io::ReadOptions options;
            options.normalised = true;
            const auto rest = io::readSpectrumFiles(files, options);
            QVERIFY_RESULT(rest);
            const bool lacksCamera4 = (*star)->object == "181222001801157";
            QCOMPARE(files.size(), std::size_t { lacksCamera4 ? 3U : 4U });
            QCOMPARE((*star)->segments.size(), files.size());
            for (std::size_t camera = 0; camera < files.size(); ++camera) {
                const auto hdus = rawHdus(files[camera]);
                const auto& segment = (*star)->segments[camera];
                const auto& normalised = (*rest)->segments[camera];
                QVERIFY(segment.medium == Medium::Air && segment.frame == Frame::Barycentric);
                QVERIFY(normalised.frame == Frame::Rest);
                const auto scaleOf = [](const RawHdu& hdu) {
                    return [&hdu](std::size_t i) {
                        return hdu.number("CRVAL1") + double(i) * hdu.number("CDELT1");
                    };
                };
                QVERIFY(worstRelative(segment.wavelengthAngstrom, scaleOf(hdus[0])) < kWavelengthTolerance);
                QVERIFY(worstRelative(normalised.wavelengthAngstrom, scaleOf(hdus[4])) < kWavelengthTolerance);
                std::size_t good = 0;
                for (std::size_t i = 0; i < segment.pixels(); ++i)
                    good += hdus[0].pixel(i) > 0.0 && hdus[1].pixel(i) > 0.0 ? 1 : 0;
                QCOMPARE(segment.goodPixels(), good);
                // One velocity brings the barycentric scale to that at rest, at both ends.
                const auto velocityAt = [&](std::size_t i) {
                    return kLightKms
                        * (segment.wavelengthAngstrom[i] / normalised.wavelengthAngstrom[i] - 1.0);
                };
                QVERIFY(std::abs(velocityAt(0) - *(*star)->radialVelocityKms) < 0.1);
                QVERIFY(std::abs(velocityAt(4095) - *(*star)->radialVelocityKms) < 0.1);
            }
        }
    }

    // Hβ 4861.323 and Hα 6562.797 Å (air): at rest after the star's own velocity.
    void galahBalmerLines()
    {
        REQUIRE_TEST_DATA();
        for (const auto& files : io::groupFiles(surveyFiles("galah", ""))) {
            const auto star = io::readSpectrumFiles(files);
            QVERIFY_RESULT(star);
            const double velocity = *(*star)->radialVelocityKms;
            for (const auto& [camera, rest] : { std::pair(std::size_t { 0 }, 4861.323),
                     std::pair(std::size_t { 2 }, 6562.797) }) {
                const auto& segment = (*star)->segments.at(camera);
                const double expected = rest * (1.0 + velocity / kLightKms);
                // In the coolest of these stars metal lines stand on both sides of Hβ.
                const bool isBlended = (*star)->object == "140311006601089" && camera == 0;
                const double found = lineCentre(segment, expected, isBlended ? 0.5 : 1.2);
                const double off = kLightKms * (found / expected - 1.0);
                QVERIFY2(
                    std::abs(off) < 3.0, qPrintable(QString("%1 km/s at %2 Å").arg(off).arg(rest)));
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestSurveyStars)
#include "tst_survey_stars.moc"
