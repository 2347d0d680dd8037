#include "core/robust/robust_model.h"
#include "core/robust/robust_trainer.h"
#include "tests/support/star_atlas.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <cmath>
#include <fstream>

using namespace maury;
using namespace maury::robust;
using test::TemporaryFolder;

namespace {

RobustConfig smallConfig(int steps = 6)
{
    RobustConfig config;
    config.hidden = { 24, 12 };
    config.batchSize = 32;
    config.steps = steps;
    config.warmUpSteps = steps / 2;
    config.threads = 1;
    config.seed = 5;
    return config;
}

mk::AtlasPtr library()
{
    return test::starAtlas({ 12.0, 16.0, 20.0, 23.0, 26.0, 30.0, 34.0 }, libraryGrid());
}

base::Result<RobustReport> trained(
    const RobustConfig& config, const std::string& backend = "cpu",
    const RobustObserver& observer = [](const RobustStep&) {}, std::stop_token stop = {})
{
    const auto device = train::createBackend(backend, config.threads).value();
    return trainRobust({ { library() } }, config, *device, observer, std::move(stop));
}

double largestDifference(const nn::Parameters& a, const nn::Parameters& b)
{
    double largest = (a.sc.weights - b.sc.weights).cwiseAbs().maxCoeff();
    for (std::size_t i = 0; i < a.hidden.size(); ++i)
        largest = std::max<double>(
            largest, (a.hidden[i].weights - b.hidden[i].weights).cwiseAbs().maxCoeff());
    return largest;
}

std::string bytesOf(const std::filesystem::path& file)
{
    std::ifstream stream(file, std::ios::binary);
    return { std::istreambuf_iterator<char>(stream), {} };
}

} // namespace

class TestRobustTrainer : public QObject {
    Q_OBJECT
private slots:
    // Warm-up over 4 of 10 steps times half a cosine: step 0: 1/4 · 1, step 5: 1 · ½(1 + cos(π/2)).
    void rateByHand()
    {
        RobustConfig config;
        config.steps = 10;
        config.warmUpSteps = 4;
        config.learningRate = 0.1;
        QVERIFY(std::abs(rateOf(config, 0) - 0.025) < 1e-12);
        QVERIFY(std::abs(rateOf(config, 5) - 0.05) < 1e-12);
        QVERIFY(std::abs(rateOf(config, 3) - 0.1 * 0.5 * (1 + std::cos(0.3 * M_PI))) < 1e-12);
        config.warmUpSteps = 0;
        QVERIFY(std::abs(rateOf(config, 0) - 0.1) < 1e-12);
    }

    void sameSeedSameNetwork()
    {
        const auto once = trained(smallConfig());
        QVERIFY_RESULT(once);
        RobustConfig threads = smallConfig();
        threads.threads = 3;
        const auto again = trained(threads);
        QVERIFY_RESULT(again);
        QCOMPARE(largestDifference(once->model.blue.members[0], again->model.blue.members[0]), 0.0);
        QVERIFY(once->model.blue.standardisation.mean == again->model.blue.standardisation.mean);
        RobustConfig other = smallConfig();
        other.seed = 6;
        QVERIFY(
            largestDifference(once->model.blue.members[0], trained(other)->model.blue.members[0])
            > 1e-3);
    }

    // The reference backend learns the same but for the rounding; members differ from each other.
    void backendsAgreeAndMembersDiffer()
    {
        RobustConfig config = smallConfig();
        config.members = 2;
        const auto cpu = trained(config);
        const auto reference = trained(config, "reference");
        QVERIFY_RESULT(cpu);
        QVERIFY_RESULT(reference);
        QCOMPARE(cpu->model.blue.members.size(), std::size_t { 2 });
        for (std::size_t i = 0; i < 2; ++i)
            QVERIFY(largestDifference(cpu->model.blue.members[i], reference->model.blue.members[i])
                < 5e-3);
        QVERIFY(largestDifference(cpu->model.blue.members[0], cpu->model.blue.members[1]) > 1e-2);
    }

    // Cross-entropies fall towards the entropy of the targets themselves, below which none can be:
    // ln(σ/step · √(2πe)) = 1.755 for the temperature.
    void learns()
    {
        RobustConfig config = smallConfig(150);
        config.learningRate = 5e-3;
        std::vector<double> losses;
        const auto report = trained(
            config, "cpu", [&](const RobustStep& step) { losses.push_back(step.lossTemperature); });
        QVERIFY_RESULT(report);
        QCOMPARE(losses.size(), std::size_t { 150 });
        QVERIFY(losses.front() > 4.3); // ln 97 = 4.57
        QVERIFY2(losses.back() < 3.2, qPrintable(QString::number(losses.back())));
        QVERIFY(*std::min_element(losses.begin(), losses.end()) > 1.75);
        QCOMPARE(report->standards, std::size_t { 21 });
        QCOMPARE(report->model.scheme.size(), std::size_t { 7 });
        QVERIFY(report->model.provenance.find("flux_sha256") != std::string::npos);
    }

    void failuresSayWhy()
    {
        RobustConfig config = smallConfig();
        config.dropout = 1.0;
        QCOMPARE(trained(config).error().code, base::ErrorCode::OptionInvalid);
        QCOMPARE(trained(config).error().place, std::string("--dropout"));
        config = smallConfig();
        config.variation.widestFwhmAngstrom = 1.0;
        QCOMPARE(trained(config).error().code, base::ErrorCode::OptionInvalid);
        std::stop_source stop;
        stop.request_stop();
        QCOMPARE(trained(
                     smallConfig(), "cpu", [](const RobustStep&) {}, stop.get_token())
                     .error()
                     .code,
            base::ErrorCode::Cancelled);
    }

    void modelsRoundTrip()
    {
        RobustConfig config = smallConfig(2);
        config.members = 2;
        const RobustModel model = trained(config).value().model;
        const TemporaryFolder folder;
        QVERIFY_RESULT(writeModel(model, folder / "m.h5"));
        QVERIFY(isRobustModel(folder / "m.h5"));
        const auto read = readRobustModel(folder / "m.h5");
        QVERIFY_RESULT(read);
        QVERIFY(read->blue.spec == model.blue.spec);
        QVERIFY(read->blue.grid == model.blue.grid);
        QVERIFY(read->blue.libraryGrid == model.blue.libraryGrid);
        QVERIFY(read->scheme == model.scheme);
        QVERIFY(read->blue.variation == model.blue.variation);
        QVERIFY(read->blue.standardisation.mean == model.blue.standardisation.mean);
        QVERIFY(read->blue.standardisation.deviation == model.blue.standardisation.deviation);
        QCOMPARE(read->provenance, model.provenance);
        QCOMPARE(read->settings, model.settings);
        QCOMPARE(read->blue.members.size(), std::size_t { 2 });
        QCOMPARE(largestDifference(read->blue.members[1], model.blue.members[1]), 0.0);
        // A file without a calibration opens, as those of the time before there was one.
        QVERIFY(!read->calibration.has_value());
    }

    void calibrationIsKept()
    {
        RobustModel model = trained(smallConfig(1)).value().model;
        model.calibration.emplace();
        model.calibration->sparseCodes = 1.25;
        model.calibration->observed = { { 16.0, 5.0 } };
        const TemporaryFolder folder;
        QVERIFY_RESULT(writeModel(model, folder / "m.h5"));
        const auto read = readRobustModel(folder / "m.h5");
        QVERIFY_RESULT(read);
        QVERIFY(read->calibration.has_value());
        QCOMPARE(read->calibration->sparseCodes, 1.25);
        QCOMPARE(read->calibration->observed.front().luminosityCode, 5.0);
    }

    // A library that reaches the green trains a second set of networks beside the blue ones, which
    // are the same with or without it.
    void wideLibrariesTrainASecondPart()
    {
        const auto device = train::createBackend("cpu", 1).value();
        const Library both { library(), 1.8,
            test::starAtlas({ 12.0, 16.0, 20.0, 23.0, 26.0, 30.0, 34.0 }, wideLibraryGrid()) };
        RobustConfig config = smallConfig(3);
        config.members = 2;
        std::vector<RobustStep> steps;
        const auto report = trainRobust(
            { both }, config, *device, [&](const RobustStep& step) { steps.push_back(step); });
        QVERIFY_RESULT(report);
        QVERIFY(report->model.wide);
        QCOMPARE(report->wideStandards, std::size_t { 21 });
        const RobustPart& wide = *report->model.wide;
        QCOMPARE(wide.members.size(), std::size_t { 2 });
        QVERIFY(wide.grid.lastAngstrom() > 5558.0 && wide.grid.lastAngstrom() <= 5560.0);
        QVERIFY(wide.libraryGrid == wideLibraryGrid());
        // The broadest spectra that the blue part knows are blurred for the wide one.
        QVERIFY(std::abs(wide.variation.widestFwhmAngstrom
                    - std::hypot(config.variation.widestFwhmAngstrom, kWideBlurAngstrom))
            < 1e-9);
        QCOMPARE(steps.size(), std::size_t { 12 });
        QVERIFY(steps[5].range == Range::Blue && steps[5].member == 1);
        QVERIFY(steps[6].range == Range::Wide && steps[6].member == 0);
        const auto blueOnly = trained(config);
        QVERIFY(!blueOnly->model.wide);
        QCOMPARE(
            largestDifference(blueOnly->model.blue.members[1], report->model.blue.members[1]), 0.0);

        const TemporaryFolder folder;
        QVERIFY_RESULT(writeModel(report->model, folder / "m.h5"));
        const auto read = readRobustModel(folder / "m.h5");
        QVERIFY_RESULT(read);
        QVERIFY(read->wide && read->wide->grid == wide.grid);
        QCOMPARE(largestDifference(read->wide->members[1], wide.members[1]), 0.0);
        QVERIFY(read->space == report->model.space);
    }

    // Files of earlier versions had one range of wavelengths or another calibration: they are refused
    // as such.
    void olderFilesAreRefused()
    {
        const TemporaryFolder folder;
        const auto written = io::writeHdf5(folder / "old.h5", { "maury-robust-model", 1 },
            [](io::Hdf5Group& root) { return root.setAttribute("protocol", "robust"); });
        QVERIFY_RESULT(written);
        QVERIFY(isRobustModel(folder / "old.h5"));
        const auto read = readRobustModel(folder / "old.h5");
        QCOMPARE(read.error().code, base::ErrorCode::FormatVersion);
        QVERIFY(base::describe(read.error()).find("train") != std::string::npos);
    }

    // Whatever byte is damaged and wherever the file is cut: an error or the true numbers.
    void damageIsNoticed()
    {
        const RobustModel model = trained(smallConfig(1)).value().model;
        const TemporaryFolder folder;
        QVERIFY_RESULT(writeModel(model, folder / "m.h5"));
        const std::string bytes = bytesOf(folder / "m.h5");
        int refused = 0;
        for (std::size_t at = 0; at < bytes.size(); at += 1013) {
            std::string damaged = bytes;
            damaged[at] = static_cast<char>(damaged[at] ^ 0x55);
            const auto read = readRobustModel(folder.write("d.h5", damaged));
            refused += read ? 0 : 1;
            if (read) {
                QCOMPARE(largestDifference(read->blue.members[0], model.blue.members[0]), 0.0);
                QVERIFY(read->blue.standardisation.mean == model.blue.standardisation.mean);
            }
        }
        QVERIFY(refused > 0);
        for (std::size_t length = 0; length < bytes.size(); length += bytes.size() / 13)
            QVERIFY(!readRobustModel(folder.write("t.h5", bytes.substr(0, length))));
    }

    // Parts that do not belong together are told apart although each is whole.
    void inconsistentModelsAreRefused()
    {
        const RobustModel model = trained(smallConfig(1)).value().model;
        const TemporaryFolder folder;
        const auto refused = [&](const std::function<void(RobustModel&)>& change) {
            RobustModel wrong = model;
            change(wrong);
            (void)writeModel(wrong, folder / "w.h5");
            const auto read = readRobustModel(folder / "w.h5");
            return !read && read.error().code == base::ErrorCode::FileDamaged
                && base::describe(read.error()).find("w.h5") != std::string::npos;
        };
        QVERIFY(refused([](RobustModel& m) { m.blue.standardisation.mean.pop_back(); }));
        QVERIFY(refused([](RobustModel& m) { m.blue.standardisation.deviation[3] = -1.0F; }));
        QVERIFY(refused([](RobustModel& m) { m.blue.standardisation.mean[3] = std::nanf(""); }));
        QVERIFY(refused([](RobustModel& m) { m.blue.grid.cropBegin = 900; }));
        QVERIFY(refused([](RobustModel& m) { m.blue.grid.cropPixels = 800; }));
        QVERIFY(refused([](RobustModel& m) { m.scheme.names.pop_back(); }));
        QVERIFY(refused([](RobustModel& m) { m.blue.variation.lowestSignalToNoise = -2.0; }));
        QCOMPARE(readRobustModel(folder / "none.h5").error().code, base::ErrorCode::FileMissing);
        QVERIFY(!isRobustModel(folder.write("junk.h5", "no model")));
    }
};

QTEST_GUILESS_MAIN(TestRobustTrainer)
#include "tst_robust_trainer.moc"
