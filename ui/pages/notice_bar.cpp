#include "ui/pages/notice_bar.h"

#include "ui/pages/icons.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

namespace maury::ui {

NoticeBar::NoticeBar(QWidget* parent)
    : QFrame(parent)
    , m_icon(new QLabel(this))
    , m_text(new QLabel(this))
    , m_offer(new QToolButton(this))
{
    setFrameShape(QFrame::StyledPanel);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 4, 4, 4);
    layout->setSpacing(8);
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* close = new QToolButton(this);
    close->setIcon(icon(Symbol::Close));
    close->setAutoRaise(true);
    close->setToolTip(tr("Close this message"));
    close->setAccessibleName(close->toolTip());
    connect(close, &QToolButton::clicked, this, &NoticeBar::dismiss);
    layout->addWidget(m_icon, 0, Qt::AlignTop);
    layout->addWidget(m_text, 1);
    m_offer->setFocusPolicy(Qt::StrongFocus);
    layout->addWidget(m_offer, 0, Qt::AlignTop);
    connect(m_offer, &QToolButton::clicked, this, [this] {
        if (m_act)
            m_act();
    });
    layout->addWidget(close, 0, Qt::AlignTop);
    hide();
}

void NoticeBar::showError(const QString& text)
{
    show(text, true);
}

void NoticeBar::showWarning(const QString& text)
{
    show(text, false);
}

void NoticeBar::offer(
    const QString& text, const QString& button, const std::function<void()>& act)
{
    show(text, false);
    m_act = act;
    m_offer->setText(button);
    m_offer->setVisible(true);
}

QString NoticeBar::text() const
{
    return m_text->text();
}

void NoticeBar::show(const QString& text, bool error)
{
    const int size = fontMetrics().height();
    m_icon->setPixmap(icon(error ? Symbol::Error : Symbol::Warning)
                          .pixmap(QSize(size, size), devicePixelRatioF()));
    m_icon->setAccessibleName(error ? tr("Error") : tr("Warning"));
    m_text->setText(text);
    m_act = {};
    m_offer->hide();
    setVisible(true);
}

} // namespace maury::ui
