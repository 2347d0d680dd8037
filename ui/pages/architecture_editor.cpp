#include "ui/pages/architecture_editor.h"

#include "core/mk/spectral_type.h"
#include "ui/bridge/number_text.h"
#include "ui/pages/icons.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace maury::ui {
namespace {

constexpr int kSpacing = 4;
constexpr int kFirstWidth = 64;

QToolButton* makeButton(Symbol symbol, QWidget* parent)
{
    auto* button = new QToolButton(parent);
    button->setIcon(icon(symbol));
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::StrongFocus);
    return button;
}

QLabel* makeEnd(QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setAlignment(Qt::AlignCenter);
    return label;
}

void name(QWidget& control, const QString& text)
{
    control.setAccessibleName(text);
    control.setToolTip(text);
    control.setStatusTip(text);
}

} // namespace

ArchitectureEditor::ArchitectureEditor(QWidget* parent)
    : QWidget(parent)
    , m_row(new QHBoxLayout(this))
    , m_spectrum(makeEnd(this))
    , m_heads(makeEnd(this))
    , m_add(makeButton(Symbol::Add, this))
{
    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->setSpacing(kSpacing);
    m_row->addWidget(m_spectrum);
    m_row->addWidget(m_add);
    m_row->addWidget(new QLabel(QStringLiteral("→"), this));
    m_row->addWidget(m_heads);
    m_row->addStretch(1);
    name(*m_add, tr("Add a hidden layer before the heads"));
    connect(m_add, &QToolButton::clicked, this, [this] {
        auto layers = m_layers;
        // Networks narrow towards their heads.
        layers.push_back(layers.empty() ? kFirstWidth : std::max(1, layers.back() / 2));
        edit(layers);
    });
    setEnds(1600, 30);
}

void ArchitectureEditor::setEnds(int pixels, int spectralClasses)
{
    m_spectrum->setText(tr("Spectrum\n%1 px").arg(countText(pixels)));
    m_heads->setText(
        tr("SC %1\nLC %2").arg(countText(spectralClasses), countText(mk::kLuminosityGroups)));
    m_heads->setToolTip(tr("The heads: one output for each spectral and each luminosity class"));
}

void ArchitectureEditor::setLayers(const std::vector<int>& layers)
{
    m_layers = layers;
    showLayers();
}

void ArchitectureEditor::edit(const std::vector<int>& layers)
{
    setLayers(layers);
    emit layersEdited();
}

void ArchitectureEditor::move(int layer, int by)
{
    auto layers = m_layers;
    std::swap(
        layers[static_cast<std::size_t>(layer)], layers[static_cast<std::size_t>(layer + by)]);
    // The focus goes with the layer, so that the key can be pressed again.
    Card& next = m_cards[layer + by];
    edit(layers);
    QToolButton* button = by < 0 ? next.earlier : next.later;
    (button->isEnabled() ? static_cast<QWidget*>(button) : next.width)->setFocus();
}

void ArchitectureEditor::addCard()
{
    const int layer = static_cast<int>(m_cards.size());
    Card card;
    card.frame = new QWidget(this);
    card.frame->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    auto* row = new QHBoxLayout(card.frame);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(kSpacing);
    row->addWidget(new QLabel(QStringLiteral("→"), card.frame));
    auto* column = new QVBoxLayout;
    column->setSpacing(0);
    row->addLayout(column);
    card.width = new QSpinBox(card.frame);
    card.width->setRange(1, kMaximumWidth);
    card.width->setKeyboardTracking(false);
    card.width->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
    column->addWidget(card.width);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(0);
    column->addLayout(buttons);
    card.earlier = makeButton(Symbol::Previous, card.frame);
    card.remove = makeButton(Symbol::Close, card.frame);
    card.later = makeButton(Symbol::Next, card.frame);
    for (QToolButton* button : { card.earlier, card.remove, card.later })
        buttons->addWidget(button, 1);
    const QString number = countText(layer + 1);
    name(*card.width, tr("Neurons of hidden layer %1").arg(number));
    name(*card.earlier, tr("Move hidden layer %1 towards the spectrum").arg(number));
    name(*card.remove, tr("Remove hidden layer %1").arg(number));
    name(*card.later, tr("Move hidden layer %1 towards the heads").arg(number));
    connect(card.width, &QSpinBox::valueChanged, this, [this, layer](int width) {
        m_layers[static_cast<std::size_t>(layer)] = width;
        emit layersEdited();
    });
    connect(card.earlier, &QToolButton::clicked, this, [this, layer] { move(layer, -1); });
    connect(card.later, &QToolButton::clicked, this, [this, layer] { move(layer, 1); });
    connect(card.remove, &QToolButton::clicked, this, [this, layer] {
        auto layers = m_layers;
        layers.erase(layers.begin() + layer);
        edit(layers);
    });
    // After the spectrum and the layers before.
    m_row->insertWidget(layer + 1, card.frame);
    setTabOrder(layer == 0 ? m_add : m_cards.back().later, card.width);
    m_cards.append(card);
}

void ArchitectureEditor::showLayers()
{
    while (m_cards.size() < std::ssize(m_layers))
        addCard();
    const int count = static_cast<int>(m_layers.size());
    for (int layer = 0; layer < m_cards.size(); ++layer) {
        const Card& card = m_cards[layer];
        card.frame->setVisible(layer < count);
        if (layer >= count)
            continue;
        const QSignalBlocker quiet(card.width);
        card.width->setValue(m_layers[static_cast<std::size_t>(layer)]);
        card.earlier->setEnabled(layer > 0);
        card.later->setEnabled(layer + 1 < count);
        card.remove->setEnabled(count > 1);
    }
    m_add->setEnabled(count < kMaximumLayers);
    updateGeometry();
}

} // namespace maury::ui
