#include "ui/pages/filter_chips.h"

#include "ui/pages/flow_layout.h"

#include <QEvent>
#include <QKeyEvent>
#include <QToolButton>

#include <algorithm>

namespace maury::ui {
namespace {

constexpr int kSpacing = 4;

} // namespace

FilterChips::FilterChips(QWidget* parent)
    : QWidget(parent)
    , m_clear(new QToolButton(this))
{
    auto* layout = new FlowLayout(this, kSpacing);
    m_clear->setText(tr("Clear all"));
    m_clear->setAutoRaise(true);
    m_clear->setFocusPolicy(Qt::StrongFocus);
    m_clear->setToolTip(tr("Remove all filters of this list"));
    m_clear->setStatusTip(m_clear->toolTip());
    layout->addWidget(m_clear);
    connect(m_clear, &QToolButton::clicked, this, &FilterChips::cleared);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setAccessibleName(tr("Filters of the list"));
    hide();
}

QToolButton* FilterChips::makeChip(const Chip& chip)
{
    auto* button = new QToolButton(this);
    button->setText(chip.text + QStringLiteral("  ✕"));
    button->setAccessibleName(tr("Remove the filter: %1").arg(chip.text));
    button->setToolTip(button->accessibleName());
    button->setStatusTip(button->accessibleName());
    button->setFocusPolicy(Qt::StrongFocus);
    button->installEventFilter(this);
    connect(button, &QToolButton::clicked, this, [this, key = chip.key] { emit removed(key); });
    return button;
}

void FilterChips::setChips(const QList<Chip>& chips)
{
    if (m_chips == chips)
        return;
    qsizetype focus = -1;
    for (qsizetype i = 0; i < m_buttons.size(); ++i)
        if (m_buttons[i]->hasFocus())
            focus = i;
    m_chips = chips;
    for (QToolButton* button : m_buttons) { // one of them may be sending the signal that led here
        layout()->removeWidget(button);
        button->hide();
        button->deleteLater();
    }
    m_buttons.clear();
    layout()->removeWidget(m_clear);
    QWidget* before = nullptr;
    for (const Chip& chip : chips) {
        m_buttons.append(makeChip(chip));
        layout()->addWidget(m_buttons.last());
        if (before != nullptr)
            setTabOrder(before, m_buttons.last());
        before = m_buttons.last();
        before->show();
    }
    layout()->addWidget(m_clear);
    m_clear->setVisible(chips.size() > 1);
    setVisible(!chips.isEmpty());
    updateGeometry();
    // Whoever removes chips by key goes on with the next one.
    if (focus >= 0 && !m_buttons.isEmpty())
        m_buttons[std::min(focus, m_buttons.size() - 1)]->setFocus();
}

QToolButton* FilterChips::button(const QString& key) const
{
    for (qsizetype i = 0; i < m_chips.size(); ++i)
        if (m_chips[i].key == key)
            return m_buttons[i];
    return nullptr;
}

bool FilterChips::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        auto* button = qobject_cast<QToolButton*>(watched);
        if (button != nullptr && (key == Qt::Key_Delete || key == Qt::Key_Backspace)) {
            button->click();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace maury::ui
