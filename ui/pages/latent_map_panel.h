#pragma once

#include "core/gon/latent_walk.h"
#include "ui/bridge/latent_mapper.h"
#include "ui/bridge/status_reporter.h"
#include "ui/models/map_paint.h"
#include "ui/models/plot_table.h"
#include "ui/models/trace.h"
#include "ui/pages/page.h"
#include "ui/plots/latent_map_plot.h"

#include <QHash>
#include <QThreadPool>

#include <functional>
#include <optional>

class QComboBox;
class QLabel;
class QSlider;
class QToolButton;

namespace maury::ui {

class ElidedLabel;
class NoticeBar;
class SpectrumPlot;

/// Where a star stands among the others: the map of their codes, and beside it the star and its
/// twins, or the spectrum of the place that a walk has come to.
class LatentMapPanel : public QWidget {
    Q_OBJECT
public:
    enum class Layout { Principal, Tsne };

    explicit LatentMapPanel(const PageContext& context, QWidget* parent = nullptr);
    ~LatentMapPanel() override;

    void setModels(const GonModels& models);
    /// Asked for the stars whenever a map is made.
    void setStars(const std::function<MapStars()>& stars) { m_source = stars; }
    /// The stars are others now, or may be.
    void setStale();
    /// The row of the mapped store that a star of the list came from; nothing for others.
    [[nodiscard]] std::optional<std::uint64_t> storeRowOf(SpectrumId id) const;
    /// Brings up to date what was not followed while the page was hidden.
    void refresh();

    void setLayoutKind(Layout layout);
    void setColour(MapColour colour);
    void setDrag(LatentMapPlot::Drag drag);
    /// Draws the selected star, one of its twins and their difference.
    void showTwin(int line);
    /// Selects the star of a line of the odd ones.
    void chooseOdd(int line);
    /// Shows the spectrum of a place of the map. Precondition: stars().
    void walkTo(const QPointF& place);
    /// The place of the slider between the standards that it leads along.
    void morphTo(int position);

    /// Null until a map is made.
    [[nodiscard]] const MappedStarsPtr& stars() const { return m_stars; }
    [[nodiscard]] LatentMapPlot& map() { return *m_map; }
    [[nodiscard]] SpectrumPlot& spectrum() { return *m_spectrum; }
    [[nodiscard]] QString caption() const;
    [[nodiscard]] QSlider& morphSlider() { return *m_morph; }
    [[nodiscard]] QComboBox& morphBox() { return *m_way; }
    [[nodiscard]] PlotTableModel& odd() { return m_oddTable; }
    [[nodiscard]] PlotTableModel& twins() { return m_twinTable; }
    [[nodiscard]] bool isBusy() const { return m_mapper.isBusy(); }

signals:
    /// A map is made, or cannot be.
    void mapped();
    /// The last map of a layout is drawn.
    void laidOut();

private:
    void makeContent();
    [[nodiscard]] QWidget* makeBar();
    [[nodiscard]] QWidget* makeSide();
    void connectMapper();
    void requestMap();
    /// Calls `use` with the ids of rows, now, or when those of a store have come to the list.
    void withIds(const QVector<int>& rows, const std::function<void(QList<SpectrumId>)>& use);
    [[nodiscard]] SpectrumId idOf(int row) const;
    void takeStars(const MappedStarsPtr& stars);
    void drawPoints(const gon::Matrix& points);
    /// Points that stay: one can walk among them.
    void takePoints(const gon::Matrix& points, const QString& x, const QString& y);
    void beginJob(const QString& what);
    void endJob();
    void layOut();
    void followSelection();
    void followGroup();
    void fillColours();
    void fillWays();
    void showCode(const Eigen::RowVectorXf& code, const QString& caption, bool supported);
    void showFacts();
    [[nodiscard]] int rowOf(SpectrumId id) const;
    [[nodiscard]] Trace traceOf(std::size_t row) const;

    PageContext m_context;
    LatentMapper m_mapper;
    GonModels m_models;
    std::function<MapStars()> m_source;
    MappedStarsPtr m_stars;
    std::optional<gon::LatentInference> m_inference; ///< decodes where one walks
    std::optional<gon::LatentWalk> m_walk;
    struct Way {
        gon::MorphAxis axis = gon::MorphAxis::Temperature;
        double fixed = 0.0; ///< luminosity or temperature code that all standards of the way share
    };
    std::vector<Way> m_ways; ///< as in the box
    PlotTableModel m_oddTable;
    PlotTableModel m_twinTable;
    QHash<int, SpectrumId> m_listed; ///< rows of a mapped store that are in the list of stars
    QThreadPool m_pool; ///< reads them
    std::vector<std::size_t> m_oddRows;
    std::vector<std::size_t> m_twinRows;
    bool m_stale = true;

    LatentMapPlot* m_map = nullptr;
    SpectrumPlot* m_spectrum = nullptr;
    QComboBox* m_layout = nullptr;
    QComboBox* m_colour = nullptr;
    QComboBox* m_drag = nullptr;
    QToolButton* m_all = nullptr;
    ElidedLabel* m_facts = nullptr;
    ElidedLabel* m_caption = nullptr;
    QComboBox* m_way = nullptr;
    QSlider* m_morph = nullptr;
    NoticeBar* m_notice = nullptr;
    std::optional<StatusReporter::JobId> m_job;
};

} // namespace maury::ui
