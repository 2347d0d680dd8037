#include "ui/pages/what_if_panel.h"

#include "tests/ui/support/run_fixture.h"
#include "tests/ui/support/ui_test.h"
#include "ui/bridge/answering.h"
#include "ui/pages/compare_panel.h"
#include "ui/pages/parameter_row.h"
#include "ui/pages/run_bar.h"
#include "ui/pages/spectra_page.h"
#include "ui/plots/class_probability_plot.h"
#include "ui/plots/spectrum_plot.h"

#include <QAction>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QTemporaryDir>

#include <cmath>
#include <numeric>

using namespace maury;
using State = ui::TrainingSession::State;

namespace {

constexpr int kPatience = 60'000;

/// A Spectra page whose model was trained on the tiny atlas, with a standard selected.
struct Bench : test::RunFixture {
    std::unique_ptr<ui::SpectraPage> spectraPage;
    ui::WhatIfPanel* panel = nullptr;
    ui::SpectrumPlot* plot = nullptr;

    void prepare()
    {
        page->bar().startAction().trigger();
        QTRY_COMPARE_WITH_TIMEOUT(session.state(), State::Idle, kPatience);
        spectra.setAtlas(workspace.atlas());
        spectraPage = std::make_unique<ui::SpectraPage>(context);
        panel = spectraPage->inspector()->findChild<ui::WhatIfPanel*>();
        plot = spectraPage->findChild<ui::SpectrumPlot*>();
        spectraPage->resize(1000, 700);
        spectraPage->show();
        selection.setSpectrum(spectra.standardId(1));
        QTRY_VERIFY(panel->answerText().contains(typeWith({})));
    }

    /// What the classifier itself says of the changed star.
    [[nodiscard]] QString typeWith(const preprocess::WhatIf& change) const
    {
        const auto classifier
            = ui::makeClassifier(workspace.model(), nullptr, workspace.atlas());
        const auto star = spectra.entry(selection.spectrum())->spectrum;
        const auto answer
            = (*classifier)->classify(preprocess::changed(*star, change), {});
        return answer ? QString::fromStdString(answer->type) : QString();
    }
};

} // namespace

class tst_WhatIfPanel : public test::UiTest {
    Q_OBJECT
private slots:
    void answersFollowTheSliders()
    {
        Bench f;
        f.prepare();
        const auto flux = f.plot->star().flux;
        const QString plain = f.typeWith({});
        for (const double blur : { 4.0, 9.0 }) {
            f.panel->row("blur").field().setValue(blur);
            preprocess::WhatIf change;
            change.blurAngstrom = blur;
            QCOMPARE(f.panel->settings(), change);
            QTRY_COMPARE(f.panel->answerText(),
                QStringLiteral("As it is: %1. Changed: %2").arg(plain, f.typeWith(change)));
            QVERIFY(f.plot->star().flux != flux);
            const auto& shown = f.panel->probabilities().spectral();
            QCOMPARE(shown.size(), 4);
            QVERIFY(std::abs(std::accumulate(shown.begin(), shown.end(), 0.0) - 1.0) < 1e-5);
        }
        // Zero settings are the plain spectrum and its answer.
        f.panel->row("blur").field().setValue(0.0);
        QVERIFY(f.panel->settings().isNone());
        QTRY_COMPARE(f.plot->star().flux, flux);
        QVERIFY(f.panel->answerText().contains(plain));
    }

    void marksShowWhereTheTypeFlips()
    {
        Bench f;
        f.prepare();
        auto& row = f.panel->row("velocity");
        row.slider().setValue(row.slider().value() + 10);
        QTRY_VERIFY_WITH_TIMEOUT(!f.panel->flipText().isEmpty(), kPatience);
        // The same places, asked one by one.
        QStringList types;
        int flips = 0;
        for (int i = 0; i < 41; ++i) {
            preprocess::WhatIf change;
            change.velocityKms = -300.0 + 600.0 * i / 40.0;
            const QString type = f.typeWith(change);
            flips += !types.isEmpty() && types.last() != type ? 1 : 0;
            types << type;
        }
        QTRY_COMPARE_WITH_TIMEOUT(row.marks().size(), flips, kPatience);
        // Another slider takes the marks over.
        f.panel->row("rotation").field().setValue(50.0);
        QVERIFY(row.marks().isEmpty());
    }

    void undoAndResetGoBack()
    {
        Bench f;
        f.prepare();
        f.history.clear();
        f.panel->row("snr").field().setValue(20.0);
        f.panel->row("tilt").field().setValue(-2.0);
        QCOMPARE(f.panel->settings().tilt, -2.0);
        f.history.undo();
        QCOMPARE(f.panel->settings().tilt, 0.0);
        QCOMPARE(f.panel->row("tilt").value(), 0.0);
        QCOMPARE(f.panel->settings().signalToNoise, 20.0);
        QVERIFY(f.panel->resetAll().isEnabled());
        f.panel->resetAll().click();
        QVERIFY(f.panel->settings().isNone());
        QVERIFY(!f.panel->resetAll().isEnabled());
    }

    void nothingLeaksToTheNextStar()
    {
        Bench f;
        f.prepare();
        f.panel->row("blur").field().setValue(6.0);
        f.selection.setSpectrum(f.spectra.standardId(2));
        QVERIFY(f.panel->settings().isNone());
        QCOMPARE(f.panel->row("blur").value(), 0.0);
        QTRY_VERIFY(f.panel->answerText().contains(f.typeWith({})));
    }

    void aChangedSpectrumIsNotWritten()
    {
        Bench f;
        f.prepare();
        const auto flux = f.plot->star().flux;
        f.panel->row("blur").field().setValue(6.0);
        QTRY_VERIFY(f.plot->star().flux != flux);
        const QTemporaryDir folder;
        const QString file = folder.filePath("star.csv");
        QVERIFY(!f.spectraPage->writeShown(file));
        QVERIFY(!QFile::exists(file));
        f.panel->resetAll().click();
        QTRY_COMPARE(f.plot->star().flux, flux);
        QVERIFY(f.spectraPage->writeShown(file));
    }
};

QTEST_MAIN(tst_WhatIfPanel)
#include "tst_what_if_panel.moc"
