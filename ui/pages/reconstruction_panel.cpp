#include "ui/pages/reconstruction_panel.h"

#include "ui/bridge/edit_history.h"
#include "ui/bridge/error_text.h"
#include "ui/bridge/number_text.h"
#include "ui/bridge/status_reporter.h"
#include "ui/models/axis_text.h"
#include "ui/models/reconstruction_trace.h"
#include "ui/models/selection.h"
#include "ui/models/spectrum_list_model.h"
#include "ui/models/workspace.h"
#include "ui/pages/elided_label.h"
#include "ui/pages/notice_bar.h"
#include "ui/plots/reconstruction_plot.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QToolButton>

#include <utility>

namespace maury::ui {

ReconstructionPanel::ReconstructionPanel(const PageContext& context, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
    , m_reconstructor(this)
    , m_plot(new ReconstructionPlot(this))
{
    makeContent();
    m_plot->reportTo(m_context.status);
    connect(m_plot, &ReconstructionPlot::brushed, this, &ReconstructionPanel::brush);
    connect(&m_reconstructor, &StarReconstructor::made, this, &ReconstructionPanel::take);
    connect(&m_context.selection, &Selection::spectrumChanged, this,
        &ReconstructionPanel::followSelection);
    connect(&m_context.workspace, &Workspace::atlasChanged, this,
        &ReconstructionPanel::followSelection);
    connect(&m_context.spectra, &SpectrumListModel::dataChanged, this,
        [this](const QModelIndex& first, const QModelIndex& last) {
            const int row = m_context.spectra.indexOf(m_context.selection.spectrum()).row();
            if (row >= first.row() && row <= last.row())
                followSelection();
        });
    showFigures();
}

void ReconstructionPanel::makeContent()
{
    m_notice = new NoticeBar(this);
    m_notice->dismiss();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(makeBar());
    layout->addWidget(m_notice);
    layout->addWidget(m_plot, 1);
}

QWidget* ReconstructionPanel::makeBar()
{
    auto* bar = new QWidget(this);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(8, 0, 8, 0);
    row->setSpacing(8);
    const auto button = [&](const QString& text, const QString& tip) {
        auto* made = new QToolButton(bar);
        made->setText(text);
        made->setToolTip(tip);
        made->setStatusTip(tip);
        made->setFocusPolicy(Qt::StrongFocus);
        return made;
    };
    m_brush = button(tr("Brush"),
        tr("Drag over the spectrum to hide a range from the model, which then repairs it; up: "
           "dragging moves the axes"));
    m_brush->setCheckable(true);
    m_brush->setChecked(true);
    m_clear = button(tr("Show all"), tr("Hide nothing of this star any more"));
    m_baseline = new QCheckBox(tr("Components"), bar);
    m_baseline->setToolTip(
        tr("Draw what as many principal components make of the star"));
    m_baseline->setStatusTip(m_baseline->toolTip());
    m_baseline->setChecked(true);
    m_figures = new ElidedLabel(bar);
    row->addWidget(m_brush);
    row->addWidget(m_clear);
    row->addWidget(m_baseline);
    row->addWidget(m_figures, 1);
    connect(m_brush, &QToolButton::toggled, m_plot, &ReconstructionPlot::setBrushing);
    connect(m_baseline, &QCheckBox::toggled, m_plot, &ReconstructionPlot::setBaselineVisible);
    connect(m_clear, &QToolButton::clicked, this, [this] {
        const auto before = m_hidden;
        setHidden({});
        record(before);
    });
    return bar;
}

QString ReconstructionPanel::figures() const
{
    return m_figures->wholeText();
}

void ReconstructionPanel::setModels(const GonModels& models)
{
    m_models = models;
    m_baseline->setEnabled(models.baseline != nullptr);
    request();
}

void ReconstructionPanel::followSelection()
{
    const SpectrumId star = m_context.selection.spectrum();
    if (m_star != star) {
        // Nothing of the star before stays on the screen, nor is hidden of this one.
        m_star = star;
        m_hidden.clear();
        m_made.reset();
        m_lines.setTable({});
        m_plot->setTrace({});
        m_plot->setHidden({});
        showFigures();
    }
    request();
}

void ReconstructionPanel::refresh()
{
    if (std::exchange(m_stale, false))
        request();
}

void ReconstructionPanel::request()
{
    m_reconstructor.cancel();
    if (!isVisible()) {
        m_stale = true;
        return;
    }
    const SpectrumEntry* entry = m_context.spectra.entry(m_context.selection.spectrum());
    const auto atlas = m_context.workspace.atlas();
    const Origin origin = entry == nullptr || !m_originOf ? Origin() : m_originOf(entry->id);
    if (entry == nullptr || entry->spectrum == nullptr || m_models.model == nullptr
        || (atlas == nullptr && origin.first == nullptr))
        return;
    m_star = entry->id;
    m_reconstructor.request(
        { entry->id, entry->spectrum, entry->standard,
        atlas, origin.first, origin.second, m_models, m_hidden });
}

void ReconstructionPanel::take(const std::shared_ptr<const StarReconstruction>& star)
{
    if (star->request.id != m_context.selection.spectrum())
        return;
    m_made = star->error ? nullptr : star;
    if (star->error)
        m_notice->showWarning(errorText(*star->error));
    else
        m_notice->dismiss();
    // Air and rest is what the preparation of opened stars and the standards of an atlas share.
    const auto& store = star->request.store;
    m_plot->setWavelengthText(store != nullptr && store->grid()
            ? wavelengthAxisText(store->grid()->medium, spectrum::Frame::Unknown)
            : wavelengthAxisText(spectrum::Medium::Air, spectrum::Frame::Rest));
    m_plot->setTrace(m_made ? reconstructionTrace(*m_made) : ReconstructionTrace());
    m_plot->setHidden(m_hidden); // the brush may have moved on since
    m_lines.setTable(m_made ? lineTable(*m_made) : PlotTable());
    showFigures();
    emit reconstructed();
}

void ReconstructionPanel::showFigures()
{
    m_clear->setEnabled(!m_hidden.empty());
    if (!m_made) {
        m_figures->setWholeText({});
        return;
    }
    const auto chi2 = [](const gon::Reconstruction& made) {
        return made.encoding.usable.front() != 0 ? numberText(made.encoding.chi2PerDof(0), 2)
                                                 : tr("n/a");
    };
    QString text = m_made->baseline
        ? tr("χ²/dof %1, components %2").arg(chi2(m_made->made), chi2(*m_made->baseline))
        : tr("χ²/dof %1").arg(chi2(m_made->made));
    if (m_made->request.standard)
        text += QStringLiteral(" · ") + tr("a standard without noise");
    if (const auto& repair = m_made->repair)
        text += QStringLiteral(" · ")
            + (repair->baselineRms
                    ? tr("%1 hidden pixels, error %2, components %3, noise %4")
                          .arg(countText(static_cast<std::int64_t>(repair->pixels)),
                              numberText(repair->rms, 4), numberText(*repair->baselineRms, 4),
                              numberText(repair->noise, 4))
                    : tr("%1 hidden pixels, error %2, noise %3")
                          .arg(countText(static_cast<std::int64_t>(repair->pixels)),
                              numberText(repair->rms, 4), numberText(repair->noise, 4)));
    m_figures->setWholeText(text);
}

void ReconstructionPanel::setHidden(const std::vector<gon::WavelengthRange>& hidden)
{
    m_hidden = hidden;
    m_plot->setHidden(hidden);
    showFigures();
    // A drag must not throw away the answers on its way: the newest waits for its turn.
    const SpectrumEntry* entry = m_context.spectra.entry(m_context.selection.spectrum());
    if (m_made != nullptr && entry != nullptr && entry->spectrum == m_made->request.spectrum
        && m_models.model == m_made->request.models.model) {
        ReconstructionRequest next = m_made->request;
        next.hidden = hidden;
        m_reconstructor.request(next);
    } else {
        request();
    }
}

void ReconstructionPanel::brush(const gon::WavelengthRange& range, bool done)
{
    if (!std::exchange(m_brushDown, true))
        m_beforeBrush = m_hidden;
    m_brushDown = !done;
    auto hidden = m_beforeBrush;
    if (range.lastAngstrom > range.firstAngstrom)
        hidden.push_back(range);
    if (hidden != m_hidden)
        setHidden(hidden);
    if (done && hidden != m_beforeBrush)
        record(m_beforeBrush);
}

void ReconstructionPanel::record(const std::vector<gon::WavelengthRange>& before)
{
    if (m_context.history == nullptr)
        return;
    // What was hidden belongs to a star: undoing it shows that star again.
    const auto restore = [this](const std::vector<gon::WavelengthRange>& hidden) {
        return [this, star = m_star, hidden] {
            m_context.selection.setSpectrum(star);
            setHidden(hidden);
        };
    };
    // Each stroke is an edit of its own.
    m_context.history->record(tr("Hidden ranges"),
        QStringLiteral("latent/hidden/%1").arg(m_context.history->index()), restore(before),
        restore(m_hidden));
}

} // namespace maury::ui
