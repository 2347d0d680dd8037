#include "ui/pages/library_list.h"

#include "core/robust/standards.h"
#include "ui/bridge/number_text.h"
#include "ui/pages/settings_form.h"

#include <QDir>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLocale>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace maury::ui {
namespace {

enum Column { Name, Resolution };

constexpr int kTableHeight = 96;
constexpr double kUsualFwhm = 1.8; ///< Å, where neither name nor user tells

QString nameOf(const std::string& source)
{
    return source == "builtin" ? LibraryList::tr("Built-in atlas")
                               : QDir(QString::fromStdString(source)).dirName();
}

double fwhmOf(const RunLibrary& library)
{
    const std::string name = QDir(QString::fromStdString(library.source)).dirName().toStdString();
    return library.fwhmAngstrom.value_or(robust::fwhmFromName(name).value_or(kUsualFwhm));
}

} // namespace

LibraryList::LibraryList(QWidget* parent)
    : QWidget(parent)
    , m_table(new QTableWidget(0, 2, this))
    , m_add(new QToolButton(this))
    , m_builtin(new QToolButton(this))
    , m_remove(new QToolButton(this))
{
    m_table->setHorizontalHeaderLabels({ tr("Library"), tr("FWHM, Å") });
    m_table->setAccessibleName(tr("Libraries to learn from"));
    m_table->setStatusTip(tr("Standards to learn from; the resolution can be written over"));
    m_table->setToolTip(m_table->statusTip());
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 6);
    m_table->horizontalHeader()->setSectionResizeMode(Name, QHeaderView::Stretch);
    m_table->horizontalHeader()->setSectionResizeMode(Resolution, QHeaderView::ResizeToContents);
    m_table->setFixedHeight(kTableHeight);
    const auto name = [](QToolButton* button, const QString& text, const QString& tip) {
        button->setText(text);
        button->setToolTip(tip);
        button->setStatusTip(tip);
        button->setFocusPolicy(Qt::StrongFocus);
    };
    name(m_add, tr("Add folder…"), tr("Add a folder of standards in MKCLASS naming"));
    name(m_builtin, tr("Add built-in"), tr("Add the synthetic atlas of the program"));
    name(m_remove, tr("Remove"), tr("Remove the chosen libraries"));
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(4);
    for (QToolButton* button : { m_add, m_builtin, m_remove })
        buttons->addWidget(button);
    buttons->addStretch();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_table);
    layout->addLayout(buttons);
    connect(m_add, &QToolButton::clicked, this, &LibraryList::askForFolder);
    connect(m_builtin, &QToolButton::clicked, this, [this] { addLibrary("builtin"); });
    connect(m_remove, &QToolButton::clicked, this, &LibraryList::removeChosen);
    connect(m_table, &QTableWidget::itemChanged, this, [this] {
        if (!m_showing)
            emit edited();
    });
}

void LibraryList::append(const RunLibrary& library)
{
    const int row = m_table->rowCount();
    m_table->insertRow(row);
    auto* name = new QTableWidgetItem(nameOf(library.source));
    name->setFlags(name->flags() & ~Qt::ItemIsEditable);
    name->setData(Qt::UserRole, QString::fromStdString(library.source));
    name->setToolTip(QString::fromStdString(library.source));
    auto* resolution = new QTableWidgetItem(numberText(fwhmOf(library), 1));
    resolution->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_table->setItem(row, Name, name);
    m_table->setItem(row, Resolution, resolution);
}

std::vector<RunLibrary> LibraryList::libraries() const
{
    std::vector<RunLibrary> list;
    for (int row = 0; row < m_table->rowCount(); ++row) {
        RunLibrary library;
        library.source = m_table->item(row, Name)->data(Qt::UserRole).toString().toStdString();
        bool isNumber = false;
        const double fwhm = QLocale().toDouble(m_table->item(row, Resolution)->text(), &isNumber);
        // What the name tells is not the user's word.
        if (isNumber && fwhm > 0.0 && numberText(fwhm, 1) != numberText(fwhmOf(library), 1))
            library.fwhmAngstrom = fwhm;
        list.push_back(std::move(library));
    }
    return list;
}

void LibraryList::setLibraries(const std::vector<RunLibrary>& libraries)
{
    m_showing = true;
    m_table->setRowCount(0);
    for (const RunLibrary& library : libraries)
        append(library);
    m_showing = false;
}

void LibraryList::addLibrary(const std::string& source)
{
    const auto listed = libraries();
    if (std::any_of(listed.begin(), listed.end(),
            [&source](const RunLibrary& each) { return each.source == source; }))
        return;
    m_showing = true;
    append({ source, {} });
    m_showing = false;
    emit edited();
}

void LibraryList::askForFolder()
{
    const QString folder = QFileDialog::getExistingDirectory(this, tr("Folder of standards"));
    if (!folder.isEmpty())
        addLibrary(folder.toStdString());
}

void LibraryList::removeChosen()
{
    QList<int> rows;
    for (const QModelIndex& index : m_table->selectionModel()->selectedRows())
        rows.prepend(index.row());
    std::sort(rows.begin(), rows.end(), std::greater<>());
    for (const int row : std::as_const(rows))
        m_table->removeRow(row);
    if (!rows.isEmpty())
        emit edited();
}

void LibraryList::setLocked(const QString& reason)
{
    for (QWidget* control : QList<QWidget*> { m_table, m_add, m_builtin, m_remove })
        lock(*control, reason);
}

} // namespace maury::ui
