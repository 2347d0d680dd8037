#pragma once

#include "core/nn/network_spec.h"

#include <QList>
#include <QString>
#include <QWidget>

namespace maury::ui {

/// A network drawn from its input at the top to its two heads at the bottom: a box for each layer,
/// as wide as the logarithm of its size, and between the boxes the numbers of their parameters. One
/// layer is chosen, by click or by the arrow keys.
class NetworkDiagram : public QWidget {
    Q_OBJECT
public:
    explicit NetworkDiagram(QWidget* parent = nullptr);

    /// Keeps the chosen layer when the new network has one in its place.
    void setNetwork(const nn::NetworkSpec& spec);
    /// A place in NetworkProbe::layers: hidden layers, then SC, then LC head.
    [[nodiscard]] int layer() const { return m_layer; }
    void setLayer(int layer);
    /// What stands in the box of a layer, and beside the way to it: for tests.
    [[nodiscard]] QString boxText(int layer) const;
    /// The layer whose box or way in is at a point; −1 for none.
    [[nodiscard]] int layerAt(const QPointF& point) const;
    /// The box of a layer; −1 = the input.
    [[nodiscard]] QRectF box(int layer) const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    /// By the user.
    void layerChosen(int layer);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    [[nodiscard]] int hidden() const { return static_cast<int>(m_spec.hidden.size()); }
    [[nodiscard]] int layers() const { return hidden() + 2; }
    [[nodiscard]] int sizeOf(int layer) const;
    [[nodiscard]] std::int64_t parametersOf(int layer) const;
    [[nodiscard]] int rows() const { return hidden() + 2; }
    [[nodiscard]] int rowOf(int layer) const;
    [[nodiscard]] int boxHeight() const;
    [[nodiscard]] double rowHeight() const;
    [[nodiscard]] QPolygonF wayTo(int layer) const;
    void choose(int layer);
    void describe();

    nn::NetworkSpec m_spec;
    int m_layer = 0;
};

} // namespace maury::ui
