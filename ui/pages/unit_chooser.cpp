#include "ui/pages/unit_chooser.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSlider>
#include <QSpinBox>
#include <QToolButton>

#include <algorithm>

namespace maury::ui {

namespace {

constexpr int kToStrongest = 0; // instead of a step in the order

} // namespace

UnitChooser::UnitChooser(QWidget* parent)
    : QWidget(parent)
    , m_slider(new QSlider(Qt::Horizontal, this))
    , m_field(new QSpinBox(this))
    , m_change(new QCheckBox(tr("Change since the start"), this))
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    auto* label = new QLabel(tr("&Unit"), this);
    label->setBuddy(m_field);
    const QString tip = tr("A unit of the first hidden layer, by its number");
    for (QWidget* control : { static_cast<QWidget*>(m_slider), static_cast<QWidget*>(m_field) }) {
        control->setToolTip(tip);
        control->setStatusTip(tip);
        control->setAccessibleName(tr("Unit of the first layer"));
    }
    m_slider->setMinimumWidth(96);
    m_field->setKeyboardTracking(false);
    m_change->setToolTip(tr("Draw what training has added to the random weights of the start"));
    m_change->setStatusTip(m_change->toolTip());
    layout->addWidget(label);
    layout->addWidget(m_slider, 1);
    layout->addWidget(m_field);
    m_strongest = makeButton(tr("Strongest"),
        tr("The unit with the most influence: size of its weights times that of its paths to the "
           "classes"),
        kToStrongest);
    m_stronger = makeButton(tr("Stronger"), tr("The next unit with more influence"), -1);
    m_weaker = makeButton(tr("Weaker"), tr("The next unit with less influence"), 1);
    layout->addWidget(m_change);
    connect(m_slider, &QSlider::valueChanged, this, [this](int number) { choose(number - 1); });
    connect(m_field, &QSpinBox::valueChanged, this, [this](int number) { choose(number - 1); });
    connect(m_change, &QCheckBox::toggled, this, &UnitChooser::chosen);
    setOrder({});
}

QToolButton* UnitChooser::makeButton(const QString& text, const QString& tip, int rankStep)
{
    auto* button = new QToolButton(this);
    button->setText(text);
    button->setToolTip(tip);
    button->setStatusTip(tip);
    button->setAccessibleName(text);
    button->setFocusPolicy(Qt::StrongFocus);
    layout()->addWidget(button);
    connect(button, &QToolButton::clicked, this, [this, rankStep] {
        if (m_order.empty())
            return;
        const int last = static_cast<int>(m_order.size()) - 1;
        const int next = rankStep == kToStrongest ? 0 : std::clamp(rank() + rankStep, 0, last);
        choose(m_order[static_cast<std::size_t>(next)]);
    });
    return button;
}

void UnitChooser::setOrder(const std::vector<int>& order)
{
    const bool another = order.size() != m_order.size();
    m_order = order;
    setEnabled(!order.empty());
    const QSignalBlocker slider(m_slider);
    const QSignalBlocker field(m_field);
    const int count = std::max(1, static_cast<int>(order.size()));
    m_slider->setRange(1, count);
    m_slider->setPageStep(std::max(1, count / 20));
    m_field->setRange(1, count);
    if (another)
        m_unit = order.empty() ? 0 : order.front();
    place(m_unit);
}

void UnitChooser::setInitialKnown(bool known)
{
    m_change->setEnabled(known);
}

int UnitChooser::rank() const
{
    const auto at = std::find(m_order.begin(), m_order.end(), m_unit);
    return at == m_order.end() ? -1 : static_cast<int>(at - m_order.begin());
}

bool UnitChooser::showsChange() const
{
    return m_change->isEnabled() && m_change->isChecked();
}

void UnitChooser::choose(int unit)
{
    if (unit == m_unit)
        return;
    place(unit);
    emit chosen();
}

void UnitChooser::place(int unit)
{
    const QSignalBlocker slider(m_slider);
    const QSignalBlocker field(m_field);
    m_unit = unit;
    m_slider->setValue(unit + 1);
    m_field->setValue(unit + 1);
    m_strongest->setEnabled(rank() > 0);
    m_stronger->setEnabled(rank() > 0);
    m_weaker->setEnabled(rank() + 1 < static_cast<int>(m_order.size()));
}

} // namespace maury::ui
