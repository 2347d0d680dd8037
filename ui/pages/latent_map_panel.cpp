#include "ui/pages/latent_map_panel.h"

#include "ui/bridge/error_text.h"
#include "ui/bridge/number_text.h"
#include "ui/models/axis_text.h"
#include "ui/models/selection.h"
#include "ui/models/spectrum_list_model.h"
#include "ui/models/workspace.h"
#include "ui/pages/elided_label.h"
#include "ui/pages/notice_bar.h"
#include "ui/pages/settings_form.h"
#include "ui/plots/spectrum_plot.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QSlider>
#include <QSplitter>
#include <QToolButton>

#include <utility>

namespace maury::ui {

namespace {

constexpr int kMostListed = 1000; ///< spectra of a store that come to the list at once
constexpr int kHalf = 500; ///< the map and what stands beside it share the width

} // namespace

LatentMapPanel::LatentMapPanel(const PageContext& context, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
    , m_mapper(this)
{
    makeContent();
    connectMapper();
    connect(&m_context.selection, &Selection::spectrumChanged, this,
        &LatentMapPanel::followSelection);
    connect(&m_context.selection, &Selection::groupChanged, this, &LatentMapPanel::followGroup);
    connect(&m_context.workspace, &Workspace::atlasChanged, this, &LatentMapPanel::setStale);
    showFacts();
}

LatentMapPanel::~LatentMapPanel()
{
    m_pool.waitForDone();
}

void LatentMapPanel::makeContent()
{
    m_notice = new NoticeBar(this);
    m_notice->dismiss();
    m_map = new LatentMapPlot(this);
    m_map->reportTo(m_context.status);
    auto* parts = new QSplitter(Qt::Horizontal, this);
    parts->addWidget(m_map);
    parts->addWidget(makeSide());
    parts->setChildrenCollapsible(false);
    parts->setSizes({ kHalf, kHalf });
    parts->setStretchFactor(0, 1);
    parts->setStretchFactor(1, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(makeBar());
    layout->addWidget(m_notice);
    layout->addWidget(parts, 1);
    connect(m_map, &LatentMapPlot::starClicked, this, [this](int row) {
        withIds({ row }, [this](const QList<SpectrumId>& ids) {
            m_context.selection.setSpectrum(ids.first());
        });
    });
    connect(m_map, &LatentMapPlot::lassoed, this, [this](const QVector<int>& rows) {
        withIds(rows.mid(0, kMostListed),
            [this](const QList<SpectrumId>& ids) { m_context.selection.setGroup(ids); });
    });
    connect(m_map, &LatentMapPlot::walked, this, &LatentMapPanel::walkTo);
}

QWidget* LatentMapPanel::makeBar()
{
    auto* bar = new QWidget(this);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(8, 0, 8, 0);
    row->setSpacing(8);
    const auto box = [&](const QString& name, const QString& tip) {
        auto* made = new QComboBox(bar);
        made->setAccessibleName(name);
        made->setToolTip(tip);
        made->setStatusTip(tip);
        row->addWidget(made);
        return made;
    };
    m_layout = box(tr("Map"),
        tr("Principal axes keep distances as far as a plane can; t-SNE keeps neighbours"));
    addChoice(*m_layout, tr("Principal axes"), Layout::Principal);
    addChoice(*m_layout, tr("t-SNE"), Layout::Tsne);
    m_colour = box(tr("Colour"), tr("What the stars are coloured by"));
    m_drag = box(tr("Dragging"),
        tr("What dragging over the map does: move it, choose the stars inside of a lasso, or walk "
           "and see the spectrum of every place"));
    addChoice(*m_drag, tr("Move"), LatentMapPlot::Drag::Move);
    addChoice(*m_drag, tr("Lasso"), LatentMapPlot::Drag::Lasso);
    addChoice(*m_drag, tr("Walk"), LatentMapPlot::Drag::Walk);
    m_all = new QToolButton(bar);
    m_all->setText(tr("All"));
    m_all->setToolTip(tr("Let go of the stars that a lasso has chosen"));
    m_all->setStatusTip(m_all->toolTip());
    m_all->setFocusPolicy(Qt::StrongFocus);
    m_facts = new ElidedLabel(bar);
    row->addWidget(m_all);
    row->addWidget(m_facts, 1);
    connect(m_layout, &QComboBox::currentIndexChanged, this, &LatentMapPanel::layOut);
    connect(m_colour, &QComboBox::currentIndexChanged, this, [this] {
        if (m_stars != nullptr && m_colour->currentIndex() >= 0)
            m_map->setPaint(mapPaint(*m_stars, choice<MapColour>(*m_colour)));
    });
    connect(m_drag, &QComboBox::currentIndexChanged, this,
        [this] { m_map->setDrag(choice<LatentMapPlot::Drag>(*m_drag)); });
    connect(m_all, &QToolButton::clicked, this, [this] { m_context.selection.setGroup({}); });
    return bar;
}

QWidget* LatentMapPanel::makeSide()
{
    auto* side = new QWidget(this);
    auto* layout = new QVBoxLayout(side);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    m_caption = new ElidedLabel(side);
    m_caption->setContentsMargins(8, 0, 8, 0);
    m_spectrum = new SpectrumPlot(side);
    m_spectrum->setMinimumSize(220, 160);
    m_spectrum->setAccessibleName(tr("Spectra beside the map"));
    m_spectrum->reportTo(m_context.status);
    m_spectrum->setAxisTexts(
        wavelengthAxisText(spectrum::Medium::Air, spectrum::Frame::Rest), tr("Rectified flux"));
    auto* row = new QHBoxLayout;
    row->setContentsMargins(8, 0, 8, 0);
    row->setSpacing(8);
    m_way = new QComboBox(side);
    m_way->setAccessibleName(tr("Way between standards"));
    m_way->setToolTip(tr("From standard to standard: along the spectral classes of a luminosity "
                         "class, or along the luminosities of the selected star's class"));
    m_way->setStatusTip(m_way->toolTip());
    m_morph = new QSlider(Qt::Horizontal, side);
    m_morph->setRange(0, 1000);
    m_morph->setAccessibleName(tr("Place between the standards"));
    row->addWidget(m_way);
    row->addWidget(m_morph, 1);
    layout->addWidget(m_caption);
    layout->addWidget(m_spectrum, 1);
    layout->addLayout(row);
    connect(m_way, &QComboBox::activated, this, [this] { morphTo(m_morph->value()); });
    connect(m_morph, &QSlider::valueChanged, this, &LatentMapPanel::morphTo);
    return side;
}

void LatentMapPanel::connectMapper()
{
    connect(&m_mapper, &LatentMapper::mapped, this, [this](const MappedStarsPtr& stars) {
        endJob();
        takeStars(stars);
    });
    connect(&m_mapper, &LatentMapper::laidOut, this,
        [this](const gon::Matrix& points, int iteration, bool finished) {
            if (finished) {
                endJob();
                takePoints(points, tr("t-SNE, first axis"), tr("t-SNE, second axis"));
                emit laidOut();
                return;
            }
            drawPoints(points);
            if (m_job)
                m_context.status.updateJob(*m_job, tr("Laying out the map"),
                    static_cast<double>(iteration) / LatentMapper::kTsneIterations);
        });
    connect(&m_mapper, &LatentMapper::failed, this, [this](const base::Error& error) {
        endJob();
        m_notice->showWarning(errorText(error));
        emit mapped();
    });
}

void LatentMapPanel::setModels(const GonModels& models)
{
    m_models = models;
    // Codes of another network mean nothing to this one.
    m_mapper.cancel();
    endJob();
    m_stars.reset();
    m_walk.reset();
    m_map->setPoints({}, {});
    m_inference.emplace(models.model, 1);
    fillWays();
    setStale();
}

void LatentMapPanel::setStale()
{
    m_stale = true;
    refresh();
}

void LatentMapPanel::refresh()
{
    if (!isVisible() || m_models.model == nullptr || !m_source || !std::exchange(m_stale, false))
        return;
    requestMap();
}

void LatentMapPanel::beginJob(const QString& what)
{
    endJob();
    m_job = m_context.status.beginJob(what, [this] {
        m_mapper.cancel();
        endJob();
    });
}

void LatentMapPanel::endJob()
{
    if (m_job)
        m_context.status.endJob(*std::exchange(m_job, std::nullopt));
}

void LatentMapPanel::requestMap()
{
    m_notice->dismiss();
    const MapStars stars = m_source();
    if (stars.store == nullptr && stars.atlas == nullptr)
        return;
    if (stars.store == nullptr && !stars.standards && stars.opened.empty()) {
        m_mapper.cancel();
        endJob();
        m_notice->showWarning(tr("No spectra are opened: open some, or map the standards"));
        emit mapped();
        return;
    }
    beginJob(tr("Mapping the stars"));
    m_mapper.map(m_models, stars);
}

void LatentMapPanel::takeStars(const MappedStarsPtr& stars)
{
    m_stars = stars;
    m_listed.clear();
    const auto& store = stars->store;
    m_spectrum->setAxisTexts(
        store != nullptr && store->grid()
            ? wavelengthAxisText(store->grid()->medium, spectrum::Frame::Unknown)
            : wavelengthAxisText(spectrum::Medium::Air, spectrum::Frame::Rest),
        tr("Rectified flux"));
    OddStars odd = oddStars(*stars);
    m_oddTable.setTable(std::move(odd.table));
    m_oddRows = std::move(odd.rows);
    if (stars->leftOut > 0)
        m_notice->showWarning(tr("Spectra that cannot be brought to the pixels of the network: %1")
                                  .arg(countText(static_cast<std::int64_t>(stars->leftOut))));
    takePoints(stars->plane.points, tr("First principal axis"), tr("Second principal axis"));
    fillColours();
    followSelection();
    emit mapped();
    if (choice<Layout>(*m_layout) == Layout::Principal)
        emit laidOut();
    else
        layOut();
}

void LatentMapPanel::drawPoints(const gon::Matrix& points)
{
    QVector<QPointF> places;
    for (Eigen::Index row = 0; row < points.rows(); ++row)
        places << QPointF(points(row, 0), points(row, 1));
    m_walk.reset(); // of other places
    m_map->setWalker(std::nullopt);
    m_map->setPoints(places, [stars = m_stars](int row) {
        return starText(*stars, static_cast<std::size_t>(row));
    });
    m_map->setStar(rowOf(m_context.selection.spectrum()));
    followGroup();
}

void LatentMapPanel::takePoints(
    const gon::Matrix& points, const QString& xTitle, const QString& yTitle)
{
    drawPoints(points);
    m_walk.emplace(*m_inference, m_stars->encoding.codes, points);
    QVector<double> x;
    QVector<double> y;
    for (const QPointF& place : m_map->points()) {
        x << place.x();
        y << place.y();
    }
    m_map->setAxisTexts(xTitle, yTitle);
    m_map->setTable(mapTable(*m_stars, x, y, xTitle, yTitle));
}

void LatentMapPanel::layOut()
{
    if (m_stars == nullptr)
        return;
    if (choice<Layout>(*m_layout) == Layout::Tsne) {
        beginJob(tr("Laying out the map"));
        m_mapper.layOut(m_stars);
        return;
    }
    m_mapper.cancel();
    endJob();
    takePoints(m_stars->plane.points, tr("First principal axis"), tr("Second principal axis"));
    emit laidOut();
}

void LatentMapPanel::fillColours()
{
    const QSignalBlocker quiet(m_colour);
    const MapColour before = m_colour->count() > 0 ? choice<MapColour>(*m_colour) : MapColour::Type;
    m_colour->clear();
    const std::pair<MapColour, QString> all[] { { MapColour::Type, tr("Class") },
        { MapColour::Luminosity, tr("Luminosity") }, { MapColour::SignalToNoise, tr("S/N") },
        { MapColour::Score, tr("Oddity") }, { MapColour::Survey, tr("Survey") } };
    for (const auto& [colour, name] : all)
        if (isKnown(*m_stars, colour))
            addChoice(*m_colour, name, colour);
    choose(*m_colour, before);
    if (m_colour->currentIndex() < 0)
        m_colour->setCurrentIndex(0);
    m_map->setPaint(mapPaint(*m_stars, choice<MapColour>(*m_colour)));
}

void LatentMapPanel::setLayoutKind(Layout layout)
{
    choose(*m_layout, layout);
}

void LatentMapPanel::setColour(MapColour colour)
{
    choose(*m_colour, colour);
}

void LatentMapPanel::setDrag(LatentMapPlot::Drag drag)
{
    choose(*m_drag, drag);
}

} // namespace maury::ui
