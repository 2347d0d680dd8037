#include "ui/pages/page.h"

#include "ui/pages/empty_state.h"

#include <QStackedLayout>

namespace maury::ui {

Page::Page(const QString& identifier, const QString& title, QWidget* parent)
    : QWidget(parent)
    , m_identifier(identifier)
    , m_title(title)
    , m_empty(new EmptyState(this))
    , m_layout(new QStackedLayout(this))
    , m_emptyPlace(m_layout)
{
    setObjectName(identifier);
    setAccessibleName(title);
    m_layout->addWidget(m_empty);
}

void Page::setContent(QWidget* content)
{
    m_layout->addWidget(content);
    m_layout->setCurrentWidget(content);
}

QWidget* Page::placeForEmptyState(QWidget* view)
{
    auto* place = new QWidget(this);
    m_emptyPlace = new QStackedLayout(place);
    m_layout->removeWidget(m_empty);
    m_emptyPlace->addWidget(m_empty);
    m_emptyPlace->addWidget(view);
    m_emptyPlace->setCurrentWidget(view);
    return place;
}

void Page::setEmptyState(const QString& heading, const QString& text, const QString& button,
    const std::function<void()>& act)
{
    m_empty->setText(heading, text, button);
    m_empty->disconnect(this);
    connect(m_empty, &EmptyState::activated, this, act);
}

void Page::showEmptyState(bool empty)
{
    m_emptyPlace->setCurrentIndex(empty || m_emptyPlace->count() < 2 ? 0 : 1);
}

} // namespace maury::ui
