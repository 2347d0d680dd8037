#include "ui/pages/atlas_choice.h"

#include <QDir>
#include <QFileDialog>
#include <QSignalBlocker>

namespace maury::ui {
namespace {

const QString kFolderEntry = QStringLiteral("?"); // no source: opens the dialog

} // namespace

AtlasChoice::AtlasChoice(const QString& noneText, QWidget* parent)
    : QComboBox(parent)
{
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    setMinimumContentsLength(14);
    if (!noneText.isEmpty())
        addItem(noneText, QString());
    addItem(tr("Built-in atlas"), QStringLiteral("builtin"));
    insertSeparator(count());
    addItem(tr("Folder…"), kFolderEntry);
    connect(this, &QComboBox::activated, this, &AtlasChoice::chosen);
}

std::string AtlasChoice::source() const
{
    return currentData().toString().toStdString();
}

void AtlasChoice::setSource(const std::string& source)
{
    const QSignalBlocker quiet(this);
    if (findData(QString::fromStdString(source)) < 0)
        addSource(source);
    setCurrentIndex(findData(QString::fromStdString(source)));
    m_before = currentIndex();
    setToolTip(currentData().toString());
}

void AtlasChoice::addSource(const std::string& source)
{
    const auto folder = QString::fromStdString(source);
    insertItem(count() - 2, QDir(folder).dirName(), folder);
    setItemData(count() - 3, folder, Qt::ToolTipRole);
}

void AtlasChoice::chosen(int index)
{
    if (itemData(index).toString() == kFolderEntry) {
        const QString folder = QFileDialog::getExistingDirectory(
            this, tr("Folder of standards"), itemData(m_before).toString());
        if (folder.isEmpty()) {
            setCurrentIndex(m_before);
            return;
        }
        setSource(folder.toStdString());
    }
    m_before = currentIndex();
    setToolTip(currentData().toString());
    emit sourceChosen();
}

} // namespace maury::ui
