#pragma once

#include <QList>
#include <QWidget>

class QSlider;

namespace maury::ui {

/// Small triangles over a horizontal slider at places that matter, drawn in the colour of warnings.
/// The slider owns it; the mouse goes through.
class SliderMarks : public QWidget {
    Q_OBJECT
public:
    explicit SliderMarks(QSlider& slider);

    /// Positions of the slider.
    void setPositions(const QList<int>& positions);
    [[nodiscard]] const QList<int>& positions() const { return m_positions; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    QSlider& m_slider;
    QList<int> m_positions;
};

} // namespace maury::ui
