#include "ui/pages/robust_tabs.h"

#include "core/base/thread_team.h"
#include "ui/bridge/number_text.h"
#include "ui/pages/backend_choice.h"
#include "ui/pages/library_list.h"
#include "ui/pages/parameter_row.h"
#include "ui/pages/settings_form.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>
#include <QVBoxLayout>

#include <limits>

namespace maury::ui {
namespace {

constexpr int kColumns = 2;
constexpr int kRowsOfTraining = 6; ///< in the left column
constexpr int kTextWidth = 120;
constexpr int kSummaryWidth = 240;
/// A guess until a run was measured, on purpose on the slow side.
constexpr double kSamplesPerThreadSecond = 12000.0;
const QString kTableEntry = QStringLiteral("?"); // no table: opens the dialog

} // namespace

RobustTabs::RobustTabs(QWidget* panel)
    : QObject(panel)
    , m_parameters(robustParameters())
    , m_samplesPerSecond(kSamplesPerThreadSecond * base::defaultThreadCount())
{
    makeRows(panel);
    m_training = makeTraining(panel);
    m_variations = makeVariations(panel);
    m_data = makeData(panel);
    setRequest({});
}

void RobustTabs::makeRows(QWidget* panel)
{
    for (const RobustParameter& parameter : m_parameters) {
        auto* row = new ParameterRow(parameter.spec, panel);
        m_rows.emplace(parameter.id, row);
        connect(row, &ParameterRow::valueChanged, this, [this, &parameter](double value) {
            parameter.set(m_request, value);
            if (parameter.scope == ParameterScope::Live)
                emit liveChanged(m_request.config.live());
            settingEdited();
        });
    }
}

QList<ParameterRow*> RobustTabs::rowsOf(ParameterGroup group) const
{
    QList<ParameterRow*> rows;
    for (const RobustParameter& parameter : m_parameters)
        if (parameter.group == group)
            rows.append(m_rows.at(parameter.id));
    return rows;
}

QWidget* RobustTabs::makeTraining(QWidget* panel)
{
    auto* tab = new QWidget(panel);
    m_hidden = new QLineEdit(tab);
    m_hidden->setMinimumWidth(kTextWidth);
    m_backend = new QComboBox(tab);
    m_precision = new QComboBox(tab);
    m_summary = new QLabel(tab);
    m_summary->setWordWrap(true);
    m_summary->setMinimumWidth(kSummaryWidth);
    m_summary->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_noDevice = fillBackends(*m_backend).noDevice;
    addPrecisions(*m_precision);
    auto* columns = makeColumns(tab);
    auto* left = addColumn(*columns);
    auto* middle = addColumn(*columns, 0);
    auto* right = addColumn(*columns);
    const auto rows = rowsOf(ParameterGroup::Training) + rowsOf(ParameterGroup::Optimiser);
    for (int i = 0; i < rows.size(); ++i)
        (i < kRowsOfTraining ? left : right)->addWidget(rows[i]);
    alignLabels(rows.first(kRowsOfTraining));
    alignLabels(rows.sliced(kRowsOfTraining));
    auto* form = makeForm();
    addField(*form, tr("Hidden layers"), m_hidden,
        tr("Widths of the hidden layers from the spectrum to the heads: 512, 128"));
    addField(*form, tr("Backend"), m_backend,
        tr("What computes: the list says why something cannot be used; Automatic takes the "
           "processor"));
    addField(*form, tr("Precision"), m_precision, precisionTip());
    lock(*m_precision, m_noDevice);
    middle->addLayout(form);
    middle->addWidget(m_summary);
    for (auto* column : { left, middle, right })
        column->addStretch();
    connect(m_hidden, &QLineEdit::textChanged, this, &RobustTabs::settingEdited);
    for (QComboBox* box : { m_backend, m_precision })
        connect(box, &QComboBox::currentIndexChanged, this, &RobustTabs::settingEdited);
    return tab;
}

QWidget* RobustTabs::makeVariations(QWidget* panel)
{
    auto* tab = new QWidget(panel);
    auto* columns = makeColumns(tab);
    const auto rows = rowsOf(ParameterGroup::Augmentation);
    const auto perColumn = (rows.size() + kColumns - 1) / kColumns;
    QVBoxLayout* column = nullptr;
    for (qsizetype i = 0; i < rows.size(); ++i) {
        if (i % perColumn == 0)
            column = addColumn(*columns);
        column->addWidget(rows[i]);
        if (i % perColumn == perColumn - 1 || i + 1 == rows.size())
            column->addStretch();
    }
    alignLabels(rows);
    return tab;
}

QWidget* RobustTabs::makeData(QWidget* panel)
{
    auto* tab = new QWidget(panel);
    m_libraries = new LibraryList(tab);
    m_stars = new QComboBox(tab);
    m_stars->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_stars->setMinimumContentsLength(18);
    m_stars->addItem(tr("Other variations"), QString());
    m_stars->insertSeparator(1);
    m_stars->addItem(tr("Stars of known type…"), kTableEntry);
    m_seed = new QSpinBox(tab);
    m_seed->setRange(0, std::numeric_limits<int>::max());
    m_seed->setKeyboardTracking(false);
    auto* columns = makeColumns(tab);
    auto* left = addColumn(*columns);
    left->addWidget(m_libraries);
    left->addStretch();
    auto* right = addColumn(*columns);
    auto* form = makeForm();
    addField(*form, tr("Test"), m_stars,
        tr("What the curves are of beside the training: variations that no step trains on, or "
           "stars "
           "of a table with columns file and type, beside their spectra"));
    addField(*form, tr("Seed"), m_seed, tr("The same seed gives the same variations and weights"));
    right->addLayout(form);
    const auto rows = rowsOf(ParameterGroup::Data);
    for (ParameterRow* row : rows)
        right->addWidget(row);
    alignLabels(rows);
    right->addStretch();
    connect(m_libraries, &LibraryList::edited, this, [this] {
        m_librariesChosen = true;
        settingEdited();
    });
    connect(m_stars, &QComboBox::activated, this, &RobustTabs::starsChosen);
    connect(m_seed, &QSpinBox::valueChanged, this, &RobustTabs::settingEdited);
    return tab;
}

void RobustTabs::starsChosen(int index)
{
    if (m_stars->itemData(index).toString() != kTableEntry) {
        m_starsBefore = index;
        settingEdited();
        return;
    }
    const QString table = QFileDialog::getOpenFileName(
        m_stars, tr("Table of stars of known type"), {}, tr("Tables (*.csv);;All files (*)"));
    if (table.isEmpty())
        m_stars->setCurrentIndex(m_starsBefore);
    else
        chooseTestStars(table);
}

void RobustTabs::chooseTestStars(const QString& table)
{
    showTestStars(table.toStdString());
    settingEdited();
}

void RobustTabs::showTestStars(const std::string& table)
{
    const auto file = QString::fromStdString(table);
    if (m_stars->findData(file) < 0) {
        m_stars->insertItem(1, QFileInfo(file).fileName(), file);
        m_stars->setItemData(1, file, Qt::ToolTipRole);
    }
    m_stars->setCurrentIndex(m_stars->findData(file));
    m_starsBefore = m_stars->currentIndex();
}

void RobustTabs::settingEdited()
{
    if (m_showing)
        return;
    showEstimate();
    emit edited();
}

base::Result<RobustRequest> RobustTabs::request() const
{
    RobustRequest request = m_request;
    auto layers = layersFromText(m_hidden->text());
    if (!layers)
        return base::Unexpected(layers.error());
    request.config.hidden = *std::move(layers);
    request.backend = m_backend->currentData().toString().toStdString();
    request.precision = choice<train::Precision>(*m_precision);
    request.libraries = m_libraries->libraries();
    request.testLabels = m_stars->currentData().toString().toStdString();
    request.config.seed = static_cast<std::uint64_t>(m_seed->value());
    return request;
}

void RobustTabs::setRequest(const RobustRequest& request)
{
    m_request = request;
    showNumbers();
    m_showing = true;
    m_hidden->setText(layersToText(request.config.hidden));
    m_backend->setCurrentIndex(
        std::max(0, m_backend->findData(QString::fromStdString(request.backend))));
    choose(*m_precision, request.precision);
    m_libraries->setLibraries(request.libraries);
    showTestStars(request.testLabels);
    m_seed->setValue(static_cast<int>(request.config.seed));
    m_showing = false;
    showEstimate();
}

void RobustTabs::showNumbers()
{
    m_showing = true;
    for (const RobustParameter& parameter : m_parameters)
        m_rows.at(parameter.id)->setValue(parameter.get(m_request));
    m_showing = false;
}

void RobustTabs::showLive(const robust::RobustLive& live)
{
    m_request.config.setLive(live);
    showNumbers();
}

void RobustTabs::setDefaultLibrary(const std::string& source)
{
    if (m_librariesChosen)
        return;
    m_showing = true;
    m_libraries->setLibraries({ RunLibrary { source, {} } });
    m_showing = false;
}

void RobustTabs::setRunning(bool active)
{
    for (const RobustParameter& parameter : m_parameters)
        m_rows.at(parameter.id)->setLocked(lockReason(parameter.scope, active, true));
    const QString later = lockReason(ParameterScope::BeforeRun, active, true);
    for (QWidget* control : QList<QWidget*> { m_hidden, m_backend, m_stars, m_seed })
        lock(*control, later);
    lock(*m_precision, later.isEmpty() ? m_noDevice : later);
    m_libraries->setLocked(later);
}

void RobustTabs::learnSpeed(double samplesPerSecond)
{
    if (!(samplesPerSecond > 0.0))
        return;
    m_samplesPerSecond = samplesPerSecond;
    m_measured = true;
    showEstimate();
}

void RobustTabs::showEstimate()
{
    const auto now = request();
    if (!now || !robust::validate(now->config)) {
        m_summary->setText(tr("These settings cannot run: write the widths of the hidden layers "
                              "with commas between them, like 512, 128."));
        return;
    }
    const QString text = m_measured
        ? tr("The run takes about %1 at the speed of the last one, calibration included; with a "
             "library that reaches 5560 Å the members take twice as long and more.")
        : tr("The run takes about %1, calibration included: a rough guess.");
    m_summary->setText(text.arg(durationText(robustSeconds(*now, m_samplesPerSecond))));
}

QString RobustTabs::estimate() const
{
    return m_summary->text();
}

ParameterRow& RobustTabs::row(const std::string& id)
{
    const auto found = m_rows.find(id);
    EXPECTS(found != m_rows.end());
    return *found->second;
}

} // namespace maury::ui
