#pragma once

#include "ui/bridge/star_reconstructor.h"
#include "ui/models/plot_table.h"
#include "ui/pages/page.h"

#include <functional>
#include <memory>
#include <utility>
#include <vector>

class QCheckBox;
class QToolButton;

namespace maury::ui {

class ElidedLabel;
class NoticeBar;
class ReconstructionPlot;

/// The selected star as a model sees it; a brush hides ranges of it, and the model repairs them.
class ReconstructionPanel : public QWidget {
    Q_OBJECT
public:
    explicit ReconstructionPanel(const PageContext& context, QWidget* parent = nullptr);

    void setModels(const GonModels& models);
    /// The store that a star of the list came from and its row there; null for others.
    using Origin = std::pair<store::StorePtr, std::uint64_t>;
    void setOrigins(const std::function<Origin(SpectrumId)>& originOf) { m_originOf = originOf; }
    /// Hides these ranges of the selected star in place of those before.
    void setHidden(const std::vector<gon::WavelengthRange>& hidden);
    [[nodiscard]] const std::vector<gon::WavelengthRange>& hidden() const { return m_hidden; }
    /// Brings up to date what was not followed while the page was hidden.
    void refresh();
    /// Null until the model has answered for the selected star.
    [[nodiscard]] const StarReconstruction* reconstruction() const { return m_made.get(); }
    [[nodiscard]] bool isBusy() const { return m_reconstructor.isBusy(); }
    [[nodiscard]] ReconstructionPlot& plot() { return *m_plot; }
    [[nodiscard]] QString figures() const;
    /// Of the lines of the selected star; the inspector shows it.
    [[nodiscard]] PlotTableModel& lines() { return m_lines; }

signals:
    /// The model has answered for the selected star, or cannot.
    void reconstructed();

private:
    void makeContent();
    [[nodiscard]] QWidget* makeBar();
    void followSelection();
    void request();
    void take(const std::shared_ptr<const StarReconstruction>& star);
    void showFigures();
    void brush(const gon::WavelengthRange& range, bool done);
    void record(const std::vector<gon::WavelengthRange>& before);

    PageContext m_context;
    StarReconstructor m_reconstructor;
    GonModels m_models;
    std::function<Origin(SpectrumId)> m_originOf;
    PlotTableModel m_lines;
    ReconstructionPlot* m_plot;
    ElidedLabel* m_figures = nullptr;
    NoticeBar* m_notice = nullptr;
    QToolButton* m_brush = nullptr;
    QToolButton* m_clear = nullptr;
    QCheckBox* m_baseline = nullptr;
    SpectrumId m_star = kNoSpectrum; ///< whose ranges are hidden
    std::vector<gon::WavelengthRange> m_hidden;
    std::vector<gon::WavelengthRange> m_beforeBrush; ///< while a stroke goes on
    bool m_brushDown = false;
    bool m_stale = false;
    std::shared_ptr<const StarReconstruction> m_made;
};

} // namespace maury::ui
