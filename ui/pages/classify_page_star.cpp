// Parts of ClassifyPage: the star at hand, its type, and the way to the next.

#include "ui/bridge/error_text.h"
#include "ui/bridge/label_desk.h"
#include "ui/bridge/number_text.h"
#include "ui/bridge/status_reporter.h"
#include "ui/models/axis_text.h"
#include "ui/models/fitted_standard.h"
#include "ui/models/line_markers.h"
#include "ui/models/spectrum_list_model.h"
#include "ui/pages/classify_page.h"
#include "ui/pages/elided_label.h"
#include "ui/pages/label_panel.h"
#include "ui/pages/notice_bar.h"
#include "ui/pages/plate_panel.h"
#include "ui/plots/classify_plot.h"
#include "ui/plots/plate_view.h"

#include <QCheckBox>
#include <QLabel>
#include <QTableView>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace maury::ui {

namespace {

/// Where a star begins that nothing is known of, in blind mode say: G2 V.
constexpr double kMiddleCode = 31.0;
constexpr double kMiddleLuminosity = 5.0;

/// The standard nearest to a type, class before luminosity; −1 without standards.
int nearestStandard(const mk::Atlas& atlas, double code, double luminosity)
{
    int best = -1;
    double least = 0.0;
    for (std::size_t row = 0; row < atlas.standards().size(); ++row) {
        const mk::Standard& standard = atlas.standards()[row];
        constexpr double kClassWeight = 10.0;
        const double distance = kClassWeight * std::abs(standard.temperatureCode - code)
            + std::abs(standard.luminosityCode - luminosity);
        if (best < 0 || distance < least) {
            best = static_cast<int>(row);
            least = distance;
        }
    }
    return best;
}

} // namespace

const SpectrumEntry* ClassifyPage::entry() const
{
    return m_context.spectra.entry(m_context.selection.spectrum());
}

bool ClassifyPage::isBlind() const
{
    return m_panel->blind().isChecked();
}

void ClassifyPage::showStar()
{
    const SpectrumEntry* shown = entry();
    showEmptyState(shown == nullptr);
    if (!m_isShown)
        return;
    m_analyser.cancel();
    // Nothing of the star before stays on the screen while this one is worked on.
    m_analysis.reset();
    m_fits.clear();
    m_begun = false;
    m_plot->setCurves({}, {}, {});
    m_plates->view().setStrips({});
    const auto atlas = m_context.workspace.atlas();
    m_desk.setSources(atlas != nullptr ? QString::fromStdString(atlas->name()) : QString(),
        isBlind() ? QString() : m_context.workspace.modelName());
    m_desk.show(shown != nullptr ? shown->id : kNoSpectrum);
    if (!m_panel->keep().isChecked())
        setAtHand(-1, false);
    takeLabel();
    showProgress();
    analyse();
}

void ClassifyPage::analyse()
{
    const auto atlas = m_context.workspace.atlas();
    const SpectrumEntry* shown = entry();
    if (!m_isShown || shown == nullptr || shown->spectrum == nullptr || atlas == nullptr)
        return;
    m_analyser.request(shown->id, shown->spectrum, {}, shown->standard);
}

void ClassifyPage::takeAnalysis(const Analysis& analysis)
{
    const SpectrumEntry* shown = entry();
    if (shown == nullptr || analysis.id != shown->id
        || analysis.atlas != m_context.workspace.atlas())
        return;
    m_analysis = analysis;
    m_fits.assign(analysis.atlas->standards().size(), {});
    for (std::size_t row = 0; row < m_fits.size(); ++row)
        m_fits[row].row = row;
    for (const classify::NearestStandard& fit : analysis.nearest)
        m_fits[fit.row] = fit;
    if (!m_begun)
        beginAtFirstType();
    showHeader();
    draw();
    if (analysis.preparationError)
        m_notice->showError(errorText(*analysis.preparationError));
    if (const auto ready = std::exchange(m_ready, {}))
        ready();
    emit drawn();
}

void ClassifyPage::beginAtFirstType()
{
    const bool isKept = m_panel->keep().isChecked() && m_row >= 0;
    if (isKept)
        return;
    if (!isBlind() && !m_analysis->nearest.empty())
        setAtHand(static_cast<int>(m_analysis->nearest.front().row), false);
    else
        setAtHand(nearestStandard(*m_analysis->atlas, kMiddleCode, kMiddleLuminosity), false);
}

/// Shows what is said about the star at hand, after a key or its undoing.
void ClassifyPage::takeLabel()
{
    const project::Label label = m_desk.label();
    m_panel->showLabel(label, m_desk.canWrite() && m_desk.star() != kNoSpectrum);
    if (!label.type.empty()) {
        m_begun = true;
        if (typeAtHand().toStdString() != label.type)
            setAtHandTo(label.type);
    }
    showHeader();
    draw();
}

void ClassifyPage::setAtHandTo(const std::string& text)
{
    const auto atlas = m_context.workspace.atlas();
    const auto type = mk::parseSpectralType(text);
    if (atlas == nullptr || !type || std::isnan(mk::decimalSubclass(*type)))
        return;
    const double code = mk::temperatureCode(mk::decimalSubclass(*type));
    int row = nearestStandard(*atlas, code, type->luminosityCode.value_or(kMiddleLuminosity));
    // A type between two standards belongs to the earlier one.
    if (row >= 0 && atlas->standards()[static_cast<std::size_t>(row)].temperatureCode > code)
        row = m_grid.stepClass(row, -1);
    setAtHand(row, m_grid.typeName(row, true).toStdString() == text);
}

void ClassifyPage::setAtHand(int row, bool between)
{
    m_row = row;
    m_between = between;
    m_grid.setCurrent(row, between);
    if (const QModelIndex cell = m_grid.cellOf(row); cell.isValid())
        m_gridView->scrollTo(cell);
}

void ClassifyPage::chooseType(int row, bool between)
{
    if (row < 0)
        return;
    m_begun = true;
    const std::string type = m_grid.typeName(row, between).toStdString();
    setAtHand(row, between);
    const bool written = m_desk.edit(tr("Type %1").arg(QString::fromStdString(type)),
        QStringLiteral("type"), [&type](project::Label& label) { label.type = type; });
    if (!written || m_desk.label().type != type) {
        showHeader(); // without a project the grid can still be walked
        draw();
    }
}

void ClassifyPage::stepClass(int direction)
{
    chooseType(m_grid.stepClass(m_row, direction), false);
}

void ClassifyPage::stepLuminosity(int direction)
{
    chooseType(m_grid.stepLuminosity(m_row, direction), false);
}

void ClassifyPage::toggleBetween()
{
    if (m_grid.stepClass(m_row, 1) != m_row)
        chooseType(m_row, !m_between);
}

void ClassifyPage::setQuality(int quality)
{
    m_desk.edit(tr("Quality %1").arg(qualityText(quality)), {},
        [quality](project::Label& label) { label.quality = quality; });
}

void ClassifyPage::toggleFlag(bool project::Flags::*flag, const QString& text)
{
    m_desk.edit(
        text, {}, [flag](project::Label& label) { label.flags.*flag = !(label.flags.*flag); });
}

void ClassifyPage::toggleMarkers()
{
    m_markers = !m_markers;
    m_plot->setMarkersVisible(m_markers);
}

void ClassifyPage::accept()
{
    if (m_desk.project() == nullptr || !m_desk.canWrite()) {
        if (m_desk.project() == nullptr)
            m_notice->showWarning(tr("Labels need a project: File, New project"));
        else
            offerCopy();
        return;
    }
    if (!m_analysis)
        return; // the key was for a star that is not yet drawn
    if (m_analysis->prepared)
        m_desk.keepRecipe(preprocess::recipeToJson(m_analysis->prepared->recipe));
    if (m_desk.accept(typeAtHand().toStdString()))
        go(1);
}

QList<SpectrumId> ClassifyPage::stars() const
{
    const SpectrumListModel& list = m_context.spectra;
    // Without stars of one's own the standards are there to practise on.
    const auto group
        = list.openedCount() > 0 ? SpectrumListModel::Opened : SpectrumListModel::AtlasStandards;
    QList<SpectrumId> ids;
    for (int row = 0; row < list.rowCount(); ++row) {
        const QModelIndex index = list.index(row, 0);
        if (index.data(SpectrumListModel::GroupRole).toInt() == group)
            ids.append(index.data(SpectrumListModel::IdRole).toLongLong());
    }
    return ids;
}

bool ClassifyPage::isInQueue(SpectrumId star) const
{
    switch (m_panel->queue()) {
    case Queue::All:
        return true;
    case Queue::ToDo:
        return m_desk.progress(star) != LabelDesk::Progress::Accepted;
    case Queue::Disputed:
        return m_desk.isDisputed(star);
    case Queue::Flagged: {
        const auto label = m_desk.accepted(star);
        return label && (label->flags.odd || label->flags.bad);
    }
    }
    return true;
}

void ClassifyPage::go(int direction)
{
    const QList<SpectrumId> all = stars();
    const qsizetype here = all.indexOf(m_context.selection.spectrum());
    for (qsizetype next = here + direction; next >= 0 && next < all.size(); next += direction)
        if (isInQueue(all[next])) {
            m_context.selection.setSpectrum(all[next]);
            return;
        }
    m_context.status.showMessage(direction > 0 ? tr("No further star in the queue: choose another "
                                                    "queue, or export the labels")
                                               : tr("This is the first star of the queue"));
}

void ClassifyPage::showProgress()
{
    if (!m_isShown)
        return;
    const QList<SpectrumId> all = stars();
    const auto typed = std::count_if(all.begin(), all.end(),
        [this](SpectrumId star) { return m_desk.progress(star) == LabelDesk::Progress::Accepted; });
    const qsizetype here = all.indexOf(m_context.selection.spectrum());
    m_panel->showProgress(static_cast<int>(typed), static_cast<int>(all.size()),
        here < 0 ? QString() : tr("Star %1 of %2").arg(countText(here + 1), countText(all.size())));
}

void ClassifyPage::showHeader()
{
    const SpectrumEntry* shown = entry();
    if (shown == nullptr)
        return;
    m_name->setWholeText(shown->standard && isBlind() ? tr("A standard") : shown->name);
    m_type->setText(typeAtHand());
    QStringList known;
    if (!isBlind()) {
        if (!shown->type.isEmpty())
            known << tr("catalogue %1").arg(shown->type);
        if (m_analysis && !m_analysis->nearest.empty())
            known << tr("nearest standard %1")
                         .arg(standardName(m_analysis->atlas->standards()[static_cast<std::size_t>(
                             m_analysis->nearest.front().row)]));
        if (m_analysis && m_analysis->prediction)
            known << tr("network %1").arg(QString::fromStdString(m_analysis->prediction->type));
    }
    if (const auto accepted = m_desk.state().accepted)
        known << tr("accepted %1").arg(QString::fromStdString(accepted->type));
    m_answers->setWholeText(known.join(QStringLiteral("  ·  ")));
}

void ClassifyPage::draw()
{
    if (!m_analysis || !m_analysis->prepared || m_row < 0) {
        drawCriteria();
        return;
    }
    const mk::Atlas& atlas = *m_analysis->atlas;
    const auto& prepared = *m_analysis->prepared;
    const double level
        = atlas.rectified() ? 1.0 : levelRatio(prepared, atlas, static_cast<std::size_t>(m_row));
    Trace star = preparedTrace(prepared, atlas.grid(), level);
    if (!(entry()->standard && isBlind()))
        star.name = entry()->name;
    const auto fitted = [&](int row) {
        return fittedStandardTrace(atlas, m_fits[static_cast<std::size_t>(row)]);
    };
    const int earlier = m_between ? m_row : m_grid.stepClass(m_row, -1);
    const int later = m_grid.stepClass(m_row, 1);
    std::array<Trace, SpectrumPlot::kStandards> neighbours { fitted(earlier), fitted(later) };
    const Trace atHand = fitted(m_row);
    m_plot->setAxisTexts(wavelengthAxisText(spectrum::Medium::Air,
                             prepared.velocityKms ? spectrum::Frame::Rest : prepared.frame),
        atlas.rectified() ? tr("Rectified flux") : tr("Flux (at the standard's level)"));
    m_plot->setCurves(star, neighbours, differenceTrace(star, atHand));
    if (star.name.isEmpty())
        star.name = tr("star");
    m_plates->view().setStrips({ neighbours[0], star, neighbours[1] });
    if (const auto lines = m_context.workspace.lines()) {
        const auto markers = lineMarkers(
            *lines, mk::decimalSubclass(atlas.standards()[static_cast<std::size_t>(m_row)].type));
        m_plot->setMarkers(markers);
        m_plates->view().setMarkers(markers);
    }
    const auto [first, last] = m_plot->wavelengthRange();
    m_plates->view().setWavelengthRange(first, last);
    m_criteria.measure(&prepared, atlas, static_cast<std::size_t>(m_row));
    drawCriteria();
}

void ClassifyPage::drawCriteria()
{
    if (!m_analysis || !m_analysis->prepared || m_row < 0)
        m_criteria.clear();
    const QModelIndexList chosen = m_panel->criteria().selectionModel()->selectedRows();
    if (!chosen.isEmpty() && chosen.first().row() < m_criteria.rowCount())
        m_plot->setBands(m_criteria.bandsOf(chosen.first().row()));
    else
        m_plot->setBands(
            m_panel->bands().isChecked() ? m_criteria.bands() : QVector<CriterionBand>());
}

} // namespace maury::ui
