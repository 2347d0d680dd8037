#include "ui/pages/spectra_page.h"

#include "ui/bridge/doubt_text.h"
#include "ui/bridge/status_reporter.h"
#include "ui/models/axis_text.h"
#include "ui/models/spectrum_list_model.h"
#include "ui/pages/answer_header.h"
#include "ui/pages/compare_panel.h"
#include "ui/pages/evidence_tab.h"
#include "ui/pages/file_choice.h"
#include "ui/pages/icons.h"
#include "ui/pages/preparation_panel.h"
#include "ui/pages/spectra_inspector.h"
#include "ui/pages/variation_panel.h"
#include "ui/pages/what_if_panel.h"

#include <QAction>
#include <QCheckBox>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace maury::ui {

SpectraPage::SpectraPage(const PageContext& context, QWidget* parent)
    : Page("spectra", tr("Spectra"), parent)
    , m_context(context)
    , m_analyser(context.workspace)
    , m_header(new AnswerHeader(this))
    , m_preview(this)
    , m_plot(new SpectrumPlot(this))
    , m_inspector(new SpectraInspector(context.workspace, this))
    , m_panel(&m_inspector->compare())
    , m_preparation(&m_inspector->preparation())
    , m_variations(&m_inspector->variations())
    , m_whatIf(&m_inspector->whatIf())
{
    auto* content = new QWidget(this);
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_header);
    layout->addWidget(m_plot, 1);
    setContent(content);
    setEmptyState(tr("No spectrum selected"),
        tr("Open files or a folder, drop them on this window, or choose a spectrum in the list."),
        tr("Open spectra…"), [this] { emit openRequested(); });
    makeActions();

    connect(&m_context.selection, &Selection::spectrumChanged, this, &SpectraPage::showSpectrum);
    connect(&m_context.selection, &Selection::standardsChanged, this, &SpectraPage::takeStandards);
    connect(&m_context.spectra, &SpectrumListModel::dataChanged, this,
        [this](const QModelIndex& first, const QModelIndex& last) {
            const int row = m_context.spectra.indexOf(m_context.selection.spectrum()).row();
            if (row >= first.row() && row <= last.row())
                showSpectrum();
        });
    connect(&m_context.spectra, &SpectrumListModel::rowsRemoved, this, [this] {
        if (entry() == nullptr)
            showSpectrum();
    });
    connect(&m_context.workspace, &Workspace::atlasChanged, this, [this] {
        m_given.clear();
        m_analysis.reset();
        m_panel->setAtlas(m_context.workspace.atlas());
        analyse();
    });
    connect(&m_context.workspace, &Workspace::linesChanged, this, &SpectraPage::markLines);
    connect(&m_context.workspace, &Workspace::modelChanged, this, &SpectraPage::analyse);
    connect(&m_analyser, &SpectrumAnalyser::analysed, this, &SpectraPage::takeAnalysis);
    connectPanels();
    connectEvidence();
    connectFileChoice();
    m_panel->setAtlas(m_context.workspace.atlas());
    markLines();
    showSpectrum();
}

QWidget* SpectraPage::inspector()
{
    return m_inspector;
}

void SpectraPage::connectPanels()
{
    connect(m_panel, &ComparePanel::edited, this,
        [this](const QString& label, const CompareSettings& before) {
            recordCompare(label, before);
            applySettings();
        });
    connect(m_preparation, &PreparationPanel::edited, this,
        [this](const QString& label, const classify::PrepareOptions& before) {
            recordPreparation(label, before);
            placeLines();
            analyse();
        });
    connect(m_variations, &VariationPanel::edited, this,
        [this](const QString& label, const VariationSettings& before) {
            recordVariations(label, before);
            vary();
        });
    connect(m_whatIf, &WhatIfPanel::edited, this,
        [this](const QString& label, const preprocess::WhatIf& before) {
            recordWhatIf(label, before);
            analyse();
        });
    connect(m_variations, &VariationPanel::trainRequested, this, &SpectraPage::trainRequested);
    connect(&m_preview, &VariationPreview::made, this, &SpectraPage::takeVariations);
    for (PlotBase* plot : m_inspector->findChildren<PlotBase*>())
        plot->reportTo(m_context.status);
    m_plot->reportTo(m_context.status);
    m_preparation->reportTo(m_context.status);
    connect(m_plot, &SpectrumPlot::wavelengthsShown, this, &SpectraPage::zoomChanged);
    connect(m_plot, &PlotBase::zoomedChanged, this, &SpectraPage::zoomChanged);
}

void SpectraPage::makeActions()
{
    const auto add = [this](const QString& text, const QKeySequence& key, const QString& tip,
                         const auto& act) {
        auto* action = new QAction(text, this);
        action->setShortcut(key);
        action->setStatusTip(tip);
        connect(action, &QAction::triggered, this, act);
        m_actions.append(action);
        return action;
    };
    const auto separate = [this] {
        auto* line = new QAction(this);
        line->setSeparator(true);
        m_actions.append(line);
    };
    add(tr("&Earlier standard"), QKeySequence(Qt::ALT | Qt::Key_Up),
        tr("Draw the next hotter standard"), [this] { m_panel->stepClass(-1); });
    add(tr("&Later standard"), QKeySequence(Qt::ALT | Qt::Key_Down),
        tr("Draw the next cooler standard"), [this] { m_panel->stepClass(1); });
    add(tr("&Brighter standard"), QKeySequence(Qt::ALT | Qt::Key_Left),
        tr("Draw the standard of the next brighter luminosity class"),
        [this] { m_panel->stepLuminosity(-1); });
    add(tr("&Fainter standard"), QKeySequence(Qt::ALT | Qt::Key_Right),
        tr("Draw the standard of the next fainter luminosity class"),
        [this] { m_panel->stepLuminosity(1); });
    separate();
    add(tr("&Rectify"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_R),
        tr("Switch rectifying on or off for this star"), [this] { m_panel->toggleRectify(); });
    add(tr("Line &names"), QKeySequence(Qt::CTRL | Qt::Key_L),
        tr("Show or hide the names of lines"), [this] { m_panel->toggleMarkers(); });
    separate();
    add(tr("E&xport spectrum…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_X),
        tr("Write the spectrum as it is shown to a FITS, ECSV or CSV file"),
        [this] { exportSpectrum(); });
    separate();
    add(tr("Zoom &in"), QKeySequence::ZoomIn, tr("Show a shorter range of wavelengths"), [this] {
        m_plot->zoomBy(0.5);
    })->setIcon(icon(Symbol::ZoomIn));
    add(tr("Zoom &out"), QKeySequence::ZoomOut, tr("Show a longer range of wavelengths"), [this] {
        m_plot->zoomBy(2.0);
    })->setIcon(icon(Symbol::ZoomOut));
    add(tr("Reset &zoom"), QKeySequence(Qt::CTRL | Qt::Key_0), tr("Show the whole spectrum"),
        [this] { m_plot->resetZoom(); })
        ->setIcon(icon(Symbol::ResetZoom));
}

const SpectrumEntry* SpectraPage::entry() const
{
    return m_context.spectra.entry(m_context.selection.spectrum());
}

void SpectraPage::markLines()
{
    const auto lines = m_context.workspace.lines();
    if (lines == nullptr)
        return;
    // The lines that matter at the type of the first standard drawn.
    std::optional<double> decimal;
    if (const auto& rows = m_context.selection.standards(); m_analysis && !rows.isEmpty())
        decimal = mk::decimalSubclass(
            m_analysis->atlas->standards()[static_cast<std::size_t>(rows.first())].type);
    m_plot->setMarkers(lineMarkers(*lines, decimal));
}

/// In the file the lines stand where the star's velocity has moved them; what is compared is at rest.
void SpectraPage::placeLines()
{
    const SpectrumEntry* shown = entry();
    if (shown == nullptr || shown->spectrum == nullptr || !isShownAsInFile()) {
        m_plot->placeMarkers(spectrum::Medium::Air, 0.0);
        return;
    }
    const auto segment = m_preparation->fileChoice().segment().value_or(0);
    const auto found = m_analysis && m_analysis->prepared ? m_analysis->prepared->velocityKms
                                                          : std::nullopt;
    const auto given = m_preparation->settings().velocityKms;
    m_plot->placeMarkers(shown->spectrum->segments[segment].medium,
        given.value_or(found.value_or(0.0)));
}

void SpectraPage::showSpectrum()
{
    m_analyser.cancel();
    m_rereader.cancel();
    const bool sameStar = m_analysis && m_analysis->id == m_context.selection.spectrum();
    m_analysis.reset();
    m_given.clear();
    const SpectrumEntry* shown = entry();
    showEmptyState(shown == nullptr);
    if (!sameStar) {
        m_panel->resetForNewStar();
        m_preparation->resetForNewStar();
        m_whatIf->resetForNewStar();
    }
    // Nothing of the star before stays on the screen while this one is worked on.
    m_plot->setCurves({}, {}, {});
    showEvidence();
    vary();
    if (shown == nullptr)
        return;
    m_header->showStar(*shown);
    m_header->showLegend({});
    if (shown->spectrum != nullptr)
        m_preparation->fileChoice().showSpectrum(*shown->spectrum);
    m_inspector->showNotices(notices(*shown));
    analyse();
}

void SpectraPage::analyse()
{
    const SpectrumEntry* shown = entry();
    if (shown == nullptr || shown->spectrum == nullptr || m_context.workspace.atlas() == nullptr)
        return;
    const auto& settings = m_panel->settings();
    classify::PrepareOptions options = m_preparation->settings();
    options.rectify = settings.rectify;
    options.shift = settings.removeVelocity;
    m_analyser.setExplaining(m_evidence->isOn());
    m_whatIf->setSpectrum(shown->spectrum, options);
    m_analyser.request(
        shown->id, shown->spectrum, options, shown->standard, m_whatIf->settings());
}

void SpectraPage::takeAnalysis(const Analysis& analysis)
{
    const SpectrumEntry* shown = entry();
    if (shown == nullptr || analysis.id != shown->id
        || analysis.atlas != m_context.workspace.atlas())
        return;
    m_analysis = analysis;
    m_header->showStar(*shown);
    m_header->showAnalysis(analysis);
    m_panel->showNearest(analysis.nearest);
    m_panel->showProbabilities(
        analysis.prediction ? &*analysis.prediction : nullptr, m_context.workspace.scheme());
    m_whatIf->showAnswer(
        analysis.prediction ? &*analysis.prediction : nullptr, m_context.workspace.scheme());
    m_inspector->showNotices(notices(*shown));
    m_preparation->showRecipe(analysis.prepared ? analysis.prepared->recipe : preprocess::Recipe());
    if (analysis.prepared)
        m_varied = std::make_shared<std::vector<float>>(analysis.prepared->flux);
    draw();
    showEvidence();
    vary();
    if (const auto ready = std::exchange(m_ready, {}))
        ready();
}

void SpectraPage::applySettings()
{
    m_given.clear();
    m_plot->setMarkersVisible(m_panel->settings().markers);
    draw();
    showEvidence();
    vary();
    analyse(); // rectifying and velocity change what is compared
}

void SpectraPage::vary()
{
    const VariationSettings& settings = m_variations->settings();
    if (!settings.shown || isShownAsInFile()) {
        m_preview.cancel();
        m_plot->setVariations({});
        m_variations->clearDrawn();
        return;
    }
    m_preview.request({ m_varied, m_analysis->atlas->grid(), settings.augmentation, settings.count,
        settings.highlighted - 1 });
}

void SpectraPage::takeVariations(const VariationResult& result)
{
    if (!m_analysis || !m_analysis->prepared || result.request.flux != m_varied
        || !m_variations->settings().shown)
        return;
    m_plot->setVariations(variationTrace(
        m_analysis->atlas->grid(), result.bands, result.highlighted, m_analysis->prepared->good));
    m_variations->showDrawn(result.drawn);
}

void SpectraPage::takeStandards(const QList<int>& rows)
{
    if (m_settingStandards)
        return;
    const auto atlas = m_context.workspace.atlas();
    const qsizetype standards
        = atlas == nullptr ? 0 : static_cast<qsizetype>(atlas->standards().size());
    m_given = rows;
    // Another view may still think of the atlas before.
    m_given.removeIf([standards](int row) { return row < 0 || row >= standards; });
    draw();
}

QList<int> SpectraPage::standardsToDraw() const
{
    if (!m_given.isEmpty())
        return m_given;
    const CompareSettings& settings = m_panel->settings();
    QList<int> rows;
    if (!settings.nearest && settings.standard >= 0) {
        rows << settings.standard;
        const int later = StandardGrid(*m_analysis->atlas).stepClass(settings.standard, 1);
        if (settings.second && later != settings.standard)
            rows << later;
        return rows;
    }
    const std::size_t wanted = settings.second ? 2 : 1;
    for (std::size_t i = 0; i < std::min(wanted, m_analysis->nearest.size()); ++i)
        rows << static_cast<int>(m_analysis->nearest[i].row);
    return rows;
}

bool SpectraPage::isShownAsInFile() const
{
    return m_panel->settings().asInFile || !m_analysis || !m_analysis->prepared;
}

void SpectraPage::draw()
{
    const SpectrumEntry* shown = entry();
    if (shown == nullptr || shown->spectrum == nullptr || !m_analysis)
        return;
    if (isShownAsInFile())
        drawAsInFile(*shown);
    else
        drawCompared();
    if (const auto zoom = std::exchange(m_zoomWanted, std::nullopt))
        m_plot->setWavelengthRange(zoom->first, zoom->second);
}

std::optional<std::pair<double, double>> SpectraPage::zoom() const
{
    if (m_zoomWanted)
        return m_zoomWanted;
    return m_plot->isZoomed() ? std::optional(m_plot->wavelengthRange()) : std::nullopt;
}

void SpectraPage::setZoom(double firstAngstrom, double lastAngstrom)
{
    m_zoomWanted = { firstAngstrom, lastAngstrom };
    if (!m_plot->star().isEmpty())
        draw();
}

void SpectraPage::drawAsInFile(const SpectrumEntry& entry)
{
    const auto chosen = m_preparation->fileChoice().segment();
    const Trace star = fileTrace(*entry.spectrum, chosen);
    const auto& first = entry.spectrum->segments[chosen.value_or(0)];
    m_plot->setAxisTexts(wavelengthAxisText(first.medium, first.frame), fluxAxisText(first));
    placeLines();
    m_plot->setCurves(star, {}, {});
    m_plot->ensureOverlap(star.wavelength.first(), star.wavelength.last());
    m_header->showLegend({});
}

void SpectraPage::drawCompared()
{
    const mk::Atlas& atlas = *m_analysis->atlas;
    const auto& prepared = *m_analysis->prepared;
    const QList<int> rows = standardsToDraw();
    const bool rectified = m_panel->settings().rectify;
    const auto firstRow = rows.isEmpty() ? 0 : static_cast<std::size_t>(rows.first());
    // An unrectified star is brought to the level of its standard, else nothing could be compared.
    const double scale = rectified ? 1.0 : levelRatio(prepared, atlas, firstRow);
    std::array<Trace, SpectrumPlot::kStandards> standards;
    QStringList names;
    for (qsizetype slot = 0; slot < std::min<qsizetype>(rows.size(), SpectrumPlot::kStandards);
         ++slot) {
        auto& standard = standards.at(static_cast<std::size_t>(slot));
        standard = standardTrace(atlas, static_cast<std::size_t>(rows[slot]));
        names << standard.name;
    }
    const Trace star = preparedTrace(prepared, atlas.grid(), scale);
    const auto frame = prepared.velocityKms ? spectrum::Frame::Rest : prepared.frame;
    m_plot->setAxisTexts(wavelengthAxisText(spectrum::Medium::Air, frame),
        rectified ? tr("Rectified flux") : tr("Flux (at the standard's level)"));
    m_plot->setCurves(star, standards,
        rows.isEmpty() ? Trace() : residualTrace(prepared, atlas, firstRow, scale));
    m_plot->ensureOverlap(star.wavelength.first(), star.wavelength.last());
    m_header->showLegend(names);
    m_panel->showStandard(rows.isEmpty() ? -1 : rows.first());
    m_settingStandards = true;
    m_context.selection.setStandards(rows);
    m_settingStandards = false;
    markLines();
    placeLines();
}

QStringList SpectraPage::notices(const SpectrumEntry& entry) const
{
    QStringList lines;
    const auto append = [&lines](const std::vector<std::string>& from) {
        for (const std::string& line : from)
            if (const QString text = QString::fromStdString(line); !lines.contains(text))
                lines.append(text);
    };
    if (m_analysis && m_analysis->prediction) {
        lines = doubtTexts(m_analysis->prediction->conformity);
        append(m_analysis->prediction->warnings);
    }
    if (m_analysis && m_analysis->prepared)
        append(m_analysis->prepared->warnings);
    if (m_analysis && !m_analysis->change.isNone())
        lines.prepend(tr("The spectrum is changed by the sliders of What if"));
    if (entry.spectrum != nullptr)
        append(entry.spectrum->warnings);
    if (!entry.reason.isEmpty() && !lines.contains(entry.reason)
        && (entry.standard || entry.state == SpectrumEntry::State::Failed))
        lines.append(entry.reason);
    return lines;
}

} // namespace maury::ui
