#include "ui/pages/network_lens.h"

#include "ui/bridge/number_text.h"
#include "ui/bridge/training_session.h"
#include "ui/models/network_text.h"
#include "ui/models/spectrum_list_model.h"
#include "ui/pages/elided_label.h"
#include "ui/pages/empty_state.h"
#include "ui/pages/unit_chooser.h"
#include "ui/plots/filter_plot.h"
#include "ui/plots/histogram_plot.h"
#include "ui/plots/network_diagram.h"
#include "ui/plots/spread_history_plot.h"

#include <QCheckBox>
#include <QEvent>
#include <QLabel>
#include <QScrollArea>
#include <QSplitter>
#include <QStackedLayout>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace maury::ui {

namespace {

constexpr int kLayersWidth = 232;

/// The weights of a unit, or what training has added to them.
Trace filterOf(const train::ProbedNetwork& network, int unit, bool change)
{
    Trace trace;
    for (std::size_t pixel = 0; pixel < network.wavelengthAngstrom.size(); ++pixel) {
        const auto row = static_cast<Eigen::Index>(pixel);
        const float before = change ? network.initial->firstWeights(row, unit) : 0.0F;
        trace.wavelength.append(network.wavelengthAngstrom[pixel]);
        trace.flux.append(static_cast<double>(network.firstLayer.weights(row, unit) - before));
    }
    return trace;
}

QString tableOf(const QList<std::pair<QString, QString>>& facts)
{
    QString rows;
    for (const auto& [name, value] : facts)
        rows += QStringLiteral("<tr><td style='padding-right:8px'>%1</td><td>%2</td></tr>")
                    .arg(name.toHtmlEscaped(), value.toHtmlEscaped());
    return QStringLiteral("<table cellspacing='0'>%1</table>").arg(rows);
}

} // namespace

NetworkLens::NetworkLens(const PageContext& context, TrainingSession& session, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
    , m_source(context.workspace, session)
    , m_analyser(context.workspace)
    , m_views(new QStackedLayout(this))
    , m_empty(new EmptyState(this))
{
    setAccessibleName(tr("Inside of the network"));
    m_empty->setText(tr("No network to look into"),
        tr("Train a network or open a model: its layers, weights and activations are shown here, "
           "and what each unit of the first layer looks for in a spectrum."),
        tr("Start training"));
    connect(m_empty, &EmptyState::activated, this, &NetworkLens::startRequested);
    m_views->addWidget(m_empty);
    makeContent();
    connect(&m_source, &NetworkSource::networkChanged, this, &NetworkLens::takeNetwork);
    connect(&session, &TrainingSession::runStarted, this,
        [this](const train::RunStarted& run) { m_history.beginAt(run.firstEpoch); });
    connect(&session, &TrainingSession::networkProbed, this,
        [this](const train::ProbedNetworkPtr& network) { takeProbe(*network); });
    connect(&m_context.workspace, &Workspace::linesChanged, this, &NetworkLens::markLines);
    connect(&m_context.workspace, &Workspace::atlasChanged, this, &NetworkLens::chooseSpectrum);
    connect(&m_context.selection, &Selection::spectrumChanged, this, &NetworkLens::chooseSpectrum);
    connect(&m_analyser, &SpectrumAnalyser::analysed, this, [this](const Analysis& analysis) {
        if (!analysis.prepared || analysis.atlas != m_context.workspace.atlas())
            return;
        Trace star = preparedTrace(*analysis.prepared, analysis.atlas->grid());
        if (const auto* entry = m_context.spectra.entry(analysis.id))
            star.name = entry->name;
        m_filter->setSpectrum(star);
    });
    markLines();
}

void NetworkLens::makeContent()
{
    auto* content = new QSplitter(Qt::Horizontal, this);
    content->setChildrenCollapsible(false);
    auto* plots = new QSplitter(Qt::Vertical, content);
    plots->setChildrenCollapsible(false);
    content->addWidget(makeLayers());
    content->addWidget(plots);
    content->setStretchFactor(1, 1);
    content->setSizes({ kLayersWidth, 4 * kLayersWidth });
    plots->addWidget(makeHistograms());
    plots->addWidget(makeFilters());
    plots->setStretchFactor(0, 2);
    plots->setStretchFactor(1, 3);
    m_views->addWidget(content);
    m_histograms->reportTo(m_context.status);
    m_spreads->reportTo(m_context.status);
    m_filter->reportTo(m_context.status);
}

QWidget* NetworkLens::makeLayers()
{
    auto* column = new QWidget(this);
    auto* layout = new QVBoxLayout(column);
    layout->setContentsMargins(8, 0, 0, 8);
    layout->setSpacing(8);
    m_title = new ElidedLabel(column);
    m_diagram = new NetworkDiagram;
    m_facts = new QLabel(column);
    m_facts->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_facts->setAccessibleName(tr("Numbers of the chosen layer"));
    auto* place = new QScrollArea(column);
    place->setFrameShape(QFrame::NoFrame);
    place->setWidgetResizable(true);
    place->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    place->setFocusPolicy(Qt::NoFocus);
    place->setWidget(m_diagram);
    layout->addWidget(m_title);
    layout->addWidget(place, 1);
    layout->addWidget(m_facts);
    connect(m_diagram, &NetworkDiagram::layerChosen, this, &NetworkLens::showLayer);
    return column;
}

QWidget* NetworkLens::makeHistograms()
{
    auto* part = new QWidget(this);
    auto* layout = new QVBoxLayout(part);
    layout->setContentsMargins(0, 0, 8, 0);
    layout->setSpacing(0);
    auto* row = new QHBoxLayout;
    row->setSpacing(16);
    m_layer = new QLabel(part);
    m_legend = new QLabel(part);
    m_logarithmic = new QCheckBox(tr("&Logarithmic heights"), part);
    m_logarithmic->setToolTip(
        tr("Show the few numbers of the tails beside the many in the middle"));
    m_logarithmic->setStatusTip(m_logarithmic->toolTip());
    row->addWidget(m_layer);
    row->addWidget(m_legend);
    row->addStretch(1);
    m_overEpochs = new QCheckBox(tr("Over &epochs"), part);
    m_overEpochs->setToolTip(tr("Show how the numbers spread from epoch to epoch of the run, as far "
                                "as it was looked at"));
    m_overEpochs->setStatusTip(m_overEpochs->toolTip());
    row->addWidget(m_overEpochs);
    row->addWidget(m_logarithmic);
    m_histograms = new HistogramPlot(part);
    m_spreads = new SpreadHistoryPlot(part);
    m_numbers = new QStackedWidget(part);
    m_numbers->addWidget(m_histograms);
    m_numbers->addWidget(m_spreads);
    layout->addLayout(row);
    layout->addWidget(m_numbers, 1);
    connect(m_overEpochs, &QCheckBox::toggled, this, [this](bool on) {
        m_numbers->setCurrentIndex(on ? 1 : 0);
        m_logarithmic->setVisible(!on);
        showLegend();
        showSpreads();
    });
    connect(m_logarithmic, &QCheckBox::toggled, m_histograms, &HistogramPlot::setLogarithmic);
    m_logarithmic->setChecked(true); // else a spike at 0 hides the rest of outputs and gradients
    showLegend();
    return part;
}

QWidget* NetworkLens::makeFilters()
{
    auto* part = new QWidget(this);
    auto* layout = new QVBoxLayout(part);
    layout->setContentsMargins(0, 0, 8, 0);
    layout->setSpacing(0);
    m_units = new UnitChooser(part);
    m_driven = new ElidedLabel(part);
    m_filter = new FilterPlot(part);
    layout->addWidget(m_units);
    layout->addWidget(m_driven);
    layout->addWidget(m_filter, 1);
    connect(m_units, &UnitChooser::chosen, this, &NetworkLens::showUnit);
    return part;
}

void NetworkLens::takeProbe(const train::ProbedNetwork& network)
{
    if (m_history.isEmpty() && network.initial != nullptr && network.epoch > 0)
        m_history.add(0, network.initial->probe);
    m_history.add(network.epoch, network.probe);
    showSpreads();
}

void NetworkLens::showSpreads()
{
    if (!m_overEpochs->isChecked() || m_history.isEmpty())
        return;
    const auto at = static_cast<std::size_t>(m_diagram->layer());
    const auto network = m_source.network();
    const bool head = network != nullptr
        && network->probe.layers[at].kind != nn::LayerProbe::Kind::Hidden;
    m_spreads->setPanels({
        { tr("Weights"), m_history.of(at, &nn::LayerProbe::weights) },
        { tr("Gradient of the loss"), m_history.of(at, &nn::LayerProbe::gradients) },
        { tr("Sums before activation"), m_history.of(at, &nn::LayerProbe::sums) },
        { head ? tr("Probabilities") : tr("Outputs"), m_history.of(at, &nn::LayerProbe::outputs) },
    });
}

void NetworkLens::takeNetwork()
{
    const auto network = m_source.network();
    m_views->setCurrentIndex(network != nullptr ? 1 : 0);
    if (network == nullptr)
        return;
    m_title->setWholeText(tr("Network of %1").arg(m_source.title()));
    m_diagram->setNetwork(network->spec);
    m_units->setInitialKnown(network->initial != nullptr);
    m_units->setOrder(network->firstLayer.order);
    showLayer();
    showUnit();
}

void NetworkLens::showLayer()
{
    const auto network = m_source.network();
    if (network == nullptr)
        return;
    const auto at = static_cast<std::size_t>(m_diagram->layer());
    const nn::LayerProbe& layer = network->probe.layers[at];
    const bool head = layer.kind != nn::LayerProbe::Kind::Hidden;
    m_layer->setText(tr("<b>%1</b>, %2 → %3")
                         .arg(layerName(layer).toHtmlEscaped(), countText(layer.fanIn),
                             countText(layer.fanOut)));
    m_facts->setText(tableOf(layerFacts(*network, m_diagram->layer())));
    m_histograms->setPanels({
        { tr("Weights"), layer.weights,
            network->initial ? network->initial->probe.layers[at].weights : nn::Distribution {} },
        { tr("Gradient of the loss"), layer.gradients, {} },
        { tr("Sums before activation"), layer.sums, {} },
        { head ? tr("Probabilities") : tr("Outputs"), layer.outputs, {} },
    });
    showSpreads();
}

void NetworkLens::showUnit()
{
    const auto network = m_source.network();
    if (network == nullptr)
        return;
    const int unit = m_units->unit();
    Trace filter = filterOf(*network, unit, m_units->showsChange());
    filter.name = m_units->showsChange()
        ? tr("unit %1, change since the start").arg(countText(unit + 1))
        : tr("unit %1, weights").arg(countText(unit + 1));
    m_filter->setFilter(filter);
    m_driven->setWholeText(
        tr("Influence: %1 of %2. By the weights of its paths to the classes it "
           "%3")
            .arg(countText(m_units->rank() + 1), countText(network->firstLayer.units()),
                drivenClassesText(*network, unit)));
}

void NetworkLens::showLegend()
{
    const PlotTheme theme = PlotTheme::from(palette());
    if (m_overEpochs->isChecked()) {
        m_legend->setText(tr("median, half, 90 %, all"));
        return;
    }
    m_legend->setText(QStringLiteral(
        "<span style='color:%1'>■</span> %2 &nbsp; <span style='color:%3'>—</span> %4")
                          .arg(theme.train.name(), tr("now").toHtmlEscaped(), theme.test.name(),
                              tr("at the start").toHtmlEscaped()));
}

void NetworkLens::chooseSpectrum()
{
    m_analyser.cancel();
    const auto atlas = m_context.workspace.atlas();
    if (!isVisible())
        return;
    const SpectrumEntry* entry = m_context.spectra.entry(m_context.selection.spectrum());
    if (atlas == nullptr) {
        m_filter->setSpectrum({});
    } else if (entry != nullptr && entry->standard) {
        m_filter->setSpectrum(standardTrace(*atlas, *entry->standard));
    } else {
        Trace mean = meanTrace(*atlas);
        mean.name = tr("mean of the standards");
        m_filter->setSpectrum(mean);
        if (entry != nullptr && entry->spectrum != nullptr)
            m_analyser.request(entry->id, entry->spectrum, {});
    }
}

void NetworkLens::markLines()
{
    if (const auto lines = m_context.workspace.lines())
        m_filter->setMarkers(lineMarkers(*lines, std::nullopt));
}

void NetworkLens::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    m_source.setWatched(true);
    chooseSpectrum();
}

void NetworkLens::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    m_source.setWatched(false);
    m_analyser.cancel();
}

void NetworkLens::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        showLegend();
}

} // namespace maury::ui
