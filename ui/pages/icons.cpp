#include "ui/pages/icons.h"

#include "ui/plots/plot_theme.h"

#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPainterPath>

namespace maury::ui {

namespace {

/// Strokes on a field of 16 × 16 units.
QPainterPath polyline(std::initializer_list<QPointF> points)
{
    QPainterPath path(*points.begin());
    for (const QPointF& point : points)
        path.lineTo(point);
    return path;
}

QPainterPath document()
{
    QPainterPath path
        = polyline({ { 9.5, 2 }, { 3.5, 2 }, { 3.5, 14 }, { 12.5, 14 }, { 12.5, 5 }, { 9.5, 2 } });
    path.addPath(polyline({ { 9.5, 2 }, { 9.5, 5 }, { 12.5, 5 } }));
    path.addPath(polyline({ { 5.5, 10 }, { 7, 10 }, { 8, 7.5 }, { 9, 11.5 }, { 10.5, 10 } }));
    return path;
}

QPainterPath folder()
{
    return polyline({ { 2, 12.5 }, { 2, 3.5 }, { 6, 3.5 }, { 7.5, 5.5 }, { 14, 5.5 }, { 14, 12.5 },
        { 2, 12.5 } });
}

QPainterPath lens(bool vertical, bool horizontal)
{
    QPainterPath path;
    path.addEllipse(QPointF(7, 7), 4.5, 4.5);
    path.addPath(polyline({ { 10.4, 10.4 }, { 14, 14 } }));
    if (horizontal)
        path.addPath(polyline({ { 5, 7 }, { 9, 7 } }));
    if (vertical)
        path.addPath(polyline({ { 7, 5 }, { 7, 9 } }));
    return path;
}

QPainterPath fitArrows()
{
    QPainterPath path = polyline({ { 2, 8 }, { 14, 8 } });
    path.addPath(polyline({ { 4.5, 5.5 }, { 2, 8 }, { 4.5, 10.5 } }));
    path.addPath(polyline({ { 11.5, 5.5 }, { 14, 8 }, { 11.5, 10.5 } }));
    path.addPath(polyline({ { 2, 3 }, { 2, 13 } }));
    path.addPath(polyline({ { 14, 3 }, { 14, 13 } }));
    return path;
}

QPainterPath exclamation(QPainterPath frame)
{
    frame.addPath(polyline({ { 8, 6 }, { 8, 9.5 } }));
    frame.addPath(polyline({ { 8, 11.4 }, { 8, 11.6 } }));
    return frame;
}

QPainterPath circle()
{
    QPainterPath path;
    path.addEllipse(QPointF(8, 8), 6, 6);
    return path;
}

QPainterPath triangle(double left)
{
    return polyline({ { left, 3 }, { 13, 8 }, { left, 13 }, { left, 3 } });
}

QPainterPath bars(std::initializer_list<QRectF> rectangles)
{
    QPainterPath path;
    for (const QRectF& rectangle : rectangles)
        path.addRect(rectangle);
    return path;
}

/// A die that shows three.
QPainterPath die()
{
    QPainterPath path;
    path.addRoundedRect(QRectF(2.5, 2.5, 11, 11), 2, 2);
    for (const double place : { 5.5, 8.0, 10.5 })
        path.addEllipse(QPointF(place, place), 0.6, 0.6);
    return path;
}

/// An arc with an arrow head that points back to where it began.
QPainterPath backArrow()
{
    QPainterPath path;
    path.arcMoveTo(3, 3, 10, 10, 150);
    path.arcTo(3, 3, 10, 10, 150, -300);
    path.addPath(polyline({ { 3.2, 2.6 }, { 3.6, 5.6 }, { 6.6, 5.2 } }));
    return path;
}

/// The controls of a run, which are filled.
QPainterPath transportPath(Symbol symbol)
{
    switch (symbol) {
    case Symbol::Start:
        return triangle(4);
    case Symbol::Pause:
        return bars({ { 4, 3, 2.5, 10 }, { 9.5, 3, 2.5, 10 } });
    case Symbol::SingleBatch: {
        QPainterPath path = triangle(6.5);
        path.addPath(bars({ { 2.5, 3, 1.5, 10 } }));
        return path;
    }
    case Symbol::Stop:
        return bars({ { 3.5, 3.5, 9, 9 } });
    case Symbol::Rewind: {
        QPainterPath path = polyline({ { 13, 3 }, { 5.5, 8 }, { 13, 13 }, { 13, 3 } });
        path.addPath(bars({ { 2.5, 3, 1.5, 10 } }));
        return path;
    }
    default:
        return {};
    }
}

QPainterPath pathOf(Symbol symbol)
{
    switch (symbol) {
    case Symbol::Start:
    case Symbol::Pause:
    case Symbol::SingleBatch:
    case Symbol::Stop:
    case Symbol::Rewind:
        return transportPath(symbol);
    case Symbol::NewSeed:
        return die();
    case Symbol::Reset:
        return backArrow();
    case Symbol::Add: {
        QPainterPath path = polyline({ { 8, 3 }, { 8, 13 } });
        path.addPath(polyline({ { 3, 8 }, { 13, 8 } }));
        return path;
    }
    case Symbol::Close: {
        QPainterPath path = polyline({ { 4, 4 }, { 12, 12 } });
        path.addPath(polyline({ { 12, 4 }, { 4, 12 } }));
        return path;
    }
    case Symbol::OpenFile:
        return document();
    case Symbol::OpenFolder:
        return folder();
    case Symbol::Previous:
        return polyline({ { 10, 3.5 }, { 5.5, 8 }, { 10, 12.5 } });
    case Symbol::Next:
        return polyline({ { 6, 3.5 }, { 10.5, 8 }, { 6, 12.5 } });
    case Symbol::Up:
        return polyline({ { 3.5, 10 }, { 8, 5.5 }, { 12.5, 10 } });
    case Symbol::Down:
        return polyline({ { 3.5, 6 }, { 8, 10.5 }, { 12.5, 6 } });
    case Symbol::ZoomIn:
        return lens(true, true);
    case Symbol::ZoomOut:
        return lens(false, true);
    case Symbol::ResetZoom:
        return fitArrows();
    case Symbol::Good:
        return polyline({ { 3, 8.5 }, { 6.5, 12 }, { 13, 4.5 } });
    case Symbol::Warning:
        return exclamation(polyline({ { 8, 2 }, { 14.5, 13.5 }, { 1.5, 13.5 }, { 8, 2 } }));
    case Symbol::Error:
        return exclamation(circle());
    case Symbol::Info: {
        QPainterPath path = circle();
        path.addPath(polyline({ { 8, 7.2 }, { 8, 11.2 } }));
        path.addPath(polyline({ { 8, 4.9 }, { 8, 5.1 } }));
        return path;
    }
    }
    return {};
}

class SymbolEngine : public QIconEngine {
public:
    explicit SymbolEngine(Symbol symbol)
        : m_symbol(symbol)
    {
    }

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override
    {
        const QPalette palette = QGuiApplication::palette();
        QColor colour = palette.color(
            mode == QIcon::Disabled ? QPalette::Disabled : QPalette::Active, QPalette::ButtonText);
        if (m_symbol == Symbol::Warning)
            colour = PlotTheme::from(palette).warning;
        if (m_symbol == Symbol::Error)
            colour = PlotTheme::from(palette).error;
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->translate(rect.topLeft());
        painter->scale(rect.width() / 16.0, rect.height() / 16.0);
        painter->setPen(QPen(colour, 1.4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter->drawPath(pathOf(m_symbol));
        painter->fillPath(transportPath(m_symbol), colour);
        painter->restore();
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap made(size);
        made.fill(Qt::transparent);
        QPainter painter(&made);
        paint(&painter, QRect(QPoint(0, 0), size), mode, state);
        return made;
    }

    [[nodiscard]] QIconEngine* clone() const override { return new SymbolEngine(m_symbol); }

private:
    Symbol m_symbol;
};

} // namespace

QIcon icon(Symbol symbol)
{
    return QIcon(new SymbolEngine(symbol));
}

} // namespace maury::ui
