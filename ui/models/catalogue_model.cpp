#include "ui/models/catalogue_model.h"

#include "ui/bridge/error_text.h"
#include "ui/bridge/number_text.h"
#include "ui/bridge/when_done.h"

#include <QTimer>
#include <QtConcurrent>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <numeric>
#include <utility>

namespace maury::ui {

namespace {

constexpr std::array kNames { "object", "type", "survey", "ra_deg", "dec_deg", "snr", "medium",
    "frame", "wavelength_min", "wavelength_max", "good_pixels", "segments", "velocity_kms",
    "file" };
static_assert(kNames.size() == CatalogueModel::ColumnCount);

using Entries = std::vector<store::Entry>;

/// Rows that follow each other are read at once.
base::Result<Entries> readEntries(
    const store::Store& store, const std::vector<std::uint64_t>& rows)
{
    Entries entries;
    for (std::size_t first = 0; first < rows.size();) {
        std::size_t count = 1;
        while (first + count < rows.size() && rows[first + count] == rows[first] + count)
            ++count;
        auto read = store.entries(rows[first], count);
        if (!read)
            return read;
        std::move(read->begin(), read->end(), std::back_inserter(entries));
        first += count;
    }
    return entries;
}

QString count(double value)
{
    return countText(static_cast<std::int64_t>(std::isfinite(value) ? value : 0.0));
}

} // namespace

CatalogueModel::CatalogueModel(QObject* parent)
    : QAbstractTableModel(parent)
{
    m_pool.setMaxThreadCount(1);
}

CatalogueModel::~CatalogueModel()
{
    m_pool.waitForDone();
}

const char* CatalogueModel::columnName(int column)
{
    return kNames.at(static_cast<std::size_t>(column));
}

void CatalogueModel::setStore(store::StorePtr store)
{
    std::vector<std::uint64_t> rows(store == nullptr ? 0 : store->size());
    std::iota(rows.begin(), rows.end(), std::uint64_t { 0 });
    m_store = std::move(store);
    setRows(std::move(rows));
}

void CatalogueModel::setRows(std::vector<std::uint64_t> rows)
{
    beginResetModel();
    ++m_generation;
    m_pages.clear();
    m_wanted.clear();
    m_rows = std::move(rows);
    endResetModel();
}

int CatalogueModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int CatalogueModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

const store::Entry* CatalogueModel::entry(int line) const
{
    const Entries* page = m_pages.object(line / kPageLines);
    return page == nullptr ? nullptr : &(*page)[static_cast<std::size_t>(line % kPageLines)];
}

void CatalogueModel::want(int page)
{
    if (m_wanted.contains(page))
        return;
    m_wanted.append(page);
    if (m_wanted.size() > kMostWanted)
        m_wanted.removeFirst();
    if (!m_reading) {
        m_reading = true;
        // Views ask while they paint: whatever follows has to wait until that is over.
        QTimer::singleShot(0, this, &CatalogueModel::readNext);
    }
}

void CatalogueModel::readNext()
{
    m_reading = !m_wanted.isEmpty();
    if (!m_reading)
        return;
    const int page = m_wanted.last();
    const auto first = m_rows.begin() + page * kPageLines;
    const auto length = std::min<std::ptrdiff_t>(kPageLines, m_rows.end() - first);
    const int generation = m_generation;
    whenDone(this,
        QtConcurrent::run(&m_pool,
            [store = m_store, rows = std::vector(first, first + length)] {
                return readEntries(*store, rows);
            }),
        [this, page, generation](const base::Result<Entries>& entries) {
            if (generation == m_generation)
                take(page, entries);
            readNext();
        });
}

void CatalogueModel::take(int page, const base::Result<Entries>& entries)
{
    m_wanted.removeOne(page);
    if (!entries) {
        m_wanted.clear();
        emit failed(errorText(entries.error()));
        return;
    }
    m_pages.insert(page, new Entries(*entries));
    const int first = page * kPageLines;
    const int last = first + static_cast<int>(entries->size()) - 1;
    emit dataChanged(index(first, 0), index(last, ColumnCount - 1));
}

QString CatalogueModel::text(const store::Entry& entry, int column) const
{
    switch (column) {
    case Object:
        return QString::fromStdString(entry.object);
    case Type:
        return QString::fromStdString(entry.type);
    case Survey:
        return QString::fromStdString(entry.survey);
    case RightAscension:
        return numberText(entry.raDeg, 5);
    case Declination:
        return numberText(entry.decDeg, 5);
    case SignalToNoise:
        return numberText(entry.snr, 0);
    case Medium:
        return entry.medium == "air" ? tr("air")
            : entry.medium == "vacuum" ? tr("vacuum")
            : entry.medium == "mixed"  ? tr("mixed")
                                       : tr("unknown");
    case Frame:
        return entry.frame == "rest"       ? tr("rest")
            : entry.frame == "barycentric" ? tr("barycentric")
            : entry.frame == "heliocentric" ? tr("heliocentric")
            : entry.frame == "topocentric"  ? tr("topocentric")
            : entry.frame == "mixed"        ? tr("mixed")
                                            : tr("unknown");
    case FirstWavelength:
        return numberText(entry.wavelengthMin, 1);
    case LastWavelength:
        return numberText(entry.wavelengthMax, 1);
    case GoodPixels:
        return count(entry.goodPixels);
    case Segments:
        return count(entry.segments);
    case Velocity:
        return numberText(entry.velocityKms, 1);
    default:
        return QString::fromStdString(entry.file);
    }
}

QVariant CatalogueModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (role == Qt::TextAlignmentRole) {
        const int column = index.column();
        const bool isText = column <= Survey || column == Medium || column == Frame
            || column == File;
        return QVariant((isText ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    const store::Entry* shown = entry(index.row());
    if (shown == nullptr) {
        // What is shown decides what is read; the model's contents do not change by it.
        const_cast<CatalogueModel*>(this)->want(index.row() / kPageLines);
        return role == Qt::DisplayRole ? QVariant(QStringLiteral("…")) : QVariant();
    }
    if (role == Qt::DisplayRole)
        return text(*shown, index.column());
    const QString notices = QString::fromStdString(shown->notices);
    const QString file = QString::fromStdString(shown->file);
    return notices.isEmpty() ? file : file + "\n" + notices;
}

QVariant CatalogueModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role == Qt::ToolTipRole && orientation == Qt::Horizontal && section < ColumnCount)
        return tr("In conditions: %1").arg(QLatin1String(columnName(section)));
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return QAbstractTableModel::headerData(section, orientation, role);
    switch (section) {
    case Object:
        return tr("Name");
    case Type:
        return tr("Type");
    case Survey:
        return tr("Survey");
    case RightAscension:
        return tr("RA (°)");
    case Declination:
        return tr("Dec (°)");
    case SignalToNoise:
        return tr("S/N");
    case Medium:
        return tr("Medium");
    case Frame:
        return tr("Frame");
    case FirstWavelength:
        return tr("From (Å)");
    case LastWavelength:
        return tr("To (Å)");
    case GoodPixels:
        return tr("Good pixels");
    case Segments:
        return tr("Segments");
    case Velocity:
        return tr("Velocity (km/s)");
    default:
        return tr("File");
    }
}

} // namespace maury::ui
