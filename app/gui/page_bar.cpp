#include "app/gui/page_bar.h"

#include <QAbstractButton>
#include <QButtonGroup>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QStyleOptionFocusRect>

namespace maury::gui {

namespace {

/// A page's name, underlined in the accent colour while its page is shown.
class PageButton : public QAbstractButton {
public:
    PageButton(const QString& text, QWidget* parent)
        : QAbstractButton(parent)
    {
        setText(text);
        setCheckable(true);
        setCursor(Qt::PointingHandCursor);
        setFocusPolicy(Qt::TabFocus);
    }
    [[nodiscard]] QSize sizeHint() const override
    {
        QFont bold = font();
        bold.setBold(true);
        return { QFontMetrics(bold).horizontalAdvance(text()) + 32, fontMetrics().height() + 20 };
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        QColor text = palette().color(QPalette::WindowText);
        if (!isChecked())
            text.setAlphaF(underMouse() ? 0.95F : 0.72F);
        QFont current = font();
        current.setBold(isChecked());
        painter.setFont(current);
        painter.setPen(text);
        painter.drawText(rect(), Qt::AlignCenter, this->text());
        if (isChecked())
            painter.fillRect(8, height() - 3, width() - 16, 3, palette().highlight());
        if (hasFocus()) {
            QStyleOptionFocusRect option;
            option.initFrom(this);
            option.rect = rect().adjusted(4, 4, -4, -4);
            style()->drawPrimitive(QStyle::PE_FrameFocusRect, &option, &painter, this);
        }
    }
    void enterEvent(QEnterEvent* event) override
    {
        QAbstractButton::enterEvent(event);
        update();
    }
    void leaveEvent(QEvent* event) override
    {
        QAbstractButton::leaveEvent(event);
        update();
    }
};

} // namespace

PageBar::PageBar(QWidget* parent)
    : QWidget(parent)
    , m_buttons(new QButtonGroup(this))
    , m_pages(new QHBoxLayout)
    , m_model(new QLabel(this))
{
    setAccessibleName(tr("Pages"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_pages->setSpacing(0);
    m_model->setAccessibleName(tr("Model and backend"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 0, 16, 0);
    layout->addLayout(m_pages);
    layout->addStretch(1);
    layout->addWidget(m_model);
    connect(m_buttons, &QButtonGroup::idClicked, this, &PageBar::pageChosen);
}

void PageBar::addPage(const QString& title, const QString& tip)
{
    auto* button = new PageButton(title, this);
    button->setStatusTip(tip);
    button->setToolTip(tip);
    m_buttons->addButton(button, static_cast<int>(m_buttons->buttons().size()));
    m_pages->addWidget(button);
}

void PageBar::setCurrent(int page)
{
    if (auto* button = m_buttons->button(page))
        button->setChecked(true);
}

void PageBar::setModelText(const QString& text, const QString& tip)
{
    m_model->setText(text);
    m_model->setToolTip(tip);
}

void PageBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setPen(palette().color(QPalette::Mid));
    painter.drawLine(0, height() - 1, width(), height() - 1);
}

} // namespace maury::gui
