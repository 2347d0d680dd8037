#pragma once

#include "ui/plots/figure_export.h"

#include <QDialog>

class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QSpinBox;

namespace maury::ui {

/// Asks for format and size of a figure; remembers them for the next one.
class FigureDialog : public QDialog {
    Q_OBJECT
public:
    explicit FigureDialog(QWidget* parent = nullptr);

    [[nodiscard]] FigureFormat format() const;
    [[nodiscard]] FigureSettings settings() const;
    void accept() override;

private:
    void makeFields();
    /// Width and height in millimetres or pixels, whose size the resolution tells.
    void changeUnit();
    void describe();
    [[nodiscard]] bool inPixels() const;

    QComboBox* m_format = nullptr;
    QDoubleSpinBox* m_width = nullptr;
    QDoubleSpinBox* m_height = nullptr;
    QComboBox* m_unit = nullptr;
    QSpinBox* m_resolution = nullptr;
    QLabel* m_result = nullptr;
    FigureSettings m_settings;
};

} // namespace maury::ui
