#include "ui/pages/view_switch.h"

#include "core/base/contract.h"

#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

namespace maury::ui {

ViewSwitch::ViewSwitch(QWidget* parent)
    : QWidget(parent)
    , m_tabs(new QTabBar(this))
    , m_views(new QStackedWidget(this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->setAccessibleName(tr("View"));
    m_tabs->setStatusTip(tr("Choose what is shown of the run"));
    layout->addWidget(m_tabs);
    layout->addWidget(m_views, 1);
    connect(m_tabs, &QTabBar::currentChanged, this, [this](int index) {
        if (index < 0 || index >= m_views->count())
            return;
        m_views->setCurrentIndex(index);
        emit viewChanged(m_identifiers.at(index));
    });
}

void ViewSwitch::addView(
    const QString& identifier, const QString& title, const QString& tip, QWidget* view)
{
    m_identifiers.append(identifier);
    m_views->addWidget(view);
    m_tabs->setTabToolTip(m_tabs->addTab(title), tip);
}

const QString& ViewSwitch::current() const
{
    EXPECTS(m_tabs->currentIndex() >= 0);
    return m_identifiers.at(m_tabs->currentIndex());
}

void ViewSwitch::setCurrent(const QString& identifier)
{
    if (const auto index = m_identifiers.indexOf(identifier); index >= 0)
        m_tabs->setCurrentIndex(static_cast<int>(index));
}

} // namespace maury::ui
