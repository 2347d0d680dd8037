#pragma once

#include "ui/bridge/spectrum_analyser.h"
#include "ui/models/spectrum_list_model.h"
#include "ui/pages/elided_label.h"

#include <QStringList>
#include <QWidget>

namespace maury::ui {

/// Two lines above the plot: the star with the model's answer and whether to believe it; what the
/// curves are.
class AnswerHeader : public QWidget {
    Q_OBJECT
public:
    explicit AnswerHeader(QWidget* parent = nullptr);

    /// A new star, nothing known yet.
    void showStar(const SpectrumEntry& entry);
    void showAnalysis(const Analysis& analysis);
    /// Names of the standards drawn.
    void showLegend(const QStringList& standards);

    /// The verdict as plain text, for tests and assistive technology.
    [[nodiscard]] QString verdict() const { return m_verdict->wholeText(); }
    [[nodiscard]] QString answer() const;

protected:
    void changeEvent(QEvent* event) override;

private:
    enum class Level { None, Good, Warning, Error };
    void setVerdict(Level level, const QString& text);
    void showVerdict();
    void paintLegend();

    QLabel* m_star;
    QLabel* m_answer;
    QLabel* m_legend;
    QLabel* m_verdictIcon;
    ElidedLabel* m_verdict;
    Level m_level = Level::None;
    QStringList m_standards;
};

} // namespace maury::ui
