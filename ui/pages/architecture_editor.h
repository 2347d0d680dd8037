#pragma once

#include <QList>
#include <QWidget>

#include <vector>

class QHBoxLayout;
class QLabel;
class QSpinBox;
class QToolButton;

namespace maury::ui {

/// The network from the spectrum to its two heads in a row: every hidden layer can be resized,
/// moved and removed, and new ones added before the heads.
class ArchitectureEditor : public QWidget {
    Q_OBJECT
public:
    explicit ArchitectureEditor(QWidget* parent = nullptr);

    /// Widths of the hidden layers from the spectrum to the heads; at least one once the editor
    /// was used. Setting them does not emit layersEdited().
    void setLayers(const std::vector<int>& layers);
    [[nodiscard]] const std::vector<int>& layers() const { return m_layers; }
    /// What the row begins and ends with.
    void setEnds(int pixels, int spectralClasses);

    /// Of one hidden layer. Precondition: 0 <= layer < layers().size().
    [[nodiscard]] QSpinBox& widthField(int layer) { return *m_cards[layer].width; }
    [[nodiscard]] QToolButton& removeButton(int layer) { return *m_cards[layer].remove; }
    [[nodiscard]] QToolButton& earlierButton(int layer) { return *m_cards[layer].earlier; }
    [[nodiscard]] QToolButton& laterButton(int layer) { return *m_cards[layer].later; }
    [[nodiscard]] QToolButton& addButton() { return *m_add; }

    static constexpr int kMaximumLayers = 32; // as in nn::validate()
    static constexpr int kMaximumWidth = 16384;

signals:
    /// By the user.
    void layersEdited();

private:
    struct Card {
        QWidget* frame = nullptr;
        QSpinBox* width = nullptr;
        QToolButton* earlier = nullptr;
        QToolButton* remove = nullptr;
        QToolButton* later = nullptr;
    };
    void addCard();
    void showLayers();
    void edit(const std::vector<int>& layers);
    void move(int layer, int by);

    std::vector<int> m_layers;
    QList<Card> m_cards; ///< one per layer, in order; reused, so that the focus stays
    QHBoxLayout* m_row;
    QLabel* m_spectrum;
    QLabel* m_heads;
    QToolButton* m_add;
};

} // namespace maury::ui
