#include "ui/pages/variation_panel.h"

#include "ui/bridge/number_text.h"
#include "ui/pages/parameter_row.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include <algorithm>
#include <cmath>
#include <utility>

namespace maury::ui {

namespace {

constexpr int kSpacing = 8;
constexpr int kMargin = 16;
constexpr int kRowsInColumn = 4;
constexpr int kMostVariations = 1000;
constexpr const char* kCount = "count";
constexpr const char* kHighlighted = "highlighted";

ParameterSpec wholeNumber(const QString& label, const QString& tip, int paper)
{
    ParameterSpec spec;
    spec.label = label;
    spec.toolTip = tip;
    spec.paper = paper;
    spec.low = 1.0;
    spec.high = paper == 1 ? VariationSettings {}.count : kMostVariations;
    spec.fieldHigh = kMostVariations;
    spec.whole = true;
    return spec;
}

} // namespace

VariationPanel::VariationPanel(QWidget* parent)
    : QWidget(parent)
    , m_shown(new QCheckBox(tr("Show variations"), this))
    , m_drawn(new QLabel(this))
{
    m_shown->setToolTip(tr("Draw the ranges that hold 68 % and 95 % of the variations, and one of "
                           "them as a line"));
    m_shown->setStatusTip(m_shown->toolTip());
    m_drawn->setWordWrap(true);
    m_drawn->setAccessibleName(tr("What the highlighted variation did to the spectrum"));
    makeRows();
    m_grid = new QGridLayout(this);
    m_grid->setContentsMargins(kMargin, kSpacing, kMargin, kSpacing);
    m_grid->setHorizontalSpacing(kMargin);
    m_grid->setVerticalSpacing(kSpacing / 2);
    m_controls = makeControls();
    m_grid->addWidget(m_controls, 0, 0, kRowsInColumn + 1, 1);
    QList<ParameterRow*> sigmas;
    for (const RunParameter& parameter : m_parameters)
        sigmas.append(m_rows.at(parameter.id));
    alignLabels(sigmas);
    arrange(2);
    connect(m_shown, &QCheckBox::toggled, this, [this](bool shown) {
        VariationSettings settings = m_settings;
        settings.shown = shown;
        change(m_shown->text(), settings);
    });
    showSettings();
}

void VariationPanel::makeRows()
{
    m_parameters = runParameters();
    std::erase_if(m_parameters, [](const RunParameter& parameter) {
        return parameter.group != ParameterGroup::Augmentation;
    });
    for (const RunParameter& parameter : m_parameters)
        addRow(parameter.id, parameter.spec,
            [&parameter](VariationSettings& settings, double value) {
                train::TrainingConfig config;
                config.live.augmentation = settings.augmentation;
                parameter.set(config, value);
                settings.augmentation = config.live.augmentation;
            });
    addRow(kCount,
        wholeNumber(tr("Variations"), tr("How many variations the bands are made of"),
            VariationSettings {}.count),
        [](VariationSettings& settings, double value) {
            settings.count = std::max(1, static_cast<int>(std::lround(value)));
        });
    addRow(kHighlighted,
        wholeNumber(tr("Highlighted"), tr("The number of the variation that is drawn as a line"), 1),
        [](VariationSettings& settings, double value) {
            settings.highlighted = std::max(1, static_cast<int>(std::lround(value)));
        });
}

ParameterRow* VariationPanel::addRow(const std::string& id, const ParameterSpec& spec,
    const std::function<void(VariationSettings&, double)>& set)
{
    auto* row = new ParameterRow(spec, this);
    m_rows.emplace(id, row);
    connect(row, &ParameterRow::valueChanged, this, [this, set, label = spec.label](double value) {
        VariationSettings settings = m_settings;
        set(settings, value);
        change(label, settings);
    });
    return row;
}

QWidget* VariationPanel::makeControls()
{
    auto* controls = new QWidget(this);
    auto* layout = new QVBoxLayout(controls);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(kSpacing / 2);
    auto* top = new QHBoxLayout;
    top->addWidget(m_shown, 1);
    auto* use = new QPushButton(tr("Use for training"), controls);
    use->setToolTip(tr("Set the augmentation of the next run on the Train page to these values"));
    use->setStatusTip(use->toolTip());
    connect(use, &QPushButton::clicked, this,
        [this] { emit trainRequested(m_settings.augmentation); });
    top->addWidget(use);
    layout->addLayout(top);
    const QList<ParameterRow*> rows { m_rows.at(kCount), m_rows.at(kHighlighted) };
    alignLabels(rows);
    for (ParameterRow* row : rows)
        layout->addWidget(row);
    layout->addWidget(m_drawn, 1, Qt::AlignTop);
    return controls;
}

/// The rows in so many columns beside the controls.
void VariationPanel::arrange(int columns)
{
    if (columns == std::exchange(m_columns, columns))
        return;
    const auto count = static_cast<int>(m_parameters.size());
    const int rows = (count + columns - 1) / columns;
    for (int i = 0; i < count; ++i)
        m_grid->addWidget(
            m_rows.at(m_parameters[static_cast<std::size_t>(i)].id), i % rows, 1 + i / rows);
    for (int column = 0; column <= 2; ++column)
        m_grid->setColumnStretch(column, column <= columns ? 1 : 0);
    m_grid->setRowStretch(kRowsInColumn, columns == 2 ? 1 : 0);
}

/// The least width with so many columns of sigmas: the words of a language decide it.
int VariationPanel::widthOf(int columns) const
{
    int widest = 0;
    for (const RunParameter& parameter : m_parameters)
        widest = std::max(widest, m_rows.at(parameter.id)->minimumSizeHint().width());
    return 2 * kMargin + m_controls->minimumSizeHint().width() + columns * (kMargin + widest);
}

/// That of one column, also while there are two: else a place that narrows would never get back to
/// one.
QSize VariationPanel::minimumSizeHint() const
{
    return { widthOf(1), QWidget::minimumSizeHint().height() };
}

void VariationPanel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange(width() < widthOf(2) ? 1 : 2);
}

void VariationPanel::change(const QString& label, const VariationSettings& settings)
{
    if (settings == m_settings)
        return;
    const VariationSettings before = m_settings;
    m_settings = settings;
    m_settings.highlighted = std::min(m_settings.highlighted, m_settings.count);
    showSettings();
    emit edited(label, before);
}

void VariationPanel::setSettings(const VariationSettings& settings)
{
    m_settings = settings;
    showSettings();
}

void VariationPanel::showSettings()
{
    const QSignalBlocker quiet(m_shown);
    m_shown->setChecked(m_settings.shown);
    train::TrainingConfig config;
    config.live.augmentation = m_settings.augmentation;
    // A row that the user is dragging keeps its slider: setValue() would round it to the field.
    const auto show = [](ParameterRow& row, double value) {
        if (row.value() != value)
            row.setValue(value);
    };
    for (const RunParameter& parameter : m_parameters)
        show(*m_rows.at(parameter.id), parameter.get(config));
    show(*m_rows.at(kCount), m_settings.count);
    show(*m_rows.at(kHighlighted), m_settings.highlighted);
    if (!m_settings.shown)
        clearDrawn();
}

void VariationPanel::showDrawn(const dataset::Variation& drawn)
{
    const auto& shift = drawn.wavelength;
    m_drawn->setText(tr("Variation %1: registration %2, velocity %3, broadening %4, continuum %5 %")
                         .arg(QString::number(m_settings.highlighted),
                             quantityText(shift.registrationAngstrom, 3, tr("Å")),
                             quantityText(shift.velocityKms, 2, tr("km/s")),
                             quantityText(drawn.broadeningPixels, 2, tr("px")),
                             numberText(100.0 * drawn.continuum[0], 2)));
}

void VariationPanel::clearDrawn()
{
    m_drawn->clear();
}

ParameterRow& VariationPanel::row(const std::string& id)
{
    const auto found = m_rows.find(id);
    EXPECTS(found != m_rows.end());
    return *found->second;
}

} // namespace maury::ui
