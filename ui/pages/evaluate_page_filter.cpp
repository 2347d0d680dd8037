// Part of EvaluatePage: what narrows its lists of stars, and the chips that say so.

#include "ui/bridge/edit_history.h"
#include "ui/models/selection.h"
#include "ui/models/spectrum_list_model.h"
#include "ui/models/workspace.h"
#include "ui/pages/evaluate_page.h"
#include "ui/pages/filter_chips.h"

#include <QFileInfo>
#include <QScopedValueRollback>

#include <utility>

namespace maury::ui {
namespace {

constexpr const char* kCellKey = "cell";
constexpr const char* kLuminosityKey = "luminosity";
constexpr const char* kHeadKey = "head";
constexpr const char* kOffKey = "off";
constexpr const char* kTextKey = "text";
constexpr const char* kGroupKey = "group";

} // namespace

void EvaluatePage::makeFilters()
{
    connect(m_mistakes, &MistakesPanel::filterEdited, this, [this](const QString& key) {
        if (m_restoring)
            return;
        applyFilter();
        noteFilter(key);
    });
    connect(&m_mistakes->chips(), &FilterChips::removed, this, &EvaluatePage::removeChip);
    connect(&m_mistakes->chips(), &FilterChips::cleared, this, [this] { changeFilter({}); });
    connect(&m_context.selection, &Selection::groupChanged, this, [this] {
        if (m_restoring)
            return;
        m_noted.group = m_context.selection.group(); // whoever chose them answers for that
        applyFilter();
    });
    showCell();
    m_noted = filter();
}

EvaluatePage::ListFilter EvaluatePage::filter() const
{
    return { m_mistakes->filter(), m_mistakes->searchText(), m_cell, m_context.selection.group() };
}

void EvaluatePage::restoreFilter(const ListFilter& filter)
{
    {
        const QScopedValueRollback restoring(m_restoring, true);
        m_mistakes->setFilter(filter.wrong);
        m_mistakes->setSearchText(filter.text);
        m_context.selection.setGroup(filter.group);
        m_cell = filter.cell;
        showCell();
    }
    m_noted = this->filter();
}

void EvaluatePage::changeFilter(const ListFilter& filter)
{
    const ListFilter before = m_noted;
    restoreFilter(filter);
    m_noted = before;
    noteFilter(QStringLiteral("chip/%1").arg(++m_steps));
}

void EvaluatePage::removeChip(const QString& key)
{
    ListFilter left = filter();
    if (key == QLatin1String(kCellKey))
        left.cell = {};
    else if (key == QLatin1String(kLuminosityKey))
        left.cell.luminosity.reset();
    else if (key == QLatin1String(kHeadKey))
        left.wrong.spectral = left.wrong.luminosity = true;
    else if (key == QLatin1String(kOffKey))
        left.wrong.classesOff = 1;
    else if (key == QLatin1String(kTextKey))
        left.text.clear();
    else
        left.group.clear();
    changeFilter(left);
}

void EvaluatePage::noteFilter(const QString& key)
{
    const ListFilter now = filter();
    if (now == m_noted)
        return;
    const ListFilter before = std::exchange(m_noted, now);
    if (m_context.history != nullptr)
        m_context.history->record(tr("Filter of the lists"), "evaluate/filter/" + key,
            [this, before] { restoreFilter(before); }, [this, now] { restoreFilter(now); });
}

void EvaluatePage::applyFilter()
{
    QList<QSet<QString>> names;
    if (m_evaluation && m_cell.isValid()) {
        QSet<QString> stars;
        for (const CellStar& star : starsOfCell(*m_evaluation, m_cell))
            stars.insert(star.standard);
        names.append(stars);
    }
    if (!m_context.selection.group().isEmpty())
        names.append(namesOfGroup());
    m_mistakes->setNames(names);
    m_judges->setFilter(m_mistakes->searchText(), names);
    m_suspects->setFilter(m_mistakes->searchText(), names);
    followSelection();
    showChips();
}

QString EvaluatePage::evaluatedName(SpectrumId star) const
{
    const SpectrumEntry* entry = m_context.spectra.entry(star);
    if (entry == nullptr || !m_evaluation)
        return {};
    if (!m_evaluation->stars) {
        const auto atlas = m_context.workspace.atlas();
        return entry->standard && atlas
            ? QString::fromStdString(atlas->standards()[*entry->standard].name)
            : QString();
    }
    for (const auto& [name, path] : m_evaluation->files)
        if (QFileInfo(QString::fromStdString(path.string())).absoluteFilePath() == entry->file)
            return QString::fromStdString(name);
    return {};
}

QSet<QString> EvaluatePage::namesOfGroup() const
{
    QSet<QString> names;
    const auto atlas = m_context.workspace.atlas();
    for (const SpectrumId id : m_context.selection.group()) {
        names.insert(evaluatedName(id));
        const SpectrumEntry* entry = m_context.spectra.entry(id);
        if (entry != nullptr && entry->standard && atlas)
            names.insert(QString::fromStdString(atlas->standards()[*entry->standard].name));
        else if (entry != nullptr)
            names.insert(entry->name);
    }
    return names;
}

void EvaluatePage::showChips()
{
    const ListFilter now = filter();
    QList<FilterChips::Chip> chips;
    if (now.cell.isValid()) {
        const QStringList classes = matrix(now.cell.head).classes();
        chips.append({ kCellKey,
            tr("%1 → %2").arg(classes.value(now.cell.truth), classes.value(now.cell.predicted)) });
        if (now.cell.luminosity)
            chips.append({ kLuminosityKey,
                tr("luminosity %1").arg(m_luminosity.classes().value(*now.cell.luminosity)) });
    }
    if (now.wrong.spectral != now.wrong.luminosity)
        chips.append({ kHeadKey,
            now.wrong.spectral ? tr("wrong spectral class") : tr("wrong luminosity class") });
    if (now.wrong.classesOff > 1)
        chips.append({ kOffKey, tr("by ≥ %1 classes").arg(now.wrong.classesOff) });
    if (!now.text.isEmpty())
        chips.append({ kTextKey, tr("“%1”").arg(now.text) });
    if (!now.group.isEmpty())
        chips.append({ kGroupKey, tr("%n chosen stars", nullptr, static_cast<int>(now.group.size())) });
    m_mistakes->chips().setChips(chips);
}

} // namespace maury::ui
