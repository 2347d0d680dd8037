#pragma once

#include "core/classify/star_classifier.h"
#include "core/mk/class_scheme.h"
#include "core/preprocess/what_if.h"
#include "ui/bridge/flip_scanner.h"

#include <QTimer>
#include <QWidget>

#include <string>
#include <vector>

class QLabel;
class QPushButton;

namespace maury::ui {

class ClassProbabilityPlot;
class ParameterRow;

/// Sliders that change the shown spectrum before it is prepared and typed, with the answers as it
/// is and as it is changed; marks on the slider that was moved last show where the type flips.
class WhatIfPanel : public QWidget {
    Q_OBJECT
public:
    explicit WhatIfPanel(const Workspace& workspace, QWidget* parent = nullptr);

    [[nodiscard]] const preprocess::WhatIf& settings() const { return m_settings; }
    /// Without emitting edited().
    void setSettings(const preprocess::WhatIf& settings);
    /// All back to zero, without emitting; the answers are forgotten.
    void resetForNewStar();
    /// What is being typed: where the type flips is looked for in it. May be null.
    void setSpectrum(
        const spectrum::SpectrumPtr& spectrum, const classify::PrepareOptions& options);
    /// The answer to the spectrum with settings(); null: none.
    void showAnswer(const classify::Prediction* prediction, const mk::ClassScheme* scheme);

    /// "velocity", "rotation", "blur", "snr" or "tilt". Precondition: one of these.
    [[nodiscard]] ParameterRow& row(const std::string& id);
    [[nodiscard]] ClassProbabilityPlot& probabilities() { return *m_probabilities; }
    [[nodiscard]] QPushButton& resetAll() { return *m_reset; }
    [[nodiscard]] QString answerText() const;
    [[nodiscard]] QString flipText() const;

signals:
    /// By the user. label: what was changed, in words.
    void edited(const QString& label, const maury::preprocess::WhatIf& before);

private:
    struct Slider {
        std::string id;
        QString label;
        double preprocess::WhatIf::*member;
        ParameterRow* row;
    };

    void addSlider(const std::string& id, double preprocess::WhatIf::*member, double low,
        double high, double fieldHigh, const QString& label, const QString& unit,
        const QString& tip);
    void change(const QString& label, const preprocess::WhatIf& settings);
    void showSettings();
    void scan();
    void takeFlips(const QList<FlipPoint>& points);
    void showTexts();

    preprocess::WhatIf m_settings;
    std::vector<Slider> m_sliders;
    std::size_t m_moved = 0; ///< the slider that was moved last
    spectrum::SpectrumPtr m_spectrum;
    classify::PrepareOptions m_options;
    QString m_plain; ///< the answer to the spectrum as it is
    QString m_changed; ///< with settings()
    QList<FlipPoint> m_flips; ///< where another type begins, along the slider that was moved last
    bool m_looked = false; ///< whether m_flips is known
    FlipScanner m_scanner;
    QTimer m_settle; ///< scanning waits until the slider rests
    QLabel* m_answer;
    QLabel* m_flipsShown;
    QPushButton* m_reset;
    ClassProbabilityPlot* m_probabilities; ///< of the spectrum as it is changed
};

} // namespace maury::ui
