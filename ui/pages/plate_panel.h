#pragma once

#include "ui/plots/plate_style.h"

#include <QWidget>

#include <array>

class QCheckBox;

namespace maury::ui {

class PlateView;

/// Photographic strips with the switches that say how they are printed.
class PlatePanel : public QWidget {
    Q_OBJECT
public:
    explicit PlatePanel(QWidget* parent = nullptr);

    [[nodiscard]] PlateView& view() { return *m_view; }
    [[nodiscard]] QCheckBox& box(bool PlateStyle::*field);

signals:
    void styleChanged();

private:
    PlateView* m_view;
    std::array<std::pair<QCheckBox*, bool PlateStyle::*>, 3> m_boxes {};
};

} // namespace maury::ui
