#include "ui/pages/preparation_panel.h"

#include "core/io/file_bytes.h"
#include "ui/bridge/error_text.h"
#include "ui/bridge/file_writer.h"
#include "ui/bridge/status_reporter.h"
#include "ui/models/recipe_text.h"
#include "ui/pages/continuum_group.h"
#include "ui/pages/file_choice.h"
#include "ui/pages/parameter_row.h"
#include "ui/pages/settings_form.h"

#include <QCheckBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalBlocker>

namespace maury::ui {

namespace {

using classify::PrepareOptions;

/// Stands for "as the file says" among the values of an enumeration.
constexpr int kAsFile = -1;

template <typename Value> std::optional<Value> chosen(const QComboBox& box)
{
    const int data = box.currentData().toInt();
    return data == kAsFile ? std::nullopt : std::optional(static_cast<Value>(data));
}

template <typename Value> void showChoice(QComboBox& box, const std::optional<Value>& value)
{
    const QSignalBlocker quiet(&box);
    box.setCurrentIndex(box.findData(value ? static_cast<int>(*value) : kAsFile));
}

/// A row that the user is dragging keeps its slider.
void showValue(ParameterRow& row, double value)
{
    if (row.value() != value)
        row.setValue(value);
}

ParameterSpec spec(const QString& label, const QString& unit, const QString& tip, double value,
    double low, double high)
{
    ParameterSpec spec;
    spec.label = label;
    spec.unit = unit;
    spec.toolTip = tip;
    spec.paper = value;
    spec.low = low;
    spec.high = high;
    spec.fieldLow = low;
    spec.fieldHigh = high;
    spec.ofPaper = false;
    return spec;
}

QPushButton* makeButton(const QString& text, const QString& tip, QWidget* parent)
{
    auto* button = new QPushButton(text, parent);
    button->setToolTip(tip);
    button->setStatusTip(tip);
    return button;
}

} // namespace

PreparationPanel::PreparationPanel(QWidget* parent)
    : QWidget(parent)
{
    QHBoxLayout* columns = makeColumns(this);
    columns->addWidget(makeFileGroup());
    columns->addWidget(makeNumberGroup(), 1);
    columns->addWidget(makeStepsGroup(), 1);
    showSettings();
}

QWidget* PreparationPanel::makeFileGroup()
{
    auto* group = new QWidget(this);
    auto* layout = new QVBoxLayout(group);
    layout->setContentsMargins(0, 0, 0, 0);
    m_file = new FileChoice(group);
    layout->addWidget(m_file);
    QFormLayout* form = makeForm();
    m_medium = new QComboBox(group);
    m_medium->addItem(tr("As the file says"), kAsFile);
    addChoice(*m_medium, tr("Air"), spectrum::Medium::Air);
    addChoice(*m_medium, tr("Vacuum"), spectrum::Medium::Vacuum);
    addField(*form, tr("Wavelengths in"), m_medium,
        tr("What the wavelengths of this file are in, when the file is wrong or does not say"));
    m_frame = new QComboBox(group);
    m_frame->addItem(tr("As the file says"), kAsFile);
    addChoice(*m_frame, tr("Rest"), spectrum::Frame::Rest);
    addChoice(*m_frame, tr("Barycentric"), spectrum::Frame::Barycentric);
    addChoice(*m_frame, tr("Heliocentric"), spectrum::Frame::Heliocentric);
    addChoice(*m_frame, tr("Topocentric"), spectrum::Frame::Topocentric);
    addField(*form, tr("Velocity frame"), m_frame,
        tr("What the velocities in this file refer to: at rest no velocity is looked for"));
    layout->addLayout(form);
    m_keep = new QCheckBox(tr("Keep for the next star"), group);
    m_keep->setToolTip(tr("Prepare the next star in the same way"));
    m_keep->setStatusTip(m_keep->toolTip());
    layout->addWidget(m_keep);
    m_automatic
        = makeButton(tr("Automatic"), tr("Back to what the program finds by itself"), group);
    layout->addWidget(m_automatic, 0, Qt::AlignLeft);
    layout->addStretch(1);
    connect(m_automatic, &QPushButton::clicked, this,
        [this] { apply(m_automatic->text(), [](PrepareOptions& options) { options = {}; }); });
    connect(m_medium, &QComboBox::activated, this, [this] {
        apply(tr("Wavelengths in"), [this](PrepareOptions& options) {
            options.medium = chosen<spectrum::Medium>(*m_medium);
        });
    });
    connect(m_frame, &QComboBox::activated, this, [this] {
        apply(tr("Velocity frame"),
            [this](PrepareOptions& options) { options.frame = chosen<spectrum::Frame>(*m_frame); });
    });
    return group;
}

ParameterRow* PreparationPanel::addRow(QVBoxLayout& layout, const ParameterSpec& rowSpec,
    const std::function<void(PrepareOptions&, double)>& set)
{
    auto* row = new ParameterRow(rowSpec, this);
    layout.addWidget(row);
    connect(
        row, &ParameterRow::valueChanged, this, [this, set, label = rowSpec.label](double value) {
            apply(label, [&](PrepareOptions& options) { set(options, value); });
        });
    return row;
}

QWidget* PreparationPanel::makeNumberGroup()
{
    constexpr double kFastest = 1000.0;
    const PrepareOptions usual;
    auto* group = new QWidget(this);
    auto* layout = new QVBoxLayout(group);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    m_givenVelocity = new QCheckBox(tr("Remove this velocity, do not look for one"), group);
    m_givenVelocity->setToolTip(tr("Use a velocity that is known from elsewhere"));
    m_givenVelocity->setStatusTip(m_givenVelocity->toolTip());
    layout->addWidget(m_givenVelocity);
    m_velocity = addRow(*layout,
        spec(tr("Velocity"), tr("km/s"), tr("Positive when the star recedes"), 0.0, -kFastest,
            kFastest),
        [](PrepareOptions& options, double value) { options.velocityKms = value; });
    m_range = addRow(*layout,
        spec(tr("Look within ±"), tr("km/s"), tr("Largest velocity that is looked for"),
            usual.velocityRangeKms, 30.0, preprocess::kVelocityRangeKms),
        [](PrepareOptions& options, double value) { options.velocityRangeKms = value; });
    m_continuum = new ContinuumGroup(group);
    layout->addWidget(m_continuum);
    alignLabels(QList<ParameterRow*> { m_velocity, m_range } + m_continuum->rows());
    connect(m_continuum, &ContinuumGroup::edited, this, [this](const QString& label) {
        apply(label,
            [this](PrepareOptions& options) { options.continuum = m_continuum->settings(); });
    });
    layout->addStretch(1);
    connect(m_givenVelocity, &QCheckBox::toggled, this, [this](bool given) {
        apply(m_givenVelocity->text(), [&](PrepareOptions& options) {
            options.velocityKms = given ? std::optional(m_velocity->value()) : std::nullopt;
        });
    });
    return group;
}

QWidget* PreparationPanel::makeStepsGroup()
{
    auto* group = new QWidget(this);
    auto* layout = new QVBoxLayout(group);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    m_steps = new QPlainTextEdit(group);
    m_steps->setReadOnly(true);
    m_steps->setTabChangesFocus(true);
    m_steps->setAccessibleName(tr("What was done to this star"));
    m_steps->setPlaceholderText(tr("What is done to this star will stand here"));
    m_steps->setMinimumSize(112, 48);
    layout->addWidget(m_steps, 1);
    m_save = makeButton(
        tr("Save steps…"), tr("Write these steps to a file, to use them on other stars"), group);
    auto* open
        = makeButton(tr("Use steps…"), tr("Do to this star exactly what a saved file says"), group);
    for (QPushButton* button : { m_save, open }) // one below the other: the panel is narrow
        layout->addWidget(button, 0, Qt::AlignLeft);
    const QString filter = tr("Recipes (*.json)");
    connect(m_save, &QPushButton::clicked, this, [this, filter] {
        const QString file = QFileDialog::getSaveFileName(
            this, tr("Save steps"), QStringLiteral("recipe.json"), filter);
        if (!file.isEmpty())
            saveRecipeFile(file);
    });
    connect(open, &QPushButton::clicked, this, [this, filter] {
        const QString file = QFileDialog::getOpenFileName(this, tr("Use steps"), {}, filter);
        if (!file.isEmpty())
            useRecipeFile(file);
    });
    return group;
}

bool PreparationPanel::useRecipeFile(const QString& file)
{
    const std::string name = file.toStdString();
    const auto text = io::readBytes(name);
    const auto recipe = text ? preprocess::recipeFromJson(*text, name)
                             : base::Result<preprocess::Recipe>(base::Unexpected(text.error()));
    if (!recipe) {
        if (m_status != nullptr)
            m_status->showMessage(errorText(recipe.error()), StatusReporter::Severity::Error);
        return false;
    }
    apply(tr("Use steps"), [&](PrepareOptions& options) { options.recipe = *recipe; });
    return true;
}

bool PreparationPanel::saveRecipeFile(const QString& file) const
{
    const std::string text = preprocess::recipeToJson(m_recipe, 2) + "\n";
    const auto written = writeFile(file, QByteArray::fromStdString(text));
    if (m_status != nullptr) {
        if (written)
            m_status->showMessage(tr("The steps were written to %1").arg(file));
        else
            m_status->showMessage(errorText(written.error()), StatusReporter::Severity::Error);
    }
    return written.has_value();
}

void PreparationPanel::apply(const QString& label, const Change& change)
{
    const PrepareOptions before = m_settings;
    change(m_settings);
    if (m_settings == before)
        return;
    showSettings();
    emit edited(label, before);
}

void PreparationPanel::setSettings(const PrepareOptions& settings)
{
    m_settings = settings;
    showSettings();
}

void PreparationPanel::resetForNewStar()
{
    if (!m_keep->isChecked())
        m_settings = {};
    showRecipe({});
    showSettings();
}

void PreparationPanel::showRecipe(const preprocess::Recipe& recipe)
{
    m_recipe = recipe;
    QStringList lines;
    for (const QString& line : recipeText(recipe))
        lines << tr("%1. %2").arg(lines.size() + 1).arg(line);
    m_steps->setPlainText(lines.join(u'\n'));
    m_save->setEnabled(!lines.isEmpty());
}

void PreparationPanel::showSettings()
{
    showChoice(*m_medium, m_settings.medium);
    showChoice(*m_frame, m_settings.frame);
    const bool given = m_settings.velocityKms.has_value();
    {
        const QSignalBlocker quiet(m_givenVelocity);
        m_givenVelocity->setChecked(given);
    }
    if (given)
        showValue(*m_velocity, *m_settings.velocityKms);
    showValue(*m_range, m_settings.velocityRangeKms);
    m_continuum->setSettings(m_settings.continuum);
    const QString replayed = m_settings.recipe.steps.empty()
        ? QString()
        : tr("Saved steps are used: Automatic ends that");
    for (QWidget* control : QList<QWidget*> { m_medium, m_frame, m_givenVelocity })
        lock(*control, replayed);
    m_continuum->setLocked(replayed);
    m_velocity->setLocked(!replayed.isEmpty() ? replayed
            : given                           ? QString()
                                              : tr("A velocity is looked for"));
    m_range->setLocked(!replayed.isEmpty() ? replayed
            : given                        ? tr("The velocity is given")
                                           : QString());
    m_automatic->setEnabled(m_settings != PrepareOptions {});
}

} // namespace maury::ui
