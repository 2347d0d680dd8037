#pragma once

#include "ui/models/parameter_spec.h"

#include <QDoubleSpinBox>
#include <QWidget>

#include <utility>

class QLabel;
class QSlider;
class QToolButton;

namespace maury::ui {

class SliderMarks;

/// A field for numbers of any size: as many digits as the number needs ("0.01", "2e-05"), and
/// exponents may be typed.
class NumberField : public QDoubleSpinBox {
    Q_OBJECT
public:
    explicit NumberField(QWidget* parent = nullptr);

protected:
    [[nodiscard]] QString textFromValue(double value) const override;
    [[nodiscard]] double valueFromText(const QString& text) const override;
    QValidator::State validate(QString& input, int& position) const override;

private:
    [[nodiscard]] QString withoutSuffix(const QString& text) const;
};

/// One setting: label, slider, field with unit, and a button that goes back to the paper's value.
class ParameterRow : public QWidget {
    Q_OBJECT
public:
    explicit ParameterRow(const ParameterSpec& spec, QWidget* parent = nullptr);

    [[nodiscard]] double value() const;
    /// Without emitting valueChanged().
    void setValue(double value);
    /// Marks over the slider at these values; those beyond its ends are left out.
    void setMarks(const QList<double>& values);
    [[nodiscard]] const QList<int>& marks() const; ///< their positions on the slider
    /// The ends of the slider.
    [[nodiscard]] std::pair<double, double> range() const { return { m_spec.low, m_spec.high }; }
    /// Disables slider and field; the tool tip then says why. An empty reason enables them.
    void setLocked(const QString& reason);
    [[nodiscard]] bool isLocked() const { return m_locked; }
    void setLabelWidth(int width);
    [[nodiscard]] int labelWidth() const;

    [[nodiscard]] QSlider& slider() { return *m_slider; }
    [[nodiscard]] QDoubleSpinBox& field() { return *m_field; }
    [[nodiscard]] QToolButton& resetButton() { return *m_reset; }

signals:
    /// By the user, in whatever way.
    void valueChanged(double value);

private:
    void makeControls();
    void placeSlider();
    [[nodiscard]] int positionOf(double value) const;
    void takeSlider(int position);
    void updateReset();

    ParameterSpec m_spec;
    QLabel* m_label;
    QSlider* m_slider;
    NumberField* m_field;
    QToolButton* m_reset;
    SliderMarks* m_marks;
    bool m_locked = false;
};

/// Gives the labels of rows that stand below each other one width.
void alignLabels(const QList<ParameterRow*>& rows);

} // namespace maury::ui
