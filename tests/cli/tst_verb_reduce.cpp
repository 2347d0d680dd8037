#include "core/io/file_bytes.h"
#include "core/io/reader_registry.h"
#include "core/train/model_npz.h"
#include "tests/support/cli.h"
#include "tests/support/survey_files.h"
#include "tests/support/test_data.h"
#include "tests/support/untrained_model.h"

#include <QTest>

#include <cmath>

using namespace maury;
using namespace maury::test;

namespace {

/// A rising spectrum with an absorption line, in air as its header says.
std::string risingText()
{
    std::string text = "# wavelengths in air\n";
    for (int i = 0; i < 2000; ++i) {
        const double w = 5000.0 + 0.05 * i;
        const double x = (w - 5050.0) / 0.3;
        text += QString("%1 %2 0.01\n")
                    .arg(w, 0, 'f', 3)
                    .arg((2.0 + 0.01 * (w - 5000.0)) * (1.0 - 0.5 * std::exp(-0.5 * x * x)), 0, 'f', 6)
                    .toStdString();
    }
    return text;
}

double meanFlux(const spectrum::Segment& segment)
{
    double sum = 0.0;
    for (const double flux : segment.flux)
        sum += flux;
    return sum / static_cast<double>(segment.goodPixels());
}

} // namespace

class TestVerbReduce : public QObject {
    Q_OBJECT
private slots:
    void rectify()
    {
        const TemporaryFolder folder;
        const auto file = argument(folder.write("a.txt", risingText()));
        for (const char* method :
            { "gaussian", "polynomial", "chebyshev", "median", "percentile", "envelope" }) {
            const auto out = folder / "out.fits";
            const auto result = runCli(
                { "rectify", file, "--method", method, "--out", argument(out), "--json" });
            QVERIFY2(result.status == 0, result.err.constData());
            const auto spectra = result.json()["spectra"].toArray();
            QCOMPARE(spectra.size(), 1);
            const auto steps = spectra[0].toObject()["recipe"].toObject()["steps"].toArray();
            QCOMPARE(steps.size(), 1);
            QCOMPARE(steps[0].toObject()["method"].toString(), QString(method));
            const auto read = io::readSpectrum(out);
            QVERIFY_RESULT(read);
            QCOMPARE((*read)->segments[0].rectified, std::optional(true));
            const double mean = meanFlux((*read)->segments[0]);
            QVERIFY2(mean > 0.8 && mean < 1.05, method);
        }
        QCOMPARE(runCli({ "rectify", file, "--out", argument(folder / "o.fits"), "--method", "x" })
                     .status,
            2);
        QCOMPARE(runCli({ "rectify", file, "--out", argument(folder / "o.fits"), "--method",
                     "polynomial", "--degree", "99" })
                     .status,
            2);
    }

    void resample()
    {
        const TemporaryFolder folder;
        const auto file = argument(folder.write("a.txt", risingText()));
        const auto out = folder / "out.ecsv";
        const auto recipe = folder / "recipe.json";
        const auto result = runCli({ "resample", file, "--grid", "survey", "--out", argument(out),
            "--save-recipe", argument(recipe), "--resolving-power", "28000", "--json" });
        QVERIFY2(result.status == 0, result.err.constData());
        const auto read = io::readSpectrum(out);
        QVERIFY_RESULT(read);
        const auto& segment = (*read)->segments[0];
        QVERIFY(segment.medium == spectrum::Medium::Vacuum);
        QVERIFY(segment.pixels() > 380 && segment.pixels() < 400); // 100 Å at 0.25 Å
        const double step
            = std::log(segment.wavelengthAngstrom[101] / segment.wavelengthAngstrom[100]);
        QVERIFY(std::abs(step / 5e-5 - 1.0) < 1e-6);
        // The saved recipe does the same again.
        const auto again = folder / "again.ecsv";
        QCOMPARE(runCli({ "resample", file, "--recipe", argument(recipe), "--out", argument(again) })
                     .status,
            0);
        QCOMPARE(io::readBytes(again).value(), io::readBytes(out).value());
        QCOMPARE(runCli({ "resample", file, "--out", argument(out) }).status, 2);
        QCOMPARE(runCli({ "resample", file, "--grid", "other", "--out", argument(out) }).status, 2);
    }

    void convertFramesMediaAndMarks()
    {
        const TemporaryFolder folder;
        const auto file = argument(folder.write("a.txt", risingText()));
        const auto out = folder / "out.csv";
        const auto result = runCli({ "convert", file, "--out", argument(out), "--frame",
            "barycentric", "--to-frame", "rest", "--velocity", "29.9792458", "--medium", "vacuum",
            "--cosmic-rays", "--tellurics", "--json" });
        QVERIFY2(result.status == 0, result.err.constData());
        const auto entry = result.json()["spectra"].toArray()[0].toObject();
        QCOMPARE(entry["segments"].toArray()[0].toObject()["frame"].toString(), QString("rest"));
        QCOMPARE(entry["recipe"].toObject()["steps"].toArray().size(), 4);
        QVERIFY(!entry["notes"].toArray().isEmpty()); // the barycentric correction is not known
        const auto read = io::readSpectrum(out);
        QVERIFY_RESULT(read);
        QVERIFY((*read)->segments[0].frame == spectrum::Frame::Rest);
        QVERIFY((*read)->segments[0].medium == spectrum::Medium::Vacuum);
    }

    void aBatchGoesOn()
    {
        const TemporaryFolder folder;
        const TemporaryFolder out;
        folder.write("a.txt", risingText());
        folder.write("b.txt", "no spectrum\n");
        folder.write("c.fits", fitsBytes(apStar(3)));
        const auto result = runCli({ "convert", argument(folder.path()), "--out",
            argument(out / "all"), "--format", "ecsv", "--json" });
        QCOMPARE(result.status, 1);
        QCOMPARE(result.json()["done"].toInt(), 2);
        const auto failed = result.json()["failed"].toArray();
        QCOMPARE(failed.size(), 1);
        QVERIFY(failed[0].toObject()["file"].toString().endsWith("b.txt"));
        QVERIFY(result.err.contains("b.txt"));
        QVERIFY_RESULT(io::readSpectrum(out / "all/a.ecsv"));
        QVERIFY_RESULT(io::readSpectrum(out / "all/c.ecsv"));
        QVERIFY(!std::filesystem::exists(out / "all/b.ecsv"));
    }

    // An operator is made once for all spectra with the same pixels.
    void operatorsAreUsedAgain()
    {
        const TemporaryFolder folder;
        const TemporaryFolder out;
        for (const char* name : { "a.fits", "b.fits", "c.fits" })
            folder.write(name, fitsBytes(apStar(1)));
        const auto result = runCli({ "resample", argument(folder.path()), "--grid", "survey",
            "--out", argument(out.path()), "--json" });
        QVERIFY2(result.status == 0, result.err.constData());
        QCOMPARE(result.json()["done"].toInt(), 3);
        QCOMPARE(result.json()["operators"].toInt(), 1);
    }

    void modelsAndNumpy()
    {
        const TemporaryFolder folder;
        train::Model model;
        model.spec = { 20, { 7, 5 }, nn::Activation::GeluTanh, 3, 3 };
        model.parameters = nn::initialParameters(model.spec, nn::Initialisation::He, 4);
        model.scheme = { { "A0", "F0", "G2" }, { 3.0, 4.0, 5.2 } };
        model.grid = { 3800.0, 0.5, 20 };
        QVERIFY_RESULT(train::writeModel(model, folder / "m.h5"));
        const auto there = runCli({ "convert", argument(folder / "m.h5"), "--out",
            argument(folder / "m.npz"), "--json" });
        QVERIFY2(there.status == 0, there.err.constData());
        QCOMPARE(there.json()["parameters"].toInt(), static_cast<int>(model.spec.parameterCount()));
        const auto back = runCli(
            { "convert", argument(folder / "m.npz"), "--out", argument(folder / "b.h5") });
        QVERIFY2(back.status == 0, back.err.constData());
        const auto read = train::readModel(folder / "b.h5");
        QVERIFY_RESULT(read);
        QVERIFY(read->parameters.sc.weights == model.parameters.sc.weights);
        const auto like = runCli({ "convert", argument(folder / "m.npz"), "--like",
            argument(folder / "m.h5"), "--out", argument(folder / "c.h5") });
        QCOMPARE(like.status, 0);
        const auto broken = folder.write("x.npz", "PK nothing");
        const auto failed
            = runCli({ "convert", argument(broken), "--out", argument(folder / "d.h5") });
        QCOMPARE(failed.status, 1);
        QVERIFY(failed.err.contains("x.npz"));
    }

    // Networks of the robust protocol come back into the model that they are like.
    void robustModelsAndNumpy()
    {
        const TemporaryFolder folder;
        const robust::RobustModel model = untrainedRobustModel(false);
        QVERIFY_RESULT(robust::writeModel(model, folder / "m.h5"));
        const auto archive = argument(folder / "m.npz");
        const auto there
            = runCli({ "convert", argument(folder / "m.h5"), "--out", archive, "--json" });
        QVERIFY2(there.status == 0, there.err.constData());
        QCOMPARE(there.json()["networks"].toInt(), 2);
        const auto back = runCli({ "convert", archive, "--like", argument(folder / "m.h5"), "--out",
            argument(folder / "b.h5") });
        QVERIFY2(back.status == 0, back.err.constData());
        const auto read = robust::readRobustModel(folder / "b.h5");
        QVERIFY_RESULT(read);
        QVERIFY(read->blue.members.at(1).sc.weights == model.blue.members[1].sc.weights);
        QVERIFY(read->calibration.has_value());
        const auto alone = runCli({ "convert", archive, "--out", argument(folder / "c.h5") });
        QCOMPARE(alone.status, 1);
        QVERIFY2(alone.err.contains("--like"), alone.err.constData());
    }

    void wrongUsage()
    {
        const TemporaryFolder folder;
        const auto file = argument(folder.write("a.txt", risingText()));
        QCOMPARE(runCli({ "convert", file }).status, 2);
        QCOMPARE(runCli({ "convert", file, "--out", argument(folder / "a.xyz") }).status, 2);
        const auto missing
            = runCli({ "convert", "/nowhere/a.fits", "--out", argument(folder / "a.csv") });
        QCOMPARE(missing.status, 1);
        QVERIFY(missing.err.contains("/nowhere/a.fits"));
        const auto unwritable = runCli({ "convert", file, "--out", "/nowhere/a.csv" });
        QCOMPARE(unwritable.status, 1);
        // No medium is known: said, with how to say it.
        const auto bare = argument(folder.write("b.txt", "5000 1\n5001 1\n5002 1\n"));
        const auto unknown
            = runCli({ "convert", bare, "--medium", "air", "--out", argument(folder / "b.csv") });
        QCOMPARE(unknown.status, 1);
        QVERIFY(unknown.err.contains("medium"));
    }
};

QTEST_GUILESS_MAIN(TestVerbReduce)
#include "tst_verb_reduce.moc"
