#include "ui/plots/network_diagram.h"

#include "core/base/contract.h"
#include "ui/bridge/number_text.h"
#include "ui/plots/plot_theme.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace maury::ui {

namespace {

constexpr int kInput = -1;
constexpr int kMargin = 8;
constexpr double kNarrowest = 0.12; // of the width, so that a head of three classes can be seen
constexpr double kLuminosityShare = 0.42; // of the width of the last row
constexpr int kTextPadding = 6;

} // namespace

NetworkDiagram::NetworkDiagram(QWidget* parent)
    : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Layers of the network"));
    setToolTip(tr("Click a layer, or choose it with the arrow keys, to see its numbers"));
    setStatusTip(toolTip());
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    describe();
}

void NetworkDiagram::setNetwork(const nn::NetworkSpec& spec)
{
    if (spec == m_spec)
        return;
    m_spec = spec;
    m_layer = std::min(m_layer, layers() - 1);
    describe();
    updateGeometry();
    update();
}

void NetworkDiagram::setLayer(int layer)
{
    EXPECTS(layer >= 0 && layer < layers());
    m_layer = layer;
    describe();
    update();
}

void NetworkDiagram::choose(int layer)
{
    if (layer < 0 || layer >= layers() || layer == m_layer)
        return;
    setLayer(layer);
    emit layerChosen(layer);
}

void NetworkDiagram::describe()
{
    setAccessibleDescription(tr("%1 is chosen").arg(boxText(m_layer)));
}

int NetworkDiagram::sizeOf(int layer) const
{
    if (layer == kInput)
        return m_spec.inputs;
    if (layer < hidden())
        return m_spec.hidden[static_cast<std::size_t>(layer)];
    return layer == hidden() ? m_spec.scClasses : m_spec.lcClasses;
}

std::int64_t NetworkDiagram::parametersOf(int layer) const
{
    const std::int64_t fanIn = sizeOf(std::min(layer, hidden()) - 1);
    return (fanIn + 1) * sizeOf(layer);
}

QString NetworkDiagram::boxText(int layer) const
{
    const QString size = countText(sizeOf(layer));
    if (layer == kInput)
        return tr("spectrum %1").arg(size);
    if (layer < hidden())
        return tr("hidden %1: %2").arg(layer + 1).arg(size);
    return layer == hidden() ? tr("SC %1").arg(size) : tr("LC %1").arg(size);
}

int NetworkDiagram::rowOf(int layer) const
{
    return std::min(layer, hidden()) + 1;
}

int NetworkDiagram::boxHeight() const
{
    return fontMetrics().height() + kTextPadding;
}

double NetworkDiagram::rowHeight() const
{
    const double room = height() - 2.0 * kMargin - boxHeight();
    const double most = 2.6 * boxHeight();
    return std::clamp(room / (rows() - 1), 1.0 * boxHeight(), most);
}

QRectF NetworkDiagram::box(int layer) const
{
    const double all = width() - 2.0 * kMargin;
    int largest = m_spec.inputs;
    for (const int size : m_spec.hidden)
        largest = std::max(largest, size);
    const double share = std::log1p(sizeOf(layer)) / std::log1p(std::max(2, largest));
    const bool head = layer >= hidden();
    const double place = !head ? all
        : layer == hidden()    ? all * (1.0 - kLuminosityShare) - kMargin
                               : all * kLuminosityShare;
    const double wide = std::min(place, std::max(kNarrowest, share) * all);
    const double centre = kMargin
        + (layer == hidden()       ? place / 2.0
                : layer > hidden() ? all - place / 2.0
                                   : all / 2.0);
    const double top = kMargin + rowOf(layer) * rowHeight();
    return { centre - wide / 2.0, top, wide, static_cast<double>(boxHeight()) };
}

QPolygonF NetworkDiagram::wayTo(int layer) const
{
    const QRectF from = box(std::min(layer, hidden()) - 1);
    const QRectF to = box(layer);
    QPolygonF way { QVector<QPointF> { to.topRight(), to.topLeft() } };
    if (layer < hidden())
        return way << from.bottomLeft() << from.bottomRight();
    // The heads share the layer above them.
    const QPointF middle(from.center().x(), from.bottom());
    return layer == hidden() ? way << from.bottomLeft() << middle
                             : way << middle << from.bottomRight();
}

int NetworkDiagram::layerAt(const QPointF& point) const
{
    for (int layer = 0; layer < layers(); ++layer)
        if (box(layer).contains(point) || wayTo(layer).containsPoint(point, Qt::OddEvenFill))
            return layer;
    return -1;
}

QSize NetworkDiagram::sizeHint() const
{
    return { 224, 2 * kMargin + boxHeight() * (2 * rows() - 1) };
}

QSize NetworkDiagram::minimumSizeHint() const
{
    return { 160, 2 * kMargin + boxHeight() * rows() };
}

void NetworkDiagram::paintEvent(QPaintEvent*)
{
    const PlotTheme theme = PlotTheme::from(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(rect(), theme.background);
    if (m_spec.scClasses == 0)
        return;
    const bool room = rowHeight() > 1.6 * boxHeight(); // for the numbers of parameters
    for (int layer = 0; layer < layers(); ++layer) {
        QColor fill = layer == m_layer ? theme.accent : theme.axis;
        fill.setAlphaF(layer == m_layer ? 0.30F : 0.12F);
        const QPolygonF way = wayTo(layer);
        painter.setPen(Qt::NoPen);
        painter.setBrush(fill);
        painter.drawPolygon(way);
        if (!room)
            continue;
        painter.setPen(theme.text);
        const QRectF gap(way.boundingRect());
        const QString count = countText(parametersOf(layer));
        const double wide = fontMetrics().horizontalAdvance(count) + 2.0;
        painter.drawText(QRectF(gap.center().x() - wide / 2.0, gap.top(), wide, gap.height()),
            Qt::AlignCenter, count);
    }
    for (int layer = kInput; layer < layers(); ++layer) {
        const QRectF frame = box(layer);
        const bool chosen = layer == m_layer;
        painter.setPen(QPen(chosen ? theme.accent : theme.axis, chosen ? 2.0 : 1.0));
        painter.setBrush(theme.background);
        painter.drawRoundedRect(frame, 3.0, 3.0);
        if (chosen && hasFocus()) {
            painter.setPen(QPen(theme.text, 1.0, Qt::DotLine));
            painter.drawRect(frame.adjusted(-3, -3, 3, 3));
        }
        painter.setPen(theme.text);
        const QString text = boxText(layer);
        const double wide = fontMetrics().horizontalAdvance(text);
        // What does not fit into a narrow box stands beside it.
        const bool fits = wide + kTextPadding <= frame.width();
        const QRectF beside(frame.right() + kTextPadding, frame.top(), wide + 2.0, frame.height());
        painter.drawText(fits ? frame : beside, Qt::AlignCenter, text);
    }
}

void NetworkDiagram::mousePressEvent(QMouseEvent* event)
{
    setFocus(Qt::MouseFocusReason);
    choose(layerAt(event->position()));
}

void NetworkDiagram::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Up:
        choose(std::min(m_layer, hidden()) - 1);
        return;
    case Qt::Key_Down:
        if (m_layer < hidden())
            choose(m_layer + 1);
        return;
    case Qt::Key_Left:
        if (m_layer > hidden())
            choose(hidden());
        return;
    case Qt::Key_Right:
        if (m_layer == hidden())
            choose(hidden() + 1);
        return;
    case Qt::Key_Home:
        choose(0);
        return;
    case Qt::Key_End:
        choose(layers() - 1);
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

void NetworkDiagram::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    update();
}

void NetworkDiagram::focusOutEvent(QFocusEvent* event)
{
    QWidget::focusOutEvent(event);
    update();
}

} // namespace maury::ui
