#pragma once

#include "ui/bridge/spectrum_analyser.h"
#include "ui/bridge/spectrum_rereader.h"
#include "ui/bridge/variation_preview.h"
#include "ui/pages/page.h"
#include "ui/plots/spectrum_plot.h"

#include <optional>

namespace maury::ui {

class AnswerHeader;
class ComparePanel;
class EvidenceTab;
class PreparationPanel;
class SpectraInspector;
class VariationPanel;
class WhatIfPanel;
struct CompareSettings;
struct SpectrumEntry;
struct VariationSettings;

/// The spectrum of the selected star with standards over it.
class SpectraPage : public Page {
    Q_OBJECT
public:
    explicit SpectraPage(const PageContext& context, QWidget* parent = nullptr);

    [[nodiscard]] QWidget* inspector() override;
    [[nodiscard]] bool usesStarList() const override { return true; }
    [[nodiscard]] QList<QAction*> pageActions() const override { return m_actions; }
    void prepareTour(const std::function<void()>& ready) override;
    [[nodiscard]] QStringList tourViews() const override
    {
        return { kPreparationView, kRobustView, kVariationsView, kEvidenceView, kWhatIfView };
    }
    void showTourView(const QString& view) override;
    [[nodiscard]] bool isTourBusy() const override { return m_analyser.isBusy(); }

    /// Writes the spectrum as it is shown: as in the file, or prepared, with its recipe. The end of
    /// the name says the format (.fits, .ecsv, .csv). False with a message when it cannot be
    /// written.
    bool writeShown(const QString& file);

    /// The wavelengths that the user has zoomed to, in Å; nothing while all are shown.
    [[nodiscard]] std::optional<std::pair<double, double>> zoom() const;
    /// Zooms there, once a star is drawn.
    void setZoom(double firstAngstrom, double lastAngstrom);

signals:
    void zoomChanged();
    /// The button of the empty page.
    void openRequested();
    /// Train with these variations.
    void trainRequested(const maury::dataset::AugmentationSettings& augmentation);

private:
    static constexpr const char* kPreparationView = "preparation";
    static constexpr const char* kVariationsView = "variations";
    static constexpr const char* kEvidenceView = "evidence";
    static constexpr const char* kWhatIfView = "what-if";
    static constexpr const char* kRobustView = "robust"; ///< a model of that protocol answers
    void makeActions();
    /// Trains a small model of the robust protocol for the tour.
    void makeTourModel(const std::function<void()>& ready);
    /// Lets it answer, or the model again that did before.
    void showTourModel(bool robust);
    void showSpectrum();
    void analyse();
    void takeAnalysis(const Analysis& analysis);
    void connectPanels();
    void applySettings();
    void recordCompare(const QString& label, const CompareSettings& before);
    void recordPreparation(const QString& label, const classify::PrepareOptions& before);
    void recordVariations(const QString& label, const VariationSettings& before);
    void recordWhatIf(const QString& label, const preprocess::WhatIf& before);
    void connectEvidence();
    void connectFileChoice();
    void readAgain();
    void exportSpectrum();
    void showEvidence();
    [[nodiscard]] bool isShownAsInFile() const;
    void vary();
    void takeVariations(const VariationResult& result);
    void takeStandards(const QList<int>& rows);
    void draw();
    void markLines();
    void placeLines();
    void drawAsInFile(const SpectrumEntry& entry);
    void drawCompared();
    [[nodiscard]] QList<int> standardsToDraw() const;
    [[nodiscard]] QStringList notices(const SpectrumEntry& entry) const;
    [[nodiscard]] const SpectrumEntry* entry() const;

    PageContext m_context;
    SpectrumAnalyser m_analyser;
    SpectrumRereader m_rereader;
    AnswerHeader* m_header;
    VariationPreview m_preview;
    SpectrumPlot* m_plot;
    SpectraInspector* m_inspector;
    ComparePanel* m_panel;
    PreparationPanel* m_preparation;
    VariationPanel* m_variations;
    EvidenceTab* m_evidence = nullptr;
    WhatIfPanel* m_whatIf;
    std::shared_ptr<const std::vector<float>> m_varied; ///< the flux that is varied: m_analysis's
    QList<QAction*> m_actions;
    std::optional<Analysis> m_analysis; ///< of the selected spectrum
    QList<int> m_given; ///< standards that another view selected
    bool m_settingStandards = false;
    std::optional<std::pair<double, double>> m_zoomWanted; ///< waits for a star to be drawn
    std::function<void()> m_ready;
    RobustPtr m_tourModel;
    ModelPtr m_modelBefore; ///< of the window, while the tour's answers
    QString m_modelNameBefore;
};

} // namespace maury::ui
