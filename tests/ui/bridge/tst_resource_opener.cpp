#include "ui/bridge/resource_opener.h"

#include "core/train/backend.h"
#include "tests/support/star_atlas.h"
#include "tests/support/test_data.h"
#include "tests/ui/support/page_fixture.h"
#include "tests/ui/support/ui_test.h"
#include "ui/bridge/spectrum_analyser.h"
#include "ui/pages/answer_header.h"

#include <QLabel>
#include <QSignalSpy>

#include <sstream>

using namespace maury;

namespace {

constexpr int kPatience = 60'000; // milliseconds

std::string starTable(double code, double luminosity)
{
    test::Observation seen;
    seen.lastAngstrom = 4621.0;
    const auto star = test::observeStar(code, luminosity, seen);
    std::ostringstream table;
    table.precision(9);
    const auto& segment = star.segments.front();
    for (std::size_t i = 0; i < segment.pixels(); ++i)
        table << segment.wavelengthAngstrom[i] << ' ' << segment.flux[i] << '\n';
    return table.str();
}

} // namespace

/// Models of the robust protocol become the window's, with the library that they were trained on.
class TestResourceOpener : public test::UiTest {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        for (const int code : { 160, 180, 200, 230, 260, 300 })
            for (const int luminosity : { 0, 30, 50 }) {
                char name[32];
                std::snprintf(name, sizeof name, "t%03dl%02dp00.rbn", code, luminosity);
                m_library.write(name, starTable(code / 10.0, luminosity / 10.0));
            }
        const auto library = robust::openTrainingLibrary(m_library.path().string());
        QVERIFY_RESULT(library);
        robust::RobustConfig config;
        config.hidden = { 32 };
        config.steps = 150;
        config.warmUpSteps = 20;
        config.learningRate = 5e-3;
        config.batchSize = 48;
        config.threads = 2;
        const auto backend = train::createBackend("cpu", 2).value();
        auto report
            = robust::trainRobust({ *library }, config, *backend, [](const robust::RobustStep&) {});
        QVERIFY_RESULT(report);
        m_model = m_results / "robust.h5";
        QVERIFY_RESULT(robust::writeModel(report->model, m_model));
    }

    void filesAreToldByTheirFormat()
    {
        QVERIFY(ui::ResourceOpener::isModel(text(m_model)));
        QVERIFY(!ui::ResourceOpener::isModel(text(m_results.write("junk.h5", "no model"))));
        QVERIFY(!ui::ResourceOpener::isModel(text(m_library / "t160l00p00.rbn")));
        QVERIFY(!ui::ResourceOpener::isModel(text(m_library.path())));
        QVERIFY(!ui::ResourceOpener::isModel("/nonexistent.h5"));
    }

    void aRobustModelAnswers()
    {
        test::PageFixture f;
        ui::ResourceOpener opener(f.workspace, f.status);
        const QSignalSpy changed(&f.workspace, &ui::Workspace::modelChanged);
        opener.openModel(text(m_model));
        QTRY_COMPARE_WITH_TIMEOUT(changed.size(), 1, kPatience);
        QVERIFY(f.workspace.robustModel() != nullptr);
        QVERIFY(f.workspace.model() == nullptr && f.workspace.hasModel());
        QCOMPARE(f.workspace.modelName(), QString("robust.h5"));
        QCOMPARE(ui::atlasSource(*f.workspace.atlas()), m_library.path().string());
        QCOMPARE(f.workspace.scheme()->size(), std::size_t { 6 });

        ui::SpectrumAnalyser analyser(f.workspace);
        ui::AnswerHeader header;
        QSignalSpy analysed(&analyser, &ui::SpectrumAnalyser::analysed);
        test::Observation seen;
        seen.velocityKms = 70.0;
        const auto star
            = std::make_shared<const spectrum::Spectrum>(test::observeStar(20.0, 5.0, seen));
        analyser.request(1, star, {});
        QTRY_COMPARE_WITH_TIMEOUT(analysed.size(), 1, kPatience);
        const auto analysis = analysed.front().front().value<ui::Analysis>();
        QVERIFY(analysis.prediction && analysis.prepared && !analysis.nearest.empty());
        QVERIFY(analysis.prediction->subclassSigma.has_value());
        // What is drawn was moved like what the model saw, though it is said to be at rest.
        QVERIFY(analysis.prepared->velocityKms && analysis.prediction->velocityKms);
        QVERIFY(
            std::abs(*analysis.prepared->velocityKms - *analysis.prediction->velocityKms) < 5.0);
        header.showAnalysis(analysis);
        QVERIFY2(header.answer().contains(QStringLiteral("±")), qPrintable(header.answer()));

        // The paper's model takes its place, and the other way round.
        f.workspace.setModel(nullptr, {});
        QVERIFY(!f.workspace.hasModel() && f.workspace.scheme() == nullptr);
    }

    void badPixelsMakeAGuess()
    {
        test::PageFixture f;
        ui::ResourceOpener opener(f.workspace, f.status);
        opener.openModel(text(m_model));
        QTRY_VERIFY_WITH_TIMEOUT(f.workspace.robustModel() != nullptr, kPatience);
        ui::SpectrumAnalyser analyser(f.workspace);
        QSignalSpy analysed(&analyser, &ui::SpectrumAnalyser::analysed);
        test::Observation seen;
        seen.signalToNoise = 100.0;
        auto star = test::observeStar(20.0, 5.0, seen);
        for (double& flux : star.segments.front().flux)
            flux = std::min(flux, 0.97);
        analyser.request(1, std::make_shared<const spectrum::Spectrum>(star), {});
        QTRY_COMPARE_WITH_TIMEOUT(analysed.size(), 1, kPatience);
        const auto analysis = analysed.front().front().value<ui::Analysis>();
        QVERIFY(analysis.prediction && analysis.prediction->guess);
        const auto classes = static_cast<double>(f.workspace.scheme()->size());
        QVERIFY(std::abs(analysis.prediction->scProbability - 1.0 / classes) < 1e-6);
        QVERIFY(std::abs(analysis.prediction->lcProbability - 1.0 / 3.0) < 1e-6);
        ui::AnswerHeader header;
        header.showAnalysis(analysis);
        QVERIFY2(header.verdict().contains("saturated"), qPrintable(header.verdict()));
    }

    void whatCannotBeReadIsTold()
    {
        test::PageFixture f;
        ui::ResourceOpener opener(f.workspace, f.status);
        const QSignalSpy failed(&opener, &ui::ResourceOpener::modelFailed);
        opener.openModel(text(m_results.write("broken.h5", "no model")));
        QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, kPatience);
        QVERIFY(failed.front().front().toString().contains("broken.h5"));
        QVERIFY(!f.workspace.hasModel());
    }

private:
    static QString text(const std::filesystem::path& path)
    {
        return QString::fromStdString(path.string());
    }

    test::TemporaryFolder m_library;
    test::TemporaryFolder m_results;
    std::filesystem::path m_model;
};

QTEST_MAIN(TestResourceOpener)
#include "tst_resource_opener.moc"
