#include "ui/pages/latent_map_panel.h"

#include "ui/bridge/error_text.h"
#include "ui/bridge/number_text.h"
#include "ui/bridge/when_done.h"
#include "ui/models/selection.h"
#include "ui/models/spectrum_list_model.h"
#include "ui/pages/elided_label.h"
#include "ui/pages/notice_bar.h"
#include "ui/pages/settings_form.h"
#include "ui/plots/spectrum_plot.h"

#include <QComboBox>
#include <QSlider>
#include <QToolButton>
#include <QtConcurrent>

#include <algorithm>
#include <cmath>
#include <limits>

// The stars of the map one by one: the selected one with its twins, and walks between them.

namespace maury::ui {

SpectrumId LatentMapPanel::idOf(int row) const
{
    const SpectrumId id = m_stars->ids[static_cast<std::size_t>(row)];
    return id == kNoSpectrum ? m_listed.value(row, kNoSpectrum) : id;
}

std::optional<std::uint64_t> LatentMapPanel::storeRowOf(SpectrumId id) const
{
    const int row = m_stars == nullptr || m_stars->store == nullptr ? -1 : rowOf(id);
    return row < 0 ? std::nullopt
                   : std::optional(m_stars->storeRows[static_cast<std::size_t>(row)]);
}

void LatentMapPanel::withIds(
    const QVector<int>& rows, const std::function<void(QList<SpectrumId>)>& use)
{
    QList<int> missing;
    for (const int row : rows)
        if (idOf(row) == kNoSpectrum)
            missing << row;
    const auto finish = [this, rows, use] {
        QList<SpectrumId> ids;
        for (const int row : rows)
            if (idOf(row) != kNoSpectrum)
                ids << idOf(row);
        if (!ids.isEmpty() || rows.isEmpty())
            use(ids);
    };
    if (missing.isEmpty()) {
        finish();
        return;
    }
    using Read = QList<std::shared_ptr<const base::Result<spectrum::SpectrumPtr>>>;
    whenDone(this,
        QtConcurrent::run(&m_pool,
            [stars = m_stars, missing] {
                Read read;
                for (const int row : missing)
                    read << std::make_shared<const base::Result<spectrum::SpectrumPtr>>(
                        stars->store->spectrum(stars->storeRows[static_cast<std::size_t>(row)]));
                return read;
            }),
        [this, stars = m_stars, missing, finish](const Read& read) {
            if (stars != m_stars)
                return;
            for (qsizetype i = 0; i < read.size(); ++i)
                if (*read[i])
                    m_listed[missing[i]] = m_context.spectra.addSpectrum(**read[i]);
                else
                    m_notice->showError(errorText(read[i]->error()));
            finish();
        });
}

int LatentMapPanel::rowOf(SpectrumId id) const
{
    if (m_stars == nullptr)
        return -1;
    if (id == kNoSpectrum)
        return -1;
    if (m_stars->store != nullptr)
        return m_listed.key(id, -1);
    const auto found = std::find(m_stars->ids.begin(), m_stars->ids.end(), id);
    return found == m_stars->ids.end() ? -1 : static_cast<int>(found - m_stars->ids.begin());
}

void LatentMapPanel::followSelection()
{
    if (m_stars == nullptr)
        return;
    const int row = rowOf(m_context.selection.spectrum());
    m_map->setStar(row);
    fillWays();
    m_twinRows.clear();
    if (row < 0) {
        m_twinTable.setTable({});
        m_spectrum->setCurves({}, {}, {});
        m_caption->setWholeText(tr("The selected star is not on this map"));
        return;
    }
    Twins twins = twinsOf(*m_stars, static_cast<std::size_t>(row));
    m_twinTable.setTable(std::move(twins.table));
    m_twinRows = std::move(twins.rows);
    showTwin(0);
}

void LatentMapPanel::followGroup()
{
    QVector<int> rows;
    for (const SpectrumId id : m_context.selection.group())
        if (const int row = rowOf(id); row >= 0)
            rows << row;
    m_map->setChosen(rows);
    showFacts();
}

void LatentMapPanel::showFacts()
{
    const auto& group = m_context.selection.group();
    m_all->setEnabled(!group.isEmpty());
    QStringList facts;
    if (m_stars != nullptr) {
        facts << tr("Stars: %1").arg(countText(static_cast<std::int64_t>(m_stars->ids.size())));
        if (!group.isEmpty())
            facts << tr("chosen: %1").arg(countText(group.size()));
        if (choice<Layout>(*m_layout) == Layout::Principal)
            facts << tr("%1 of the variance")
                         .arg(percentText(m_stars->plane.explained[0] + m_stars->plane.explained[1],
                             static_cast<std::int64_t>(m_stars->ids.size())));
    }
    m_facts->setWholeText(facts.join(QStringLiteral(" · ")));
}

Trace LatentMapPanel::traceOf(std::size_t row) const
{
    const gon::SpectrumSet& set = m_stars->set;
    Trace trace;
    trace.name = QString::fromStdString(
        row < set.types.size() && !set.types[row].empty() ? set.types[row] : set.stars[row]);
    trace.wavelength
        = QVector<double>(set.wavelengthAngstrom.begin(), set.wavelengthAngstrom.end());
    const auto at = static_cast<Eigen::Index>(row);
    for (Eigen::Index p = 0; p < set.flux.cols(); ++p)
        trace.flux << (set.ivar(at, p) > 0.0F ? static_cast<double>(set.flux(at, p))
                                              : std::numeric_limits<double>::quiet_NaN());
    return trace;
}

void LatentMapPanel::showTwin(int line)
{
    const int row = rowOf(m_context.selection.spectrum());
    if (row < 0 || line < 0 || line >= std::ssize(m_twinRows))
        return;
    const Trace star = traceOf(static_cast<std::size_t>(row));
    const Trace twin = traceOf(m_twinRows[static_cast<std::size_t>(line)]);
    Trace difference = star;
    for (qsizetype p = 0; p < star.flux.size(); ++p)
        difference.flux[p] -= twin.flux[p];
    m_map->setWalker(std::nullopt);
    m_spectrum->setCurves(star, { twin, {} }, difference);
    m_caption->setWholeText(tr("%1, its twin %2 and their difference")
                                .arg(star.name, twin.name));
}

void LatentMapPanel::chooseOdd(int line)
{
    if (line < 0 || line >= std::ssize(m_oddRows))
        return;
    withIds({ static_cast<int>(m_oddRows[static_cast<std::size_t>(line)]) },
        [this](const QList<SpectrumId>& ids) {
            m_context.selection.setSpectrum(ids.first());
        });
}

QString LatentMapPanel::caption() const
{
    return m_caption->wholeText();
}

void LatentMapPanel::walkTo(const QPointF& place)
{
    if (!m_walk)
        return;
    m_map->setWalker(place);
    const Eigen::RowVectorXf code = m_walk->codeAt(place.x(), place.y());
    const double support = m_walk->support(code);
    const bool supported = support <= gon::kFarthestSupported;
    showCode(code,
        supported ? tr("The spectrum of this place")
                  : tr("The spectrum of this place: no standard is near enough to vouch for it"),
        supported);
}

void LatentMapPanel::showCode(
    const Eigen::RowVectorXf& code, const QString& caption, bool supported)
{
    const gon::Matrix flux = m_inference->decode(code);
    const auto& grid = m_models.model->wavelengthAngstrom;
    Trace trace { tr("model"), QVector<double>(grid.begin(), grid.end()), {} };
    for (Eigen::Index p = 0; p < flux.cols(); ++p)
        trace.flux << static_cast<double>(flux(0, p));
    m_spectrum->setCurves(trace, {}, {});
    m_caption->setWholeText((supported ? QString() : QStringLiteral("⚠ ")) + caption);
}

void LatentMapPanel::fillWays()
{
    const QSignalBlocker quiet(m_way);
    const int before = std::max(0, m_way->currentIndex());
    m_way->clear();
    m_ways.clear();
    if (m_models.model == nullptr)
        return;
    const gon::ReferenceCodes& reference = m_models.model->reference;
    const auto add = [&](const QString& name, const Way& way) {
        if (morphNodes(reference, way.axis, way.fixed).size() < 2)
            return;
        m_way->addItem(name);
        m_ways.push_back(way);
    };
    using Axis = gon::MorphAxis;
    add(tr("Classes at V"), { Axis::Temperature, 5.0 });
    add(tr("Classes at III"), { Axis::Temperature, 3.0 });
    add(tr("Classes at I"), { Axis::Temperature, 0.0 });
    const int row = rowOf(m_context.selection.spectrum());
    const gon::Label* label
        = m_stars == nullptr ? nullptr : m_stars->set.label(gon::kTemperatureLabel);
    if (row >= 0 && label != nullptr) {
        const double code = label->values[static_cast<std::size_t>(row)];
        if (std::isfinite(code))
            add(tr("Luminosities"), { Axis::Luminosity, code });
    }
    m_way->setCurrentIndex(std::min(before, m_way->count() - 1));
    m_way->setEnabled(m_way->count() > 0);
    m_morph->setEnabled(m_way->count() > 0);
}

void LatentMapPanel::morphTo(int position)
{
    const int index = m_way->currentIndex();
    if (!m_inference || index < 0)
        return;
    const Way& way = m_ways[static_cast<std::size_t>(index)];
    const gon::ReferenceCodes& reference = m_models.model->reference;
    const auto nodes = gon::morphNodes(reference, way.axis, way.fixed);
    const double share = position / static_cast<double>(m_morph->maximum());
    const double at = nodes.front().position
        + share * (nodes.back().position - nodes.front().position);
    const gon::MorphPlace place = gon::morphAt(reference, nodes, way.axis, at);
    const auto type = [&](std::size_t row) { return QString::fromStdString(reference.types[row]); };
    const QString caption = place.before == place.after
        ? tr("The standard %1").arg(type(place.after))
        : place.supported
        ? tr("%1 of the way from %2 to %3")
              .arg(percentText(place.fraction, 100), type(place.before), type(place.after))
        : tr("Between %1 and %2 there is no standard").arg(type(place.before), type(place.after));
    m_map->setWalker(std::nullopt);
    showCode(place.code, caption, place.supported);
}

} // namespace maury::ui
