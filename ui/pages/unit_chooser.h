#pragma once

#include <QWidget>

#include <vector>

class QCheckBox;
class QSlider;
class QSpinBox;
class QToolButton;

namespace maury::ui {

/// Chooses a unit of the first layer: by number, or step by step in the order of influence. Units
/// count from 1 on the screen and from 0 in the program.
class UnitChooser : public QWidget {
    Q_OBJECT
public:
    explicit UnitChooser(QWidget* parent = nullptr);

    /// Units by falling influence. A list of another length is another network: the most
    /// influential unit is chosen. Without emitting.
    void setOrder(const std::vector<int>& order);
    /// Whether there is a start to compare with.
    void setInitialKnown(bool known);
    [[nodiscard]] int unit() const { return m_unit; }
    [[nodiscard]] int rank() const; ///< 0 = the most influential; −1 without units
    [[nodiscard]] bool showsChange() const;

    [[nodiscard]] QSlider& slider() { return *m_slider; }
    [[nodiscard]] QSpinBox& field() { return *m_field; }
    [[nodiscard]] QToolButton& strongest() { return *m_strongest; }
    [[nodiscard]] QToolButton& stronger() { return *m_stronger; }
    [[nodiscard]] QToolButton& weaker() { return *m_weaker; }
    [[nodiscard]] QCheckBox& change() { return *m_change; }

signals:
    /// By the user: another unit, or weights against their change.
    void chosen();

private:
    QToolButton* makeButton(const QString& text, const QString& tip, int rankStep);
    void choose(int unit);
    void place(int unit);

    std::vector<int> m_order;
    int m_unit = 0;
    QSlider* m_slider;
    QSpinBox* m_field;
    QToolButton* m_strongest;
    QToolButton* m_stronger;
    QToolButton* m_weaker;
    QCheckBox* m_change;
};

} // namespace maury::ui
