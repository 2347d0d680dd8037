#include "ui/pages/slider_marks.h"

#include "ui/plots/plot_theme.h"

#include <QEvent>
#include <QPainter>
#include <QSlider>
#include <QStyle>
#include <QStyleOptionSlider>

namespace maury::ui {
namespace {

constexpr double kHalfWidth = 3.5;
constexpr double kHeight = 6.0;

} // namespace

SliderMarks::SliderMarks(QSlider& slider)
    : QWidget(&slider)
    , m_slider(slider)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    slider.installEventFilter(this);
    setGeometry(slider.rect());
}

void SliderMarks::setPositions(const QList<int>& positions)
{
    m_positions = positions;
    update();
}

bool SliderMarks::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Resize)
        setGeometry(m_slider.rect());
    return QWidget::eventFilter(watched, event);
}

void SliderMarks::paintEvent(QPaintEvent* /*event*/)
{
    if (m_positions.isEmpty())
        return;
    const int handle
        = m_slider.style()->pixelMetric(QStyle::PM_SliderLength, nullptr, &m_slider);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(PlotTheme::from(palette()).warning);
    for (const int position : m_positions) {
        const double x = 0.5 * handle
            + QStyle::sliderPositionFromValue(
                m_slider.minimum(), m_slider.maximum(), position, width() - handle);
        painter.drawPolygon(QPolygonF { { x - kHalfWidth, 0.0 }, { x + kHalfWidth, 0.0 },
            { x, kHeight } });
    }
}

} // namespace maury::ui
