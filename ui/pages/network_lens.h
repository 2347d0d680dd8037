#pragma once

#include "ui/bridge/network_source.h"
#include "ui/bridge/spectrum_analyser.h"
#include "ui/models/probe_history.h"
#include "ui/pages/page.h"

#include <QElapsedTimer>

class QCheckBox;
class QLabel;
class QStackedLayout;
class QStackedWidget;

namespace maury::ui {

class ElidedLabel;
class EmptyState;
class FilterPlot;
class HistogramPlot;
class NetworkDiagram;
class SpreadHistoryPlot;
class UnitChooser;

/// The inside of a network while it learns, or of the model at hand: its layers with their sizes,
/// the chosen layer's weights, gradients and activations as histograms, now and over the epochs of
/// the run, and the filters of the first layer against wavelength. Looks only while it is visible.
class NetworkLens : public QWidget {
    Q_OBJECT
public:
    /// The session outlives the lens.
    NetworkLens(const PageContext& context, TrainingSession& session, QWidget* parent = nullptr);

    [[nodiscard]] NetworkDiagram& diagram() { return *m_diagram; }
    [[nodiscard]] HistogramPlot& histograms() { return *m_histograms; }
    [[nodiscard]] SpreadHistoryPlot& spreads() { return *m_spreads; }
    [[nodiscard]] QCheckBox& overEpochs() { return *m_overEpochs; }
    [[nodiscard]] const ProbeHistory& history() const { return m_history; }
    [[nodiscard]] FilterPlot& filter() { return *m_filter; }
    [[nodiscard]] UnitChooser& units() { return *m_units; }
    [[nodiscard]] QCheckBox& logarithmic() { return *m_logarithmic; }
    [[nodiscard]] const QLabel& facts() const { return *m_facts; }
    [[nodiscard]] train::ProbedNetworkPtr network() const { return m_source.network(); }

signals:
    /// The button of the empty state.
    void startRequested();

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void makeContent();
    [[nodiscard]] QWidget* makeLayers();
    [[nodiscard]] QWidget* makeHistograms();
    [[nodiscard]] QWidget* makeFilters();
    void takeProbe(const train::ProbedNetwork& network);
    void takeNetwork();
    void showLayer();
    void showSpreads();
    void showUnit();
    void showLegend();
    void chooseSpectrum();
    void markLines();

    PageContext m_context;
    NetworkSource m_source;
    SpectrumAnalyser m_analyser;
    QStackedLayout* m_views;
    EmptyState* m_empty;
    ElidedLabel* m_title = nullptr;
    NetworkDiagram* m_diagram = nullptr;
    QLabel* m_facts = nullptr;
    QLabel* m_layer = nullptr;
    QLabel* m_legend = nullptr;
    QCheckBox* m_logarithmic = nullptr;
    HistogramPlot* m_histograms = nullptr;
    SpreadHistoryPlot* m_spreads = nullptr;
    QCheckBox* m_overEpochs = nullptr;
    QStackedWidget* m_numbers = nullptr; ///< histograms of now, or over the epochs
    ProbeHistory m_history; ///< of the run that goes on, or of the last one
    UnitChooser* m_units = nullptr;
    ElidedLabel* m_driven = nullptr;
    FilterPlot* m_filter = nullptr;
};

} // namespace maury::ui
