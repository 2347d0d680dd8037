// Training, resuming, storing and using Gradient Origin Networks on small made spectra.

#include "core/gon/gon_checkpoint.h"
#include "core/gon/gon_sources.h"
#include "core/gon/gon_trainer.h"
#include "core/gon/judge.h"
#include "core/gon/latent_inference.h"
#include "core/gon/velocity.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <Eigen/Cholesky>

#include <cmath>
#include <limits>

using namespace maury;
using namespace maury::gon;

namespace {

/// Stars of one parameter: lines whose depths follow it, on a regular grid.
SpectrumSet madeTemplates(std::size_t stars)
{
    constexpr Eigen::Index kPixels = 240;
    SpectrumSet set;
    set.source = "made";
    for (Eigen::Index p = 0; p < kPixels; ++p)
        set.wavelengthAngstrom.push_back(4000.0 + 0.5 * static_cast<double>(p));
    set.flux.resize(static_cast<Eigen::Index>(stars), kPixels);
    set.ivar = Matrix::Constant(static_cast<Eigen::Index>(stars), kPixels, 5000.0F);
    set.labels = { { kTemperatureLabel, {} } };
    for (std::size_t i = 0; i < stars; ++i) {
        const double t = static_cast<double>(i) / static_cast<double>(stars - 1);
        for (Eigen::Index p = 0; p < kPixels; ++p) {
            const double w = set.wavelengthAngstrom[static_cast<std::size_t>(p)];
            double flux = 1.0;
            for (int line = 0; line < 9; ++line) {
                const double centre = 4008.0 + 12.5 * line;
                const double depth = 0.15 + 0.12 * std::sin(3.0 * t + line) + 0.1 * t * (line % 3);
                flux -= depth * std::exp(-0.5 * std::pow((w - centre) / 1.2, 2));
            }
            set.flux(static_cast<Eigen::Index>(i), p) = static_cast<float>(flux);
        }
        set.stars.push_back("star" + std::to_string(i));
        set.types.push_back("G2 V");
        set.labels[0].values.push_back(t);
    }
    set.truth = set.flux;
    return set;
}

GonData madeData()
{
    GonData data;
    SplitSets split = splitByStar(madeTemplates(20), 5);
    data.train = std::move(split.train);
    data.variation = dataset::AugmentationSettings {};
    data.test = variationsOf(split.unseen, *data.variation, 16, 0, 9);
    return data;
}

GonConfig smallConfig()
{
    GonConfig config;
    config.decoder.latent = 6;
    config.decoder.hidden = { 16, 16 };
    config.batchSize = 16;
    config.steps = 60;
    config.warmUpSteps = 10;
    config.threads = 1;
    return config;
}

const train::TrainingObserver kSilent = [](const train::TrainingEvent&) { };

base::Result<GonReport> runOn(const GonConfig& config, const GonData& data)
{
    GonControl control;
    return GonTrainer::run(config, data, control, kSilent, {});
}

bool sameLayers(const GonModel& a, const GonModel& b)
{
    bool same = a.parameters.layers.size() == b.parameters.layers.size();
    for (std::size_t i = 0; same && i < a.parameters.layers.size(); ++i)
        same = a.parameters.layers[i].weights == b.parameters.layers[i].weights
            && a.parameters.layers[i].biases == b.parameters.layers[i].biases;
    return same;
}

} // namespace

class TestGonTrainer : public QObject {
    Q_OBJECT

private slots:
    /// A run lowers the loss, fits its test stars and knows its bands.
    void trains()
    {
        const GonData data = madeData();
        const auto report = runOn(smallConfig(), data);
        QVERIFY_RESULT(report);
        QCOMPARE(report->history.size(), std::size_t { 3 });
        QVERIFY(report->history.back().train.loss < report->history.front().train.loss * 1.05);
        QVERIFY(report->history.back().test.samples == 16);
        QVERIFY(report->history.back().test.loss < 3.0);
        QVERIFY(report->model.bands.pixels > 0);
        QCOMPARE(report->model.reference.codes.rows(), Eigen::Index { 16 });
    }

    void everyVariantTrains_data()
    {
        QTest::addColumn<int>("decoder");
        QTest::addColumn<int>("inference");
        QTest::addColumn<bool>("variational");
        const auto row = [](const char* name, DecoderKind decoder, InferenceKind inference,
                             bool variational) {
            QTest::newRow(name)
                << static_cast<int>(decoder) << static_cast<int>(inference) << variational;
        };
        row("one-step", DecoderKind::Dense, InferenceKind::OneStep, false);
        row("detached", DecoderKind::Dense, InferenceKind::Detached, false);
        row("learned", DecoderKind::Dense, InferenceKind::LearnedStep, false);
        row("autoencoder", DecoderKind::Dense, InferenceKind::Encoder, false);
        row("variational", DecoderKind::Dense, InferenceKind::GaussNewton, true);
        row("siren", DecoderKind::Siren, InferenceKind::GaussNewton, false);
        row("fourier", DecoderKind::Fourier, InferenceKind::GaussNewton, false);
    }
    void everyVariantTrains()
    {
        QFETCH(int, decoder);
        QFETCH(int, inference);
        QFETCH(bool, variational);
        GonConfig config = defaultsFor(
            static_cast<InferenceKind>(inference), static_cast<DecoderKind>(decoder));
        config.variational = variational;
        config.decoder.latent = 4;
        config.decoder.hidden = { 12, 12 };
        config.batchSize = 8;
        config.steps = 20;
        config.threads = 1;
        const GonData data = madeData();
        const auto report = runOn(config, data);
        QVERIFY_RESULT(report);
        // What was stored is what is used.
        const test::TemporaryFolder folder;
        QVERIFY_RESULT(writeModel(report->model, folder / "model.h5"));
        const auto again = readGonModel(folder / "model.h5");
        QVERIFY_RESULT(again);
        QVERIFY(sameLayers(report->model, *again));
        QCOMPARE(describe(*again), describe(report->model));
        const LatentInference before(std::make_shared<const GonModel>(report->model), 1);
        const LatentInference after(std::make_shared<const GonModel>(*again), 1);
        const auto a = before.encode(data.test, {});
        const auto b = after.encode(data.test, {});
        QVERIFY_RESULT(a);
        QVERIFY_RESULT(b);
        QVERIFY(a->codes == b->codes);
        QVERIFY(a->codes.allFinite());
    }

    void settingsFollowTheKind()
    {
        GonConfig config;
        config.hiddenShare = 0.25;
        const GonConfig siren = withKinds(config, InferenceKind::OneStep, DecoderKind::Siren);
        QVERIFY(siren.decoder.kind == DecoderKind::Siren);
        QVERIFY(siren.inference == InferenceKind::OneStep);
        QVERIFY(siren.decoder.activation == Activation::Sine);
        QCOMPARE(siren.learningRate, 1e-4);
        QCOMPARE(siren.batchSize, 8);
        QVERIFY(!siren.decoder.skip);
        QCOMPARE(siren.hiddenShare, 0.25); // was set
        const GonConfig back = withKinds(siren, InferenceKind::GaussNewton, DecoderKind::Dense);
        QCOMPARE(back.decoder, config.decoder);
        QCOMPARE(back.learningRate, config.learningRate);
    }

    void resumesToTheBit()
    {
        const GonData data = madeData();
        const test::TemporaryFolder folder;
        GonConfig config = smallConfig();
        config.checkpoint = folder / "run.h5";
        const auto whole = runOn(config, data);
        QVERIFY_RESULT(whole);
        // The same run stopped in the second epoch, then taken up again.
        std::filesystem::remove(config.checkpoint);
        std::stop_source stop;
        GonControl control;
        const auto stopped = GonTrainer::run(
            config, data, control,
            [&](const train::TrainingEvent& event) {
                const auto* step = std::get_if<train::StepDone>(&event);
                if (step != nullptr && step->epoch == 1 && step->step == 7)
                    stop.request_stop();
            },
            stop.get_token());
        QVERIFY_RESULT(stopped);
        QVERIFY(stopped->stopped);
        GonControl again;
        const auto resumed = GonTrainer::resume(config, data, again, kSilent, {});
        QVERIFY_RESULT(resumed);
        QVERIFY(sameLayers(whole->model, resumed->model));
        QCOMPARE(resumed->history.size(), whole->history.size());
        // Other settings or spectra are refused.
        GonConfig other = config;
        other.batchSize = 8;
        QCOMPARE(GonTrainer::resume(other, data, again, kSilent, {}).error().code,
            base::ErrorCode::ModelMismatch);
        GonData others = data;
        others.train.flux(0, 0) += 0.01F;
        QCOMPARE(GonTrainer::resume(config, others, again, kSilent, {}).error().code,
            base::ErrorCode::ModelMismatch);
    }

    /// Live settings act, are told and stored; a pause changes nothing.
    void liveSettings()
    {
        const GonData data = madeData();
        GonControl control;
        std::vector<train::SettingChanged> told;
        const auto report = GonTrainer::run(
            smallConfig(), data, control,
            [&](const train::TrainingEvent& event) {
                if (const auto* step = std::get_if<train::StepDone>(&event);
                    step != nullptr && step->epoch == 0 && step->step == 4) {
                    GonLive live = control.live();
                    live.learningRate = 5e-4;
                    control.setLive(live);
                }
                if (const auto* change = std::get_if<train::SettingChanged>(&event))
                    told.push_back(*change);
            },
            {});
        QVERIFY_RESULT(report);
        QCOMPARE(told.size(), std::size_t { 1 });
        QCOMPARE(told[0].setting, std::string("lr"));
        QCOMPARE(told[0].step, std::int64_t { 5 });
        QCOMPARE(report->changes.size(), std::size_t { 1 });
    }

    void divergesWithReason()
    {
        const GonData data = madeData();
        const test::TemporaryFolder folder;
        GonConfig config = smallConfig();
        config.checkpoint = folder / "run.h5";
        config.warmUpSteps = 0;
        config.steps = 200;
        GonControl control;
        const auto report = GonTrainer::run(
            config, data, control,
            [&](const train::TrainingEvent& event) {
                // From the second epoch on far too fast.
                if (std::holds_alternative<train::EpochDone>(event)) {
                    GonLive live = control.live();
                    live.learningRate = 1e5;
                    control.setLive(live);
                }
            },
            {});
        QVERIFY(!report);
        QCOMPARE(report.error().code, base::ErrorCode::TrainingDiverged);
        QVERIFY(report.error().expected.find("run.h5") != std::string::npos);
        const auto good = lastGoodReport(config.checkpoint, data);
        QVERIFY_RESULT(good);
        const LatentInference inference(std::make_shared<const GonModel>(good->model), 1);
        const auto encoding = inference.encode(data.test, {});
        QVERIFY_RESULT(encoding);
        QVERIFY(encoding->codes.allFinite());
    }

    void badInput()
    {
        const GonData data = madeData();
        GonConfig config = smallConfig();
        config.decoder.latent = 300;
        QCOMPARE(runOn(config, data).error().code, base::ErrorCode::OptionInvalid);
        config = smallConfig();
        config.backend = "gpu";
        QCOMPARE(runOn(config, data).error().code, base::ErrorCode::OptionInvalid);
        config = smallConfig();
        config.backend = "cuda"; // with or without a GPU
        config.variational = true;
        QCOMPARE(runOn(config, data).error().code, base::ErrorCode::BackendUnavailable);
        config = smallConfig();
        GonData bad = data;
        bad.train.ivar(2, 3) = std::numeric_limits<float>::infinity();
        const auto infinite = runOn(config, bad);
        QCOMPARE(infinite.error().code, base::ErrorCode::ValueInvalid);
        QVERIFY(infinite.error().place.find("star") != std::string::npos);
        bad = data;
        bad.train.flux(1, 4) = std::numeric_limits<float>::quiet_NaN();
        QCOMPARE(runOn(config, bad).error().code, base::ErrorCode::ValueInvalid);
        bad = data;
        bad.test.wavelengthAngstrom.back() += 0.2;
        QCOMPARE(runOn(config, bad).error().code, base::ErrorCode::WavelengthsInvalid);
        bad = data;
        bad.train.ivar.setZero();
        QCOMPARE(runOn(config, bad).error().code, base::ErrorCode::ValueInvalid);
        SpectrumSet other = data.test;
        other.wavelengthAngstrom.pop_back();
        QVERIFY(!joined(data.test, other));
    }

    /// Spectra without usable pixels are left out of training and marked by everything that uses a
    /// model; zero ivar is a gap, not an error.
    void maskedSpectra()
    {
        GonData data = madeData();
        data.train.ivar.row(2).setZero();
        data.train.flux(2, 7) = std::numeric_limits<float>::quiet_NaN(); // unused: may be anything
        data.train.ivar.col(11).setZero();
        const auto report = runOn(smallConfig(), data);
        QVERIFY_RESULT(report);
        QVERIFY(std::isfinite(report->loss));
        QVERIFY(report->model.reference.codes.row(2).isZero());
        const LatentInference inference(std::make_shared<const GonModel>(report->model), 1);
        SpectrumSet set = subset(data.test, { 0, 1, 2 });
        set.ivar.row(1).setZero();
        const auto made = inference.impute(set, { { 4020.0, 4030.0 } });
        QVERIFY_RESULT(made);
        QCOMPARE(int { made->encoding.usable[1] }, 0);
        QVERIFY(made->flux.allFinite());
        QVERIFY(made->half95.allFinite());
        const auto velocities = fitVelocities(inference, set, {});
        QVERIFY_RESULT(velocities);
        QVERIFY((*velocities)[1].atEdge);
        // All of them hidden is no reconstruction to score.
        QVERIFY(!scoreImputation(inference, subset(set, { 1 }), 20.0, 1));
    }

    /// Inference: masked spectra are marked, iterations lower the objective, hidden blocks return.
    void inference()
    {
        const GonData data = madeData();
        GonConfig config = smallConfig();
        const auto report = runOn(config, data);
        QVERIFY_RESULT(report);
        const auto model = std::make_shared<const GonModel>(report->model);
        const LatentInference inference(model, 1);
        SpectrumSet set = variationsOf(data.train, *data.variation, 20, 5, 77);
        set.ivar.row(3).setZero();
        const auto affine = inference.encode(set, {});
        QVERIFY_RESULT(affine);
        QCOMPARE(int { affine->usable[3] }, 0);
        QVERIFY(affine->codes.row(3).isZero());
        const auto map = inference.encode(set, { kMapIterations, true, true });
        QVERIFY_RESULT(map);
        double before = 0.0;
        double after = 0.0;
        for (std::size_t i = 0; i < set.spectra(); ++i) {
            if (affine->usable[i] == 0)
                continue;
            before += affine->chi2PerDof(i);
            after += map->chi2PerDof(i);
            QVERIFY(map->covariance[i].llt().info() == Eigen::Success);
        }
        QVERIFY(after <= before * 1.02);
        // The last pixels of a chunk are as good as the first: one by one gives the same codes.
        const auto alone = inference.encode(subset(set, { 7 }), {});
        QVERIFY_RESULT(alone);
        QVERIFY((alone->codes.row(0) - affine->codes.row(7)).cwiseAbs().maxCoeff() < 1e-4F);
        const auto made = inference.impute(set, { { 4040.0, 4050.0 } });
        QVERIFY_RESULT(made);
        QVERIFY(made->flux.allFinite());
        QVERIFY((made->half95.array() >= made->half68.array()).all());
        double squares = 0.0;
        double count = 0.0;
        for (Eigen::Index p = 80; p <= 100; ++p)
            for (Eigen::Index i = 0; i < set.flux.rows(); ++i)
                if (i != 3) {
                    squares += std::pow(static_cast<double>(made->flux(i, p) - set.truth(i, p)), 2);
                    count += 1.0;
                }
        QVERIFY2(std::sqrt(squares / count) < 0.03,
            qPrintable(QString::number(std::sqrt(squares / count))));
    }

    /// What linearise() says is what differences of decode() say.
    void jacobianOfTheDecoder_data()
    {
        QTest::addColumn<int>("decoder");
        QTest::newRow("dense") << static_cast<int>(DecoderKind::Dense);
        QTest::newRow("fourier") << static_cast<int>(DecoderKind::Fourier);
    }
    void jacobianOfTheDecoder()
    {
        QFETCH(int, decoder);
        const GonData data = madeData();
        GonConfig config
            = defaultsFor(InferenceKind::GaussNewton, static_cast<DecoderKind>(decoder));
        config.decoder.latent = 4;
        config.decoder.hidden = { 12, 12 };
        config.steps = 20;
        config.batchSize = 8;
        config.threads = 1;
        const auto report = runOn(config, data);
        QVERIFY_RESULT(report);
        const LatentInference inference(std::make_shared<const GonModel>(report->model), 1);
        Matrix codes(2, 4);
        codes << 0.3F, -0.2F, 0.5F, 0.1F, -0.4F, 0.2F, 0.1F, 0.7F;
        const auto at = inference.linearise(codes);
        QVERIFY((at.flux - inference.decode(codes)).cwiseAbs().maxCoeff() < 1e-5F);
        constexpr float h = 0.02F;
        for (Eigen::Index i = 0; i < 2; ++i)
            for (Eigen::Index d = 0; d < 4; ++d) {
                Matrix both = codes.row(i).replicate(2, 1);
                both(0, d) += h;
                both(1, d) -= h;
                const Matrix flux = inference.decode(both);
                const Eigen::RowVectorXf difference = (flux.row(0) - flux.row(1)) / (2.0F * h);
                QVERIFY((difference - at.jacobians.row(i * 4 + d)).cwiseAbs().maxCoeff() < 5e-3F);
            }
    }

    void velocities()
    {
        const GonData data = madeData();
        GonConfig config = smallConfig();
        const auto report = runOn(config, data);
        QVERIFY_RESULT(report);
        const LatentInference inference(std::make_shared<const GonModel>(report->model), 1);
        const SpectrumSet set = variationsOf(data.train, *data.variation, 24, 6, 78);
        const auto score = scoreVelocities(inference, set, 150.0, 3);
        QVERIFY_RESULT(score);
        QVERIFY(score->outliers < 5);
        QVERIFY2(score->scatterKms < 15.0, qPrintable(QString::number(score->scatterKms)));
        VelocityOptions wrong;
        wrong.stepKms = -1.0;
        QCOMPARE(fitVelocities(inference, set, wrong).error().code, base::ErrorCode::OptionInvalid);
    }

    /// Oddities are told from clean spectra.
    void anomalies()
    {
        const GonData data = madeData();
        const auto report = runOn(smallConfig(), data);
        QVERIFY_RESULT(report);
        const LatentInference inference(std::make_shared<const GonModel>(report->model), 1);
        const SpectrumSet set = variationsOf(data.train, *data.variation, 32, 7, 79);
        const auto clean = anomalyScores(inference, set);
        QVERIFY_RESULT(clean);
        const AnomalyReference reference = referenceOf(*clean);
        const auto odd = anomalyScores(
            inference, withOddity(set, Oddity::CosmicRay, set, 4), &reference);
        QVERIFY_RESULT(odd);
        int higher = 0;
        for (std::size_t i = 0; i < odd->size(); ++i)
            higher += (*odd)[i].combined > (*clean)[i].combined ? 1 : 0;
        QVERIFY(higher > 28);
    }
};

QTEST_GUILESS_MAIN(TestGonTrainer)
#include "tst_gon_trainer.moc"
