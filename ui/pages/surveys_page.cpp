#include "ui/pages/surveys_page.h"

#include "core/store/store_writer.h"
#include "ui/bridge/error_text.h"
#include "ui/bridge/number_text.h"
#include "ui/bridge/status_reporter.h"
#include "ui/models/spectrum_list_model.h"
#include "ui/models/store_summary.h"
#include "ui/models/workspace.h"
#include "ui/pages/icons.h"
#include "ui/pages/notice_bar.h"
#include "ui/plots/row_table.h"

#include <QAction>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace maury::ui {

namespace {

constexpr int kTypingPauseMs = 250;
constexpr std::size_t kMostShown = 1000; // spectra taken to the star list at once
constexpr int kTourSpectra = 60;

} // namespace

SurveysPage::SurveysPage(const PageContext& context, QWidget* parent)
    : Page(QStringLiteral("surveys"), tr("Surveys"), parent)
    , m_context(context)
    , m_browser(context.status)
{
    makeActions();
    makeContent();
    m_summary = new QLabel(this);
    m_summary->setWordWrap(true);
    m_summary->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_summary->setContentsMargins(8, 8, 8, 8);
    m_summary->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* area = new QScrollArea(this);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidget(m_summary);
    m_inspector = area;
    setEmptyState(tr("No store of spectra is open"),
        tr("Thousands of spectra live in one file, a store (.h5): open one, or drop it on this "
           "window. maury-cli convert makes stores."),
        tr("Open a store…"), [this] { askForStore(); });
    showEmptyState(true);
    connectBrowser();
    m_typing.setSingleShot(true);
    m_typing.setInterval(kTypingPauseMs);
    connect(&m_typing, &QTimer::timeout, this, &SurveysPage::find);
    updateCounts();
}

QWidget* SurveysPage::inspector()
{
    return m_inspector;
}

void SurveysPage::makeContent()
{
    auto* content = new QWidget(this);
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(8);
    m_notice = new NoticeBar(content);
    m_notice->dismiss();
    m_table = new RowTable(m_catalogue, tr("Catalogue of the store"), content);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->setVerticalScrollMode(QAbstractItemView::ScrollPerItem);
    m_table->verticalHeader()->hide();
    QHeaderView& header = *m_table->horizontalHeader();
    header.setSectionsClickable(true);
    header.setSortIndicatorShown(true);
    header.setSortIndicator(-1, Qt::AscendingOrder);
    header.setHighlightSections(false);
    header.setDefaultSectionSize(92);
    header.resizeSection(CatalogueModel::Object, 168);
    header.setStretchLastSection(true);
    layout->addWidget(makeFilter());
    layout->addWidget(m_notice);
    layout->addWidget(m_table, 1);
    layout->addWidget(makeButtons());
    setContent(content);
    connect(&header, &QHeaderView::sortIndicatorChanged, this, &SurveysPage::find);
    connect(m_table, &QTableView::doubleClicked, this, &SurveysPage::showChosen);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
        &SurveysPage::updateCounts);
    connect(&m_catalogue, &CatalogueModel::modelReset, this, &SurveysPage::updateCounts);
    connect(&m_catalogue, &CatalogueModel::failed, m_notice, &NoticeBar::showError);
}

QWidget* SurveysPage::makeFilter()
{
    auto* bar = new QWidget;
    auto* layout = new QHBoxLayout(bar);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    m_filter = new QLineEdit(bar);
    m_filter->setPlaceholderText(tr("Condition: %1").arg(
        QStringLiteral("survey = galah and snr > 50 and type ~ K")));
    m_filter->setAccessibleName(tr("Condition that spectra fulfil"));
    m_filter->setToolTip(tr("Columns, compared with =, !=, <, <=, >, >= or ~ (holds the text), "
                            "joined by and, or, not and brackets; other words are looked for in "
                            "name, type, survey and file."));
    m_filter->setClearButtonEnabled(true);
    m_count = new QLabel(bar);
    layout->addWidget(m_filter, 1);
    layout->addWidget(m_count);
    connect(m_filter, &QLineEdit::textChanged, this, [this] { m_typing.start(); });
    connect(m_filter, &QLineEdit::returnPressed, this, &SurveysPage::find);
    return bar;
}

QWidget* SurveysPage::makeButtons()
{
    auto* bar = new QWidget;
    auto* layout = new QHBoxLayout(bar);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    const auto add = [&](const QString& tip, const auto& act) {
        auto* button = new QPushButton(bar);
        button->setToolTip(tip);
        button->setStatusTip(tip);
        connect(button, &QPushButton::clicked, this, act);
        return button;
    };
    m_show = add(tr("Take the chosen spectra to the list of stars"), [this] { showChosen(); });
    m_save = add(tr("Write these spectra to a store of their own"), [this] { askWhereToSave(); });
    layout->addStretch(1);
    layout->addWidget(m_save);
    layout->addWidget(m_show);
    return bar;
}

void SurveysPage::makeActions()
{
    const auto add
        = [this](const QString& text, const QKeySequence& key, const QString& tip, const auto& act) {
              auto* action = new QAction(text, this);
              action->setShortcut(key);
              action->setStatusTip(tip);
              connect(action, &QAction::triggered, this, act);
              m_actions.append(action);
          };
    add(tr("Open a &store…"), QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_O),
        tr("Browse the spectra of a store"), [this] { askForStore(); });
    add(tr("&Show the chosen spectra"), QKeySequence(Qt::CTRL | Qt::Key_Return),
        tr("Take the chosen spectra to the list of stars"), [this] { showChosen(); });
    add(tr("Save &part of the store…"), QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_S),
        tr("Write these spectra to a store of their own"), [this] { askWhereToSave(); });
}

void SurveysPage::connectBrowser()
{
    connect(&m_browser, &StoreBrowser::opened, this, &SurveysPage::takeStore);
    connect(&m_browser, &StoreBrowser::openFailed, this, [this](const QString& reason) {
        m_context.status.showMessage(reason, StatusReporter::Severity::Error);
        m_notice->showError(reason);
    });
    connect(&m_browser, &StoreBrowser::found, this, [this](const auto& rows) {
        m_notice->dismiss();
        m_catalogue.setRows(rows);
    });
    connect(&m_browser, &StoreBrowser::findFailed, m_notice, &NoticeBar::showWarning);
    connect(&m_browser, &StoreBrowser::spectraRead, this, &SurveysPage::takeSpectra);
    connect(&m_browser, &StoreBrowser::readFailed, m_notice, &NoticeBar::showError);
    connect(&m_browser, &StoreBrowser::saved, this, [this](const QString& file, int spectra) {
        m_context.status.showMessage(
            tr("Spectra saved to %1: %2").arg(file, countText(spectra)));
    });
    connect(&m_browser, &StoreBrowser::saveFailed, m_notice, &NoticeBar::showError);
}

void SurveysPage::openStore(const QString& file)
{
    m_browser.open(file);
}

void SurveysPage::takeStore()
{
    m_notice->dismiss();
    m_listed.clear();
    m_typing.stop();
    const QSignalBlocker quietFilter(m_filter);
    m_filter->clear();
    const QSignalBlocker quietHeader(m_table->horizontalHeader());
    m_table->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    m_catalogue.setStore(m_browser.store());
    m_summary->setText(storeSummary(*m_browser.store()));
    showEmptyState(false);
    if (m_catalogue.rowCount() > 0)
        m_table->selectRow(0);
    emit storeOpened();
    if (const auto ready = std::exchange(m_ready, {}))
        QTimer::singleShot(0, this, ready);
}

void SurveysPage::find()
{
    if (m_browser.store() == nullptr)
        return;
    m_typing.stop();
    const QHeaderView& header = *m_table->horizontalHeader();
    const int column = header.sortIndicatorSection();
    const bool isSorted = column >= 0 && column < CatalogueModel::ColumnCount;
    m_browser.find(m_filter->text(),
        isSorted ? QString::fromLatin1(CatalogueModel::columnName(column)) : QString(),
        header.sortIndicatorOrder() == Qt::DescendingOrder);
}

std::vector<std::uint64_t> SurveysPage::chosenRows() const
{
    QList<int> lines;
    for (const QModelIndex& index : m_table->selectionModel()->selectedRows())
        lines.append(index.row());
    std::sort(lines.begin(), lines.end());
    std::vector<std::uint64_t> rows;
    for (const int line : lines)
        rows.push_back(m_catalogue.rows()[static_cast<std::size_t>(line)]);
    return rows;
}

std::vector<std::uint64_t> SurveysPage::rowsToSave() const
{
    std::vector<std::uint64_t> chosen = chosenRows();
    return chosen.size() > 1 ? chosen : m_catalogue.rows();
}

void SurveysPage::showChosen()
{
    std::vector<std::uint64_t> rows = chosenRows();
    if (rows.empty())
        return;
    if (rows.size() > kMostShown) {
        rows.resize(kMostShown);
        m_notice->showWarning(tr("Only the first %1 of the chosen spectra are taken to the list")
                                  .arg(countText(static_cast<std::int64_t>(kMostShown))));
    }
    m_browser.read(rows);
}

void SurveysPage::takeSpectra(const std::vector<std::uint64_t>& rows,
    const std::vector<spectrum::SpectrumPtr>& spectra)
{
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const SpectrumId known = m_listed.value(rows[i], kNoSpectrum);
        if (m_context.spectra.entry(known) == nullptr)
            m_listed[rows[i]] = m_context.spectra.addSpectrum(spectra[i]);
    }
    m_context.selection.setSpectrum(m_listed.value(rows.front()));
    emit pageRequested(QStringLiteral("spectra"));
}

void SurveysPage::updateCounts()
{
    const qsizetype chosen = m_table->selectionModel()->selectedRows().size();
    const auto all = static_cast<std::int64_t>(
        m_browser.store() == nullptr ? 0 : m_browser.store()->size());
    m_count->setText(tr("%1 of %2 spectra")
                         .arg(countText(m_catalogue.rowCount()), countText(all)));
    m_show->setText(tr("Show spectra: %1").arg(countText(chosen)));
    m_show->setEnabled(chosen > 0);
    const auto toSave = chosen > 1 ? chosen : m_catalogue.rowCount();
    m_save->setText(tr("Save spectra: %1…").arg(countText(toSave)));
    m_save->setEnabled(toSave > 0);
}

void SurveysPage::askForStore()
{
    const QString file = QFileDialog::getOpenFileName(
        this, tr("Open a store of spectra"), {}, tr("Stores (*.h5);;All files (*)"));
    if (!file.isEmpty())
        openStore(file);
}

void SurveysPage::askWhereToSave()
{
    if (m_browser.store() == nullptr || rowsToSave().empty())
        return;
    const QString file = QFileDialog::getSaveFileName(
        this, tr("Save spectra as a store"), {}, tr("Stores (*.h5);;All files (*)"));
    if (!file.isEmpty())
        save(file);
}

// The tour has no store to show: it makes one of standards.
void SurveysPage::prepareTour(const std::function<void()>& ready)
{
    m_tourFolder = std::make_unique<QTemporaryDir>();
    const auto atlas = m_context.workspace.atlas();
    const QString file = m_tourFolder->filePath(QStringLiteral("standards.h5"));
    auto writer = store::StoreWriter::create(file.toStdString());
    if (atlas == nullptr || !writer) {
        ready();
        return;
    }
    const int standards = std::min(kTourSpectra, static_cast<int>(atlas->standards().size()));
    for (int row = 0; row < standards; ++row) {
        const SpectrumEntry* entry = m_context.spectra.entry(
            m_context.spectra.standardId(static_cast<std::size_t>(row)));
        if (entry != nullptr && entry->spectrum != nullptr)
            (void)writer->add(entry->spectrum, store::entryOf(*entry->spectrum));
    }
    if (const auto written = writer->flush(); !written) {
        m_context.status.showMessage(errorText(written.error()), StatusReporter::Severity::Error);
        ready();
        return;
    }
    m_ready = ready;
    openStore(file);
}

} // namespace maury::ui
