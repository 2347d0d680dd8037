#include "ui/pages/judges_view.h"

#include "ui/bridge/number_text.h"
#include "ui/models/axis_text.h"
#include "ui/models/fitted_standard.h"
#include "ui/models/spectrum_list_model.h"
#include "ui/models/standard_grid.h"
#include "ui/plots/plot_theme.h"
#include "ui/plots/spectrum_plot.h"

#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>
#include <limits>

namespace maury::ui {

using explain::Judge;

namespace {

/// What stands behind an opinion, in a few words.
QString detailText(Judge judge, const JudgedRow& row)
{
    const explain::JudgedStar& star = row.star;
    if (judge == Judge::Network && star.answer)
        return JudgesView::tr("p %1 / %2, ± %3 classes")
            .arg(numberText(star.answer->scProbability, 2),
                numberText(star.answer->lcProbability, 2),
                numberText(star.opinions.of(judge)->sigmaCodes, 1));
    if (judge == Judge::NearestStandard && star.answer && star.answer->nearest)
        return JudgesView::tr("χ² %1, %2, blur %3")
            .arg(numberText(star.answer->nearest->chi2, star.answer->nearest->chi2 < 100.0 ? 2 : 0),
                quantityText(star.answer->nearest->velocityKms, 0, JudgesView::tr("km/s")),
                quantityText(star.answer->nearest->broadening, 1, JudgesView::tr("Å")));
    if (judge == Judge::Gon && star.gon)
        return JudgesView::tr("χ²/dof %1, distance %2 gaps")
            .arg(numberText(star.gon->chi2PerDof, 2), numberText(star.gon->distance, 1));
    if (judge == Judge::Human && star.opinions.of(judge))
        return star.opinions.of(judge)->type == explain::humanOpinion(row.published.toStdString())
                                                    .value_or(explain::Opinion {})
                                                    .type
            ? JudgesView::tr("published type")
            : JudgesView::tr("label of the project");
    return judge == Judge::Gon ? JudgesView::tr("none is open") : QString();
}

} // namespace

JudgesView::JudgesView(const PageContext& context, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
    , m_analyser(context.workspace)
    , m_plot(new SpectrumPlot(this))
{
    // The fit of every standard is wanted, whichever a judge names.
    m_analyser.setNearest(std::numeric_limits<std::size_t>::max());
    m_plot->setAccessibleName(tr("The star and the standards of the judges who differ most"));
    m_plot->reportTo(m_context.status);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 8, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(makeCards());
    m_verdict = new QLabel(this);
    m_verdict->setWordWrap(true);
    m_verdict->setTextInteractionFlags(Qt::TextSelectableByMouse);
    layout->addWidget(m_verdict);
    layout->addWidget(m_plot, 1);
    connect(&m_analyser, &SpectrumAnalyser::analysed, this, &JudgesView::draw);
    // The spectrum may come later than the choice of the star.
    connect(&m_context.spectra, &QAbstractItemModel::dataChanged, this, [this] {
        if (isVisible())
            analyse();
    });
    fillCards();
}

QWidget* JudgesView::makeCards()
{
    auto* cards = new QWidget(this);
    auto* grid = new QGridLayout(cards);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(0);
    for (int column = 0; column < static_cast<int>(explain::kJudges); ++column) {
        Card& card = m_cards.at(static_cast<std::size_t>(column));
        card.judge = new QLabel(cards);
        card.type = new QLabel(cards);
        QFont font = card.type->font();
        font.setBold(true);
        font.setPointSizeF(1.3 * font.pointSizeF());
        card.type->setFont(font);
        card.type->setTextInteractionFlags(Qt::TextSelectableByMouse);
        card.detail = new QLabel(cards);
        card.detail->setWordWrap(true);
        card.detail->setForegroundRole(QPalette::PlaceholderText);
        int row = 0;
        for (QLabel* label : { card.judge, card.type, card.detail })
            grid->addWidget(label, row++, column, Qt::AlignTop);
        grid->setColumnStretch(column, 1);
    }
    return cards;
}

void JudgesView::showStar(SpectrumId star, const JudgedRow* judged)
{
    const bool another = m_star != star || m_judged.has_value() != (judged != nullptr);
    m_star = star;
    m_judged = judged != nullptr ? std::optional(*judged) : std::nullopt;
    fillCards();
    if (another)
        m_analysed = kNoSpectrum;
    if (isVisible())
        analyse();
}

void JudgesView::fillCards()
{
    const PlotTheme theme = PlotTheme::from(palette());
    const auto drawn = drawnStandards();
    for (const Judge judge : explain::kAllJudges) {
        Card& card = m_cards.at(static_cast<std::size_t>(judge));
        QString name = judgeName(judge);
        name[0] = name[0].toUpper();
        for (std::size_t slot = 0; slot < drawn.size(); ++slot)
            if (drawn[slot].first == judge)
                name = QStringLiteral("%1&nbsp;<span style='color:%2'>━━</span>")
                           .arg(name.toHtmlEscaped(),
                               (slot == 0 ? theme.standardFirst : theme.standardSecond).name());
        card.judge->setText(name);
        card.type->setText(m_judged ? opinionText(m_judged->star.opinions.of(judge)) : tr("–"));
        card.type->setAccessibleName(tr("Type by the %1").arg(judgeName(judge)));
        card.detail->setText(m_judged ? detailText(judge, *m_judged) : QString());
    }
    if (!m_judged)
        m_verdict->setText(tr("This star was not judged: choose stars in the list of judges below "
                              "and press Judge"));
    else if (m_judged->star.largest)
        m_verdict->setText(tr("They differ most by %1 σ: %2")
                               .arg(numberText(m_judged->star.largest->score, 1),
                                   disagreementText(m_judged->star.largest)));
    else
        m_verdict->setText(tr("Fewer than two judges have an opinion"));
}

std::vector<std::pair<Judge, int>> JudgesView::drawnStandards() const
{
    std::vector<std::pair<Judge, int>> drawn;
    const auto atlas = m_context.workspace.atlas();
    if (!m_judged || !m_judged->star.largest || atlas == nullptr)
        return drawn;
    const StandardGrid grid(*atlas);
    constexpr double kDwarf = 5.0;
    for (const Judge judge : { m_judged->star.largest->first, m_judged->star.largest->second }) {
        const auto& opinion = *m_judged->star.opinions.of(judge);
        const auto type = mk::parseSpectralType(opinion.type);
        const double luminosity = type ? type->luminosityCode.value_or(kDwarf) : kDwarf;
        drawn.emplace_back(judge, grid.nearest(opinion.temperatureCode, luminosity));
    }
    return drawn;
}

void JudgesView::analyse()
{
    const SpectrumEntry* entry = m_context.spectra.entry(m_star);
    if (entry == nullptr || entry->spectrum == nullptr || m_context.workspace.atlas() == nullptr) {
        m_analyser.cancel();
        m_plot->setCurves({}, {}, {});
        return;
    }
    if (m_analysed == m_star)
        return;
    m_analysed = m_star;
    m_analyser.request(m_star, entry->spectrum, {});
}

void JudgesView::draw(const Analysis& analysis)
{
    if (analysis.id != m_star || analysis.atlas != m_context.workspace.atlas())
        return;
    if (!analysis.prepared) {
        m_plot->setCurves({}, {}, {});
        return;
    }
    const auto& prepared = *analysis.prepared;
    const Trace star = preparedTrace(prepared, analysis.atlas->grid());
    std::array<Trace, SpectrumPlot::kStandards> standards;
    Trace residual;
    std::size_t slot = 0;
    for (const auto& [judge, row] : drawnStandards()) {
        const auto fit = std::find_if(analysis.nearest.begin(), analysis.nearest.end(),
            [row = row](const auto& each) { return static_cast<int>(each.row) == row; });
        if (fit == analysis.nearest.end())
            continue;
        standards.at(slot) = fittedStandardTrace(*analysis.atlas, *fit);
        if (slot == 0)
            residual = differenceTrace(star, standards.at(slot));
        ++slot;
    }
    const auto frame = prepared.velocityKms ? spectrum::Frame::Rest : prepared.frame;
    m_plot->setAxisTexts(
        wavelengthAxisText(spectrum::Medium::Air, frame), tr("Rectified flux"));
    m_plot->setCurves(star, standards, residual);
    m_plot->ensureOverlap(star.wavelength.first(), star.wavelength.last());
}

QString JudgesView::said(Judge judge) const
{
    return m_cards.at(static_cast<std::size_t>(judge)).type->text();
}

QString JudgesView::verdict() const
{
    return m_verdict->text();
}

void JudgesView::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    analyse();
}

void JudgesView::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        fillCards();
}

} // namespace maury::ui
