#include "core/gon/gon_sources.h"
#include "core/gon/gon_trainer.h"
#include "tests/support/star_atlas.h"
#include "tests/support/test_data.h"
#include "tests/support/untrained_model.h"
#include "tests/ui/support/page_fixture.h"
#include "tests/ui/support/ui_test.h"
#include "ui/pages/evaluate_page.h"
#include "ui/pages/judges_view.h"
#include "ui/plots/row_table.h"
#include "ui/plots/spectrum_plot.h"

#include <QLabel>
#include <QSignalSpy>
#include <QTabWidget>
#include <QToolButton>

using namespace maury;
using explain::Judge;
using Stars = ui::JudgesPanel::Stars;

namespace {

constexpr int kPatience = 60'000; // milliseconds

/// An atlas of made-up stars with a network that was not trained: what it says means nothing.
struct JudgesFixture : test::PageFixture {
    JudgesFixture()
        : page(context, session)
    {
        atlas = test::starAtlas({ 16.0, 20.0, 23.0, 26.0 });
        workspace.setAtlas(atlas);
        spectra.setAtlas(atlas);
        workspace.setModel(
            std::make_shared<const train::Model>(test::untrainedModel(atlas)), "a model");
        inspector->setParent(nullptr); // as in the window, it stands beside the page
        page.resize(1000, 700);
        page.show();
        inspector->show();
    }

    [[nodiscard]] bool judge(Stars stars)
    {
        const QSignalSpy judged(&page.judging(), &ui::StarJudging::judged);
        page.judges().setWanted(stars);
        page.judges().judgeButton().click();
        return QTest::qWaitFor([&judged] { return judged.size() == 1; }, kPatience);
    }
    [[nodiscard]] const ui::JudgedRow& row(int shown)
    {
        const auto& view = page.judges().view();
        const QString name = view.model()->index(shown, ui::JudgesModel::Star).data().toString();
        for (const ui::JudgedRow& each : page.judges().judges().stars())
            if (each.star.name == name.toStdString())
                return each;
        qFatal("no such star");
    }

    ui::EvaluatePage page;
    std::unique_ptr<QWidget> inspector { page.inspector() };
    mk::AtlasPtr atlas;
};

} // namespace

class tst_JudgesPage : public test::UiTest {
    Q_OBJECT
private slots:
    void standardsAreJudgedAndRanked()
    {
        JudgesFixture f;
        QVERIFY(f.page.judges().judgeButton().isEnabled());
        QVERIFY(f.judge(Stars::Standards));
        const auto& judges = f.page.judges().judges();
        QCOMPARE(judges.rowCount(), 12);
        double before = 1e9;
        for (int shown = 0; shown < 12; ++shown) {
            const ui::JudgedRow& row = f.row(shown);
            QVERIFY(row.star.largest);
            QVERIFY(row.star.largest->score <= before);
            before = row.star.largest->score;
            QCOMPARE(row.star.opinions.of(Judge::Human)->type, row.star.name);
            // A standard is not its own nearest one.
            QVERIFY(row.star.answer->nearest->name != row.star.name);
            QVERIFY(!row.star.opinions.of(Judge::Gon));
        }
        QCOMPARE(judges.index(0, ui::JudgesModel::Gon).data().toString(), QString("n/a"));
    }

    void aLineIsTheSelectionAndTheStarIsShownWithItsJudges()
    {
        JudgesFixture f;
        QVERIFY(f.judge(Stars::Standards));
        auto& pictures = f.page.plots().pictures();
        pictures.setCurrentWidget(&f.page.judgesView());
        QVERIFY(f.page.judgesView().isVisible());
        QSignalSpy selected(&f.selection, &ui::Selection::spectrumChanged);
        f.page.judges().view().selectRow(3);
        QCOMPARE(selected.size(), 1);
        const ui::JudgedRow& row = f.row(3);
        QCOMPARE(f.selection.spectrum(), row.id);
        for (const Judge judge : { Judge::Network, Judge::NearestStandard, Judge::Human })
            QCOMPARE(f.page.judgesView().said(judge),
                QString::fromStdString(row.star.opinions.of(judge)->type));
        QCOMPARE(f.page.judgesView().said(Judge::Gon), QString("n/a"));
        QTRY_VERIFY_WITH_TIMEOUT(!f.page.judgesView().plot().star().isEmpty(), kPatience);
        QVERIFY(!f.page.judgesView().plot().standard(0).isEmpty());
        QVERIFY(!f.page.judgesView().plot().standard(1).isEmpty());
        // The other way round.
        const ui::SpectrumId other = f.row(7).id;
        f.selection.setSpectrum(other);
        QCOMPARE(f.page.judges().marked(), other);
        QCOMPARE(selected.size(), 2);
        f.selection.setSpectrum(ui::kNoSpectrum);
        QCOMPARE(f.page.judges().marked(), ui::kNoSpectrum);
        QVERIFY(f.page.judgesView().verdict().contains("was not judged"));
    }

    void labelsAndTheGonJoin()
    {
        JudgesFixture f;
        QHash<ui::SpectrumId, QString> labels;
        f.page.setLabels([&labels](ui::SpectrumId star) { return labels.value(star); });
        gon::GonConfig config;
        config.decoder.latent = 6;
        config.threads = 1;
        const auto data = gon::atlasData(*f.atlas, {}, 0, config.seed);
        QVERIFY_RESULT(data);
        auto model = gon::principalComponentModel(config, *data);
        QVERIFY_RESULT(model);
        f.page.setGon(std::make_shared<const gon::GonModel>(*std::move(model)));
        auto star = test::observeStar(20.0, 5.0);
        star.object = "mine";
        star.spectralType = "A7 V";
        const ui::SpectrumId id = f.spectra.addSpectrum(
            std::make_shared<const spectrum::Spectrum>(std::move(star)));
        QVERIFY(f.judge(Stars::Opened));
        QCOMPARE(f.page.judges().judges().rowCount(), 1);
        const auto said = [&f](Judge judge) {
            const auto& opinion = f.page.judges().judges().stars()[0].star.opinions.of(judge);
            return opinion ? QString::fromStdString(opinion->type) : QString();
        };
        QCOMPARE(said(Judge::NearestStandard), QString("A5 V"));
        QCOMPARE(said(Judge::Gon), QString("A5 V"));
        QCOMPARE(said(Judge::Human), QString("A7 V"));
        const double before = f.page.judges().judges().stars()[0].star.largest->score;
        // A label takes the place of the published type, and goes again.
        labels[id] = "M5 Ib";
        f.page.followLabel(id);
        QCOMPARE(said(Judge::Human), QString("M5 Ib"));
        QVERIFY(f.page.judges().judges().stars()[0].star.largest->score > before);
        labels.clear();
        f.page.followLabel(id);
        QCOMPARE(said(Judge::Human), QString("A7 V"));
        QCOMPARE(f.page.judges().judges().stars()[0].star.largest->score, before);
    }

    void withoutModelOrStarsItSaysSo()
    {
        test::PageFixture f;
        ui::EvaluatePage page(f.context, f.session);
        QVERIFY(!page.judges().judgeButton().isEnabled());
        QVERIFY(page.judges().wanted() != Stars::Evaluation);
        page.judge(Stars::Standards);
        QVERIFY(!page.judging().isBusy());

        JudgesFixture g;
        const QSignalSpy told(&g.status, &ui::StatusReporter::messageShown);
        g.page.judge(Stars::Opened);
        QVERIFY(!g.page.judging().isBusy());
        QCOMPARE(told.size(), 1);
    }

    void anotherModelMakesTheListOld()
    {
        JudgesFixture f;
        QVERIFY(f.judge(Stars::Standards));
        const auto says = [&f](const QString& text) {
            for (const auto* label : f.page.judges().findChildren<QLabel*>())
                if (label->text().contains(text))
                    return true;
            return false;
        };
        QVERIFY(!says("another model"));
        const auto before = f.workspace.model();
        f.workspace.setModel(
            std::make_shared<const train::Model>(test::untrainedModel(f.atlas)), "other");
        QVERIFY(says("another model"));
        f.workspace.setModel(before, "a model"); // the one that judged answers again
        QVERIFY(!says("another model"));
        f.workspace.setModel(
            std::make_shared<const train::Model>(test::untrainedModel(f.atlas)), "other");
        QVERIFY(f.judge(Stars::Standards));
        QVERIFY(!says("another model"));
    }

    void judgingCanBeCancelled()
    {
        JudgesFixture f;
        const QSignalSpy judged(&f.page.judging(), &ui::StarJudging::judged);
        f.page.judge(Stars::Standards);
        QVERIFY(f.page.judging().isBusy());
        QVERIFY(!f.page.judges().judgeButton().isEnabled());
        QVERIFY(f.status.currentJob() != nullptr);
        f.status.currentJob()->cancel();
        QVERIFY(!f.page.judging().isBusy());
        QVERIFY(f.page.judges().judgeButton().isEnabled());
        QVERIFY(f.judge(Stars::Standards));
        QCOMPARE(judged.size(), 1); // the cancelled one said nothing
    }
};

QTEST_MAIN(tst_JudgesPage)
#include "tst_judges_page.moc"
