#pragma once

#include "ui/bridge/spectrum_analyser.h"
#include "ui/models/judges_model.h"
#include "ui/pages/page.h"

#include <QWidget>

#include <array>
#include <optional>

class QLabel;

namespace maury::ui {

class SpectrumPlot;

/// The selected star with what every judge says of it side by side, over its spectrum with the
/// standards of the two who differ most.
class JudgesView : public QWidget {
    Q_OBJECT
public:
    explicit JudgesView(const PageContext& context, QWidget* parent = nullptr);

    /// Shows a star of the list of spectra; null: it was not judged.
    void showStar(SpectrumId star, const JudgedRow* judged);
    /// What a judge is shown to say, for tests and assistive technology.
    [[nodiscard]] QString said(explain::Judge judge) const;
    [[nodiscard]] QString verdict() const;
    [[nodiscard]] SpectrumPlot& plot() { return *m_plot; }
    [[nodiscard]] bool isBusy() const { return m_analyser.isBusy(); }

protected:
    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    struct Card {
        QLabel* judge = nullptr;
        QLabel* type = nullptr;
        QLabel* detail = nullptr;
    };

    QWidget* makeCards();
    void fillCards();
    void analyse();
    void draw(const Analysis& analysis);
    /// The rows of the atlas that stand for the two judges who differ most.
    [[nodiscard]] std::vector<std::pair<explain::Judge, int>> drawnStandards() const;

    PageContext m_context;
    SpectrumAnalyser m_analyser;
    SpectrumId m_star = kNoSpectrum;
    SpectrumId m_analysed = kNoSpectrum; ///< whose spectrum was asked for last
    std::optional<JudgedRow> m_judged;
    std::array<Card, explain::kJudges> m_cards;
    QLabel* m_verdict = nullptr;
    SpectrumPlot* m_plot;
};

} // namespace maury::ui
