#include "ui/pages/compare_panel.h"

#include "ui/pages/icons.h"
#include "ui/plots/class_probability_plot.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QHeaderView>
#include <QSignalBlocker>
#include <QTableView>
#include <QToolButton>

#include <utility>

namespace maury::ui {

namespace {

/// A column of the inspector under its heading.
std::pair<QWidget*, QVBoxLayout*> column(const QString& heading, QWidget* parent)
{
    auto* group = new QWidget(parent);
    auto* layout = new QVBoxLayout(group);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    auto* title = new QLabel(heading, group);
    QFont bold = title->font();
    bold.setBold(true);
    title->setFont(bold);
    title->setContentsMargins(0, 1, 0, 0); // bold capitals with accents are higher than the font
    layout->addWidget(title);
    layout->addSpacing(4);
    return { group, layout };
}

} // namespace

ComparePanel::ComparePanel(QWidget* parent)
    : QWidget(parent)
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(16);
    layout->addWidget(makeStarGroup());
    layout->addWidget(makeStandardGroup());
    layout->addWidget(makeNearestGroup(), 2);
    layout->addWidget(makeProbabilityGroup(), 3);
    showSettings();
}

QCheckBox* ComparePanel::makeCheck(
    const QString& text, const QString& tip, bool CompareSettings::*field)
{
    auto* check = new QCheckBox(text, this);
    check->setToolTip(tip);
    check->setStatusTip(tip);
    m_checks.append({ check, field });
    connect(check, &QCheckBox::toggled, this, [this, field](bool on) { change(field, on); });
    return check;
}

QWidget* ComparePanel::makeStarGroup()
{
    const auto [group, layout] = column(tr("Star"), this);
    layout->addWidget(makeCheck(tr("Rectify"),
        tr("Divide by the upper envelope, unless the file says that it is rectified"),
        &CompareSettings::rectify));
    layout->addWidget(makeCheck(tr("Remove velocity"),
        tr("Find the velocity by cross-correlation with the standards and shift to rest"),
        &CompareSettings::removeVelocity));
    layout->addWidget(makeCheck(tr("As in the file"),
        tr("Show every pixel in the file's own wavelengths, without standards"),
        &CompareSettings::asInFile));
    layout->addWidget(makeCheck(tr("Line names"), tr("Mark lines with the names of their ions"),
        &CompareSettings::markers));
    layout->addStretch(1);
    return group;
}

QWidget* ComparePanel::makeStandardGroup()
{
    const auto [group, layout] = column(tr("Standard"), this);
    layout->addWidget(makeCheck(tr("Follow the nearest"),
        tr("Draw the standard with the smallest χ²"), &CompareSettings::nearest));
    m_class = new QComboBox(group);
    m_class->setAccessibleName(tr("Spectral class of the standard"));
    m_class->setStatusTip(m_class->accessibleName());
    m_luminosity = new QComboBox(group);
    m_luminosity->setAccessibleName(tr("Luminosity class of the standard"));
    m_luminosity->setStatusTip(m_luminosity->accessibleName());
    for (QComboBox* box : { m_class, m_luminosity })
        box->setMinimumContentsLength(3);
    const auto button = [this](Symbol symbol, const QString& name, const auto& act) {
        auto* made = new QToolButton(this);
        made->setIcon(icon(symbol));
        made->setAccessibleName(name);
        made->setToolTip(name);
        made->setStatusTip(name);
        connect(made, &QToolButton::clicked, this, act);
        return made;
    };
    auto* row = new QHBoxLayout;
    row->setSpacing(4);
    row->addWidget(button(Symbol::Up, tr("Earlier standard"), [this] { stepClass(-1); }));
    row->addWidget(button(Symbol::Down, tr("Later standard"), [this] { stepClass(1); }));
    row->addWidget(m_class);
    row->addWidget(m_luminosity);
    row->addStretch(1);
    layout->addLayout(row);
    layout->addWidget(makeCheck(tr("Show a second one"),
        tr("The next nearest standard, or the next later one beside a chosen one"),
        &CompareSettings::second));
    layout->addWidget(makeCheck(tr("Keep for the next star"),
        tr("Keep the chosen standard when another star is selected"), &CompareSettings::keep));
    layout->addStretch(1);
    connect(m_class, &QComboBox::activated, this, [this](int spectralClass) {
        if (m_grid.cell(m_shown))
            chooseStandard(m_grid.nearestInClass(spectralClass, m_shown));
        else if (const auto first = m_grid.row(spectralClass, 0))
            chooseStandard(*first);
    });
    connect(m_luminosity, &QComboBox::activated, this, [this](int luminosity) {
        if (const auto chosen = m_grid.row(m_class->currentIndex(), luminosity))
            chooseStandard(*chosen);
    });
    return group;
}

QWidget* ComparePanel::makeNearestGroup()
{
    const auto [group, layout] = column(tr("Nearest standards"), this);
    m_nearestView = new QTableView(group);
    m_nearestView->setModel(&m_nearestModel);
    m_nearestView->setAccessibleName(tr("Nearest standards"));
    m_nearestView->setStatusTip(tr("Choose a standard to draw it over the star"));
    m_nearestView->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_nearestView->setSelectionMode(QAbstractItemView::SingleSelection);
    m_nearestView->setShowGrid(false);
    m_nearestView->setTabKeyNavigation(false);
    m_nearestView->verticalHeader()->hide();
    m_nearestView->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 6);
    m_nearestView->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_nearestView->horizontalHeader()->setHighlightSections(false);
    m_nearestView->setMinimumSize(172, 80);
    m_nearestView->setMaximumWidth(240);
    layout->addWidget(m_nearestView, 1);
    const auto choose = [this](const QModelIndex& index) {
        chooseStandard(index.data(NearestModel::RowRole).toInt());
    };
    connect(m_nearestView, &QTableView::clicked, this, choose);
    connect(m_nearestView, &QTableView::activated, this, choose);
    return group;
}

QWidget* ComparePanel::makeProbabilityGroup()
{
    const auto [group, layout] = column(tr("Probability of each class"), this);
    m_probabilities = new ClassProbabilityPlot(group);
    m_probabilities->setMinimumSize(176, 96);
    layout->addWidget(m_probabilities, 1);
    return group;
}

void ComparePanel::resetForNewStar()
{
    const CompareSettings fresh;
    m_settings.rectify = fresh.rectify;
    m_settings.removeVelocity = fresh.removeVelocity;
    if (!m_settings.keep) {
        m_settings.nearest = fresh.nearest;
        m_settings.standard = fresh.standard;
    }
    showNearest({});
    showProbabilities(nullptr, nullptr);
    showSettings();
}

void ComparePanel::setAtlas(const mk::AtlasPtr& atlas)
{
    m_nearestModel.setNearest({}, atlas);
    m_atlas = atlas;
    m_grid = atlas != nullptr ? StandardGrid(*atlas) : StandardGrid();
    m_settings.nearest = true;
    m_settings.standard = -1;
    m_shown = -1;
    m_class->clear();
    m_class->addItems(m_grid.classNames());
    fillLuminosities(-1);
    showSettings();
}

void ComparePanel::showStandard(int row)
{
    m_shown = row;
    const auto cell = m_grid.cell(row);
    m_class->setCurrentIndex(cell ? cell->spectralClass : -1);
    fillLuminosities(cell ? cell->spectralClass : -1);
    m_luminosity->setCurrentIndex(cell ? cell->luminosity : -1);
}

void ComparePanel::chooseStandard(int row)
{
    const CompareSettings before = m_settings;
    m_settings.nearest = false;
    m_settings.standard = row;
    showStandard(row);
    showSettings();
    if (m_settings != before)
        emit edited(tr("Choose a standard"), before);
}

void ComparePanel::showNearest(std::vector<classify::NearestStandard> nearest)
{
    m_nearestModel.setNearest(std::move(nearest), m_atlas);
    m_nearestView->scrollToTop(); // the best are what one looks for
}

void ComparePanel::showProbabilities(
    const classify::Prediction* prediction, const mk::ClassScheme* scheme)
{
    m_probabilities->setPrediction(prediction, scheme);
}

void ComparePanel::stepClass(int steps)
{
    if (m_grid.cell(m_shown))
        chooseStandard(m_grid.stepClass(m_shown, steps));
}

void ComparePanel::stepLuminosity(int steps)
{
    if (m_grid.cell(m_shown))
        chooseStandard(m_grid.stepLuminosity(m_shown, steps));
}

QCheckBox& ComparePanel::check(bool CompareSettings::*field)
{
    const auto found = std::find_if(m_checks.cbegin(), m_checks.cend(),
        [field](const auto& each) { return each.second == field; });
    EXPECTS(found != m_checks.cend());
    return *found->first;
}

void ComparePanel::toggleMarkers()
{
    change(&CompareSettings::markers, !m_settings.markers);
}

void ComparePanel::toggleRectify()
{
    change(&CompareSettings::rectify, !m_settings.rectify);
}

void ComparePanel::change(bool CompareSettings::*field, bool value)
{
    if (m_settings.*field == value)
        return;
    const CompareSettings before = m_settings;
    m_settings.*field = value;
    // No longer following: stay with what is drawn.
    if (!m_settings.nearest && m_settings.standard < 0)
        m_settings.standard = m_shown;
    showSettings();
    emit edited(labelOf(field), before);
}

QString ComparePanel::labelOf(bool CompareSettings::*field) const
{
    for (const auto& [check, own] : m_checks)
        if (own == field)
            return check->text();
    return {};
}

void ComparePanel::setSettings(const CompareSettings& settings)
{
    m_settings = settings;
    if (!settings.nearest)
        showStandard(settings.standard);
    showSettings();
}

void ComparePanel::fillLuminosities(int spectralClass)
{
    m_luminosity->clear();
    m_luminosity->addItems(m_grid.luminosityNames(spectralClass));
}

void ComparePanel::showSettings()
{
    for (const auto& [check, field] : std::as_const(m_checks)) {
        const QSignalBlocker quiet(check);
        check->setChecked(m_settings.*field);
    }
}

} // namespace maury::ui
