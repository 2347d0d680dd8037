#include "ui/pages/parameter_row.h"

#include "ui/pages/icons.h"
#include "ui/pages/slider_marks.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QSignalBlocker>
#include <QSlider>
#include <QToolButton>

#include <algorithm>
#include <cmath>

namespace maury::ui {
namespace {

constexpr int kSliderSteps = 400;
constexpr int kDigits = 6;
constexpr int kFieldWidth = 116;

} // namespace

NumberField::NumberField(QWidget* parent)
    : QDoubleSpinBox(parent)
{
    setDecimals(12); // the text rounds, not the number
    setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
    setKeyboardTracking(false);
    setCorrectionMode(QAbstractSpinBox::CorrectToPreviousValue);
}

QString NumberField::textFromValue(double value) const
{
    return locale().toString(value, 'g', kDigits);
}

QString NumberField::withoutSuffix(const QString& text) const
{
    QString number = text;
    if (!suffix().isEmpty() && number.endsWith(suffix()))
        number.chop(suffix().size());
    return number.trimmed();
}

double NumberField::valueFromText(const QString& text) const
{
    return locale().toDouble(withoutSuffix(text));
}

QValidator::State NumberField::validate(QString& input, int&) const
{
    const QString number = withoutSuffix(input);
    bool valid = false;
    const double value = locale().toDouble(number, &valid);
    if (valid)
        return value >= minimum() && value <= maximum() ? QValidator::Acceptable
                                                        : QValidator::Intermediate;
    // On the way to a number: "", "2e", "2e-", "0," …
    const QString allowed
        = QStringLiteral("0123456789eE+-") + locale().decimalPoint() + locale().groupSeparator();
    const bool possible = std::all_of(
        number.begin(), number.end(), [&allowed](QChar c) { return allowed.contains(c); });
    return possible ? QValidator::Intermediate : QValidator::Invalid;
}

ParameterRow::ParameterRow(const ParameterSpec& spec, QWidget* parent)
    : QWidget(parent)
    , m_spec(spec)
    , m_label(new QLabel(spec.label, this))
    , m_slider(new QSlider(Qt::Horizontal, this))
    , m_field(new NumberField(this))
    , m_reset(new QToolButton(this))
    , m_marks(new SliderMarks(*m_slider))
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_label);
    layout->addWidget(m_slider, 1);
    layout->addWidget(m_field);
    layout->addWidget(m_reset);
    makeControls();
    setValue(spec.paper);
    setLocked({});
}

void ParameterRow::makeControls()
{
    m_label->setBuddy(m_field);
    m_slider->setRange(0, kSliderSteps);
    m_slider->setMinimumWidth(48);
    m_slider->setPageStep(kSliderSteps / 10);
    m_slider->setAccessibleName(m_spec.label);
    for (QWidget* control : QList<QWidget*> { m_slider, m_field })
        control->setStatusTip(m_spec.toolTip);
    m_field->setRange(m_spec.fieldLow, m_spec.fieldHigh);
    if (m_spec.whole) {
        m_field->setDecimals(0);
        m_field->setStepType(QAbstractSpinBox::DefaultStepType);
    }
    if (!m_spec.unit.isEmpty())
        m_field->setSuffix(QChar(0x202F) + m_spec.unit);
    m_field->setFixedWidth(kFieldWidth);
    m_field->setAccessibleName(m_spec.label);
    m_reset->setIcon(icon(Symbol::Reset));
    m_reset->setAutoRaise(true);
    m_reset->setAccessibleName(tr("Reset %1").arg(m_spec.label));
    m_reset->setStatusTip(m_reset->accessibleName());
    connect(m_slider, &QSlider::valueChanged, this, &ParameterRow::takeSlider);
    connect(m_field, &QDoubleSpinBox::valueChanged, this, [this](double value) {
        placeSlider();
        updateReset();
        emit valueChanged(value);
    });
    connect(m_reset, &QToolButton::clicked, this, [this] { m_field->setValue(m_spec.paper); });
}

double ParameterRow::value() const
{
    return m_field->value();
}

void ParameterRow::setValue(double value)
{
    const QSignalBlocker quiet(m_field);
    m_field->setValue(value);
    placeSlider();
    updateReset();
}

int ParameterRow::positionOf(double value) const
{
    value = std::clamp(value, m_spec.low, m_spec.high);
    const double fraction = m_spec.logarithmic
        ? std::log(value / m_spec.low) / std::log(m_spec.high / m_spec.low)
        : (value - m_spec.low) / (m_spec.high - m_spec.low);
    return static_cast<int>(std::lround(fraction * kSliderSteps));
}

void ParameterRow::placeSlider()
{
    const QSignalBlocker quiet(m_slider);
    m_slider->setValue(positionOf(m_field->value()));
}

void ParameterRow::setMarks(const QList<double>& values)
{
    QList<int> positions;
    for (const double value : values)
        if (value >= m_spec.low && value <= m_spec.high)
            positions.append(positionOf(value));
    m_marks->setPositions(positions);
}

const QList<int>& ParameterRow::marks() const
{
    return m_marks->positions();
}

void ParameterRow::takeSlider(int position)
{
    const double fraction = static_cast<double>(position) / kSliderSteps;
    double value = m_spec.logarithmic ? m_spec.low * std::pow(m_spec.high / m_spec.low, fraction)
                                      : m_spec.low + (m_spec.high - m_spec.low) * fraction;
    // Numbers that a person would have typed: two digits are finer than the slider.
    if (m_spec.whole)
        value = std::round(value);
    else if (value != 0.0) {
        const double unit = std::pow(10.0, std::floor(std::log10(std::abs(value))) - 1.0);
        value = std::round(value / unit) * unit;
    }
    {
        const QSignalBlocker quiet(m_field);
        m_field->setValue(value);
    }
    updateReset();
    emit valueChanged(m_field->value());
}

void ParameterRow::updateReset()
{
    const double distance = std::abs(m_field->value() - m_spec.paper);
    m_reset->setEnabled(!m_locked && distance > 1e-9 * std::max(1e-3, std::abs(m_spec.paper)));
}

void ParameterRow::setLocked(const QString& reason)
{
    m_locked = !reason.isEmpty();
    m_slider->setEnabled(!m_locked);
    m_field->setEnabled(!m_locked);
    updateReset();
    const QString tip = m_locked ? reason : m_spec.toolTip;
    setToolTip(tip);
    const QString back
        = m_spec.ofPaper ? tr("Back to the paper's value: %1") : tr("Back to the usual value: %1");
    m_reset->setToolTip(
        m_locked ? reason : back.arg(QLocale().toString(m_spec.paper, 'g', kDigits)));
}

void ParameterRow::setLabelWidth(int width)
{
    m_label->setMinimumWidth(width);
}

int ParameterRow::labelWidth() const
{
    return std::max(m_label->sizeHint().width(), m_label->minimumWidth());
}

void alignLabels(const QList<ParameterRow*>& rows)
{
    int width = 0;
    for (const ParameterRow* row : rows)
        width = std::max(width, row->labelWidth());
    for (ParameterRow* row : rows)
        row->setLabelWidth(width);
}

} // namespace maury::ui
