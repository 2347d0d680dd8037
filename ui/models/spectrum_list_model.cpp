#include "ui/models/spectrum_list_model.h"

#include "ui/bridge/error_text.h"
#include "ui/models/trace.h"

#include <QFileInfo>
#include <QHash>

#include <algorithm>
#include <utility>

namespace maury::ui {

namespace {

template <typename Entries> auto find(Entries& entries, SpectrumId id)
{
    const auto found = std::lower_bound(entries.begin(), entries.end(), id,
        [](const SpectrumEntry& entry, SpectrumId wanted) { return entry.id < wanted; });
    return found != entries.end() && found->id == id ? found : entries.end();
}

QString joined(const std::vector<std::string>& lines)
{
    QStringList list;
    for (const std::string& line : lines)
        list.append(QString::fromStdString(line));
    return list.join("; ");
}

} // namespace

QList<SpectrumId> SpectrumListModel::addFiles(const QStringList& files)
{
    QHash<QString, SpectrumId> known;
    for (const SpectrumEntry& entry : m_opened)
        if (!entry.file.isEmpty())
            known.insert(entry.file, entry.id);
    QList<SpectrumId> ids;
    std::vector<SpectrumEntry> fresh;
    for (const QString& file : files) {
        const QFileInfo info(file);
        const QString path = info.absoluteFilePath();
        if (!known.contains(path)) {
            SpectrumEntry entry;
            entry.id = ++m_lastId;
            entry.name = info.completeBaseName();
            entry.file = path;
            known.insert(path, entry.id);
            fresh.push_back(std::move(entry));
        } else if (SpectrumEntry* entry = opened(known[path]);
                   entry != nullptr && entry->state == SpectrumEntry::State::Failed) {
            setWaiting(entry->id);
        }
        ids.append(known[path]);
    }
    if (!fresh.empty()) {
        const int first = openedCount();
        beginInsertRows({}, first, first + static_cast<int>(fresh.size()) - 1);
        std::move(fresh.begin(), fresh.end(), std::back_inserter(m_opened));
        endInsertRows();
    }
    return ids;
}

SpectrumId SpectrumListModel::addSpectrum(spectrum::SpectrumPtr spectrum)
{
    EXPECTS(spectrum != nullptr);
    beginInsertRows({}, openedCount(), openedCount());
    SpectrumEntry entry;
    entry.id = ++m_lastId;
    m_opened.push_back(std::move(entry));
    endInsertRows();
    setSpectrum(m_lastId, std::move(spectrum));
    return m_lastId;
}

void SpectrumListModel::setSpectrum(SpectrumId id, spectrum::SpectrumPtr spectrum)
{
    SpectrumEntry* entry = opened(id);
    if (entry == nullptr)
        return;
    if (!spectrum->object.empty())
        entry->name = QString::fromStdString(spectrum->object);
    entry->type = QString::fromStdString(spectrum->spectralType);
    entry->reason = joined(spectrum->warnings);
    entry->state = SpectrumEntry::State::Ready;
    entry->spectrum = std::move(spectrum);
    changed(id);
}

void SpectrumListModel::setFailure(SpectrumId id, const base::Error& error)
{
    SpectrumEntry* entry = opened(id);
    if (entry == nullptr)
        return;
    entry->state = SpectrumEntry::State::Failed;
    entry->reason = errorText(error);
    entry->spectrum.reset();
    changed(id);
}

void SpectrumListModel::setWaiting(SpectrumId id)
{
    SpectrumEntry* entry = opened(id);
    if (entry == nullptr)
        return;
    entry->state = SpectrumEntry::State::Waiting;
    entry->reason.clear();
    changed(id);
}

void SpectrumListModel::removeOpened(const QList<SpectrumId>& ids)
{
    for (const SpectrumId id : ids) {
        const auto found = find(m_opened, id);
        if (found == m_opened.end())
            continue;
        const int row = static_cast<int>(found - m_opened.begin());
        beginRemoveRows({}, row, row);
        m_opened.erase(found);
        endRemoveRows();
    }
}

void SpectrumListModel::setAtlas(mk::AtlasPtr atlas)
{
    if (!m_standards.empty()) {
        beginRemoveRows({}, openedCount(), rowCount() - 1);
        m_standards.clear();
        endRemoveRows();
    }
    m_atlas = std::move(atlas);
    if (m_atlas == nullptr)
        return;
    const auto& standards = m_atlas->standards();
    beginInsertRows({}, openedCount(), openedCount() + static_cast<int>(standards.size()) - 1);
    for (std::size_t row = 0; row < standards.size(); ++row) {
        SpectrumEntry entry;
        entry.id = ++m_lastId;
        entry.name = QString::fromStdString(standards[row].name);
        entry.type = standardName(standards[row]);
        entry.state = SpectrumEntry::State::Ready;
        entry.standard = row;
        entry.spectrum = standardSpectrum(*m_atlas, row);
        if (standards[row].interpolated)
            entry.reason = tr("interpolated from other standards");
        else if (standards[row].illustrative)
            entry.reason = tr("illustrative: right in kind, not for measuring");
        m_standards.push_back(std::move(entry));
    }
    endInsertRows();
}

const SpectrumEntry* SpectrumListModel::entry(SpectrumId id) const
{
    if (const auto found = find(m_opened, id); found != m_opened.end())
        return &*found;
    const auto found = find(m_standards, id);
    return found != m_standards.end() ? &*found : nullptr;
}

SpectrumId SpectrumListModel::standardId(std::size_t row) const
{
    return row < m_standards.size() ? m_standards[row].id : kNoSpectrum;
}

QModelIndex SpectrumListModel::indexOf(SpectrumId id) const
{
    if (const auto found = find(m_opened, id); found != m_opened.end())
        return index(static_cast<int>(found - m_opened.begin()), Name);
    if (const auto found = find(m_standards, id); found != m_standards.end())
        return index(openedCount() + static_cast<int>(found - m_standards.begin()), Name);
    return {};
}

int SpectrumListModel::waitingCount() const
{
    return static_cast<int>(std::count_if(m_opened.begin(), m_opened.end(),
        [](const SpectrumEntry& each) { return each.state == SpectrumEntry::State::Waiting; }));
}

int SpectrumListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_opened.size() + m_standards.size());
}

int SpectrumListModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant SpectrumListModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const SpectrumEntry& entry = at(index.row());
    if (role == IdRole)
        return QVariant::fromValue(entry.id);
    if (role == GroupRole)
        return entry.standard ? AtlasStandards : Opened;
    if (role == Qt::ToolTipRole)
        return QStringList { entry.name + (entry.type.isEmpty() ? "" : "  " + entry.type),
            entry.file, entry.reason }
            .join("\n")
            .trimmed();
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole)
        return {};
    switch (index.column()) {
    case Name:
        return entry.name;
    case Type:
        return entry.type;
    case State:
        if (entry.state == SpectrumEntry::State::Waiting)
            return tr("waiting");
        if (entry.state == SpectrumEntry::State::Failed)
            return tr("failed: %1").arg(entry.reason);
        return entry.reason;
    default:
        return {};
    }
}

QVariant SpectrumListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return QAbstractTableModel::headerData(section, orientation, role);
    switch (section) {
    case Name:
        return tr("Name");
    case Type:
        return tr("Type");
    case State:
        return tr("State");
    default:
        return {};
    }
}

const SpectrumEntry& SpectrumListModel::at(int row) const
{
    const auto r = static_cast<std::size_t>(row);
    return r < m_opened.size() ? m_opened[r] : m_standards[r - m_opened.size()];
}

SpectrumEntry* SpectrumListModel::opened(SpectrumId id)
{
    const auto found = find(m_opened, id);
    return found != m_opened.end() ? &*found : nullptr;
}

void SpectrumListModel::changed(SpectrumId id)
{
    const QModelIndex first = indexOf(id);
    emit dataChanged(first, first.siblingAtColumn(State));
}

} // namespace maury::ui
