#include "ui/bridge/label_desk.h"

#include "core/project/label_exchange.h"
#include "core/project/utc_time.h"
#include "ui/bridge/edit_history.h"
#include "ui/models/spectrum_list_model.h"

#include <cmath>
#include <utility>

namespace maury::ui {

using base::Unexpected;
using project::Label;
using project::LabelState;
using project::StarId;

LabelDesk::LabelDesk(SpectrumListModel& spectra, EditHistory* history, QObject* parent)
    : QObject(parent)
    , m_spectra(spectra)
    , m_history(history)
{
}

LabelDesk::~LabelDesk() = default;

base::Result<void> LabelDesk::setProject(
    project::Project opened, const QString& classifier, bool listStars)
{
    if (m_history != nullptr)
        m_history->clear(); // its labels are those of the project before
    m_project = std::make_unique<project::Project>(std::move(opened));
    m_classifier = classifier;
    m_ids.clear();
    if (canWrite())
        if (auto begun = m_project->beginSession(classifier.toStdString()); !begun)
            return begun;
    m_place = kNoSpectrum;
    if (auto read = readStars(listStars); !read)
        return read;
    auto loaded = reload();
    if (loaded && m_place != kNoSpectrum)
        emit wanted(m_place);
    return loaded;
}

/// Stars that are listed stand in the list with their files, to be read when they are shown.
base::Result<void> LabelDesk::readStars(bool list)
{
    const auto stars = m_project->stars();
    if (!stars)
        return Unexpected(stars.error());
    m_files.clear();
    QStringList files;
    for (const project::Star& star : *stars)
        for (const std::string& file : star.files) {
            files.append(QString::fromStdString(file));
            m_files.insert(files.last(), star.id);
        }
    if (!list)
        return {};
    const QList<SpectrumId> ids = m_spectra.addFiles(files);
    const auto session = m_project->lastSession();
    if (!session)
        return Unexpected(session.error());
    // Where the last session ended, or at the first star.
    for (qsizetype i = 0; i < ids.size(); ++i)
        if (i == 0 || (*session && m_files.value(files[i]) == (*session)->star))
            m_place = ids[i];
    return {};
}

std::optional<StarId> LabelDesk::idOf(SpectrumId star) const
{
    if (const auto id = m_ids.constFind(star); id != m_ids.constEnd())
        return *id;
    const SpectrumEntry* entry = m_spectra.entry(star);
    const auto file = entry == nullptr ? m_files.constEnd() : m_files.constFind(entry->file);
    return file == m_files.constEnd() ? std::nullopt : std::optional(*file);
}

base::Result<void> LabelDesk::reload()
{
    m_known.clear();
    if (m_project == nullptr)
        return {};
    auto labels = m_project->labels();
    if (!labels)
        return Unexpected(labels.error());
    const std::string own = m_classifier.toStdString();
    for (project::StarLabels& each : *labels)
        if (each.classifier == own)
            m_known[each.star].state = std::move(each.state);
    for (const project::StarLabels& each : *labels) {
        if (each.classifier == own || !each.state.accepted)
            continue;
        Known& known = m_known[each.star];
        known.disputed = known.disputed
            || (known.state.accepted && known.state.accepted->type != each.state.accepted->type);
    }
    const SpectrumId shown = m_star;
    show(kNoSpectrum);
    show(shown);
    emit projectChanged();
    return {};
}

base::Result<void> LabelDesk::setClassifier(const QString& name)
{
    if (name == m_classifier || m_project == nullptr)
        return {};
    if (m_history != nullptr)
        m_history->clear();
    m_classifier = name;
    if (canWrite())
        if (auto begun = m_project->beginSession(name.toStdString()); !begun)
            return begun;
    emit classifierChanged(name);
    return reload();
}

base::Result<project::ImportReport> LabelDesk::import(
    const QString& file, const project::ImportOptions& options)
{
    EXPECTS(canWrite());
    const std::filesystem::path path(file.toStdString());
    auto labels = project::readLabels(path, path.stem().string());
    if (!labels)
        return Unexpected(labels.error());
    auto report = project::importLabels(*m_project, std::move(*labels), options);
    if (report)
        if (auto read = reload(); !read)
            return Unexpected(read.error());
    return report;
}

void LabelDesk::setSources(const QString& atlas, const QString& model)
{
    m_atlas = atlas;
    m_model = model;
}

const LabelDesk::Known* LabelDesk::known(SpectrumId star) const
{
    const auto id = idOf(star);
    const auto found = id ? m_known.constFind(*id) : m_known.constEnd();
    return found == m_known.constEnd() ? nullptr : &*found;
}

project::Star LabelDesk::starOf(const SpectrumEntry& entry) const
{
    project::Star star;
    star.name = entry.name.toStdString();
    star.catalogueType = entry.standard ? std::string() : entry.type.toStdString();
    if (!entry.file.isEmpty())
        star.files.push_back(entry.file.toStdString());
    if (entry.standard)
        star.name = m_atlas.toStdString() + ": " + star.name;
    if (entry.spectrum != nullptr) {
        star.raDeg = entry.spectrum->raDeg;
        star.decDeg = entry.spectrum->decDeg;
    }
    return star;
}

bool LabelDesk::join(const QList<SpectrumId>& stars)
{
    if (!canWrite())
        return true;
    std::vector<project::Star> fresh;
    QList<SpectrumId> joining;
    for (const SpectrumId id : stars) {
        const SpectrumEntry* entry = m_spectra.entry(id);
        if (entry == nullptr || entry->standard || idOf(id))
            continue;
        fresh.push_back(starOf(*entry));
        joining.append(id);
    }
    if (fresh.empty())
        return true;
    const auto ids = m_project->addStars(fresh);
    if (!ids)
        return reported(ids.error());
    for (qsizetype i = 0; i < joining.size(); ++i)
        m_ids.insert(joining[i], (*ids)[static_cast<std::size_t>(i)]);
    return true;
}

base::Result<StarId> LabelDesk::ensureStar(const SpectrumEntry& entry)
{
    if (const auto id = idOf(entry.id))
        return *id;
    const project::Star star = starOf(entry);
    const auto ids = m_project->addStars(std::span(&star, 1));
    if (!ids)
        return Unexpected(ids.error());
    m_ids.insert(entry.id, ids->front());
    return ids->front();
}

void LabelDesk::show(SpectrumId star)
{
    if (star == m_star)
        return;
    m_star = star;
    m_state = {};
    m_secondsBefore = 0.0;
    const SpectrumEntry* entry = m_spectra.entry(star);
    if (m_project == nullptr || entry == nullptr)
        return;
    // A standard belongs to the project only once it is labelled.
    if (canWrite() && (!entry->standard || idOf(star))) {
        const auto id = ensureStar(*entry);
        if (!id) {
            reported(id.error());
            return;
        }
        if (auto kept = m_project->keepPlace(*id); !kept)
            reported(kept.error());
    }
    if (const Known* its = known(star))
        m_state = its->state;
    m_secondsBefore = label().seconds;
    m_clock.start();
}

Label LabelDesk::label() const
{
    return m_state.draft ? *m_state.draft : m_state.accepted.value_or(Label {});
}

LabelDesk::Progress LabelDesk::progress(SpectrumId star) const
{
    const Known* its = known(star);
    if (its == nullptr || its->state == LabelState {})
        return Progress::None;
    return its->state.accepted ? Progress::Accepted : Progress::Draft;
}

std::optional<Label> LabelDesk::accepted(SpectrumId star) const
{
    const Known* its = known(star);
    return its == nullptr ? std::nullopt : its->state.accepted;
}

bool LabelDesk::isDisputed(SpectrumId star) const
{
    const Known* its = known(star);
    return its != nullptr && its->disputed;
}

double LabelDesk::secondsSpent() const
{
    // A tenth of a second is what a person's pace can tell.
    const double now = m_secondsBefore + static_cast<double>(m_clock.elapsed()) / 1000.0;
    return std::round(10.0 * now) / 10.0;
}

Label LabelDesk::stamped(Label label) const
{
    label.seconds = secondsSpent();
    label.atlas = m_atlas.toStdString();
    label.model = m_model.toStdString();
    label.program = "Maury " MAURY_VERSION;
    label.timeUtc = project::utcNow();
    return label;
}

bool LabelDesk::edit(
    const QString& text, const QString& key, const std::function<void(Label&)>& change)
{
    LabelState state = m_state;
    Label draft = label();
    change(draft);
    if (draft == label())
        return true;
    state.draft = stamped(std::move(draft));
    return write(text, key, std::move(state));
}

bool LabelDesk::accept(const std::string& typeAtHand)
{
    if (!m_state.draft && m_state.accepted)
        return true;
    Label wanted = label();
    if (wanted.type.empty() && !wanted.flags.bad)
        wanted.type = typeAtHand;
    LabelState state;
    state.accepted = stamped(std::move(wanted));
    return write(
        tr("Accept %1").arg(QString::fromStdString(state.accepted->type)), {}, std::move(state));
}

bool LabelDesk::write(const QString& text, const QString& key, LabelState state)
{
    const SpectrumEntry* entry = m_spectra.entry(m_star);
    if (!canWrite() || entry == nullptr)
        return false;
    const auto id = ensureStar(*entry);
    if (!id)
        return reported(id.error());
    const StarId star = *id;
    const std::string classifier = m_classifier.toStdString();
    const auto before = m_project->lastEntry(star, classifier);
    if (!before)
        return reported(before.error());
    const auto written = m_project->record(star, classifier, state);
    if (!written)
        return reported(written.error());
    m_state = state;
    m_known[star].state = std::move(state);
    if (m_history != nullptr) {
        const auto to = [this, shown = m_star](project::EntryId which) {
            return [this, shown, which] { restore(shown, which); };
        };
        // Without a key of its own a change never merges with another.
        const QString what = key.isEmpty() ? QString::number(*written) : key;
        m_history->record(
            text, QStringLiteral("label/%1/%2").arg(star).arg(what), to(*before), to(*written));
    }
    emit changed(m_star);
    return true;
}

void LabelDesk::restore(SpectrumId id, project::EntryId entry)
{
    const StarId star = idOf(id).value_or(0);
    const std::string classifier = m_classifier.toStdString();
    if (const auto restored = m_project->restore(star, classifier, entry); !restored) {
        reported(restored.error());
        return;
    }
    auto state = m_project->labelState(star, classifier);
    if (!state) {
        reported(state.error());
        return;
    }
    m_known[star].state = *state;
    if (id == m_star) {
        m_state = std::move(*state);
        m_secondsBefore = label().seconds;
        m_clock.start();
    }
    emit changed(id);
    if (id != m_star)
        emit wanted(id);
}

void LabelDesk::keepRecipe(const std::string& recipe)
{
    const SpectrumEntry* entry = m_spectra.entry(m_star);
    const auto id = idOf(m_star);
    if (!canWrite() || entry == nullptr || entry->file.isEmpty() || !id)
        return;
    if (entry->spectrum != nullptr) {
        const project::Star facts { *id, {}, entry->type.toStdString(), entry->spectrum->raDeg,
            entry->spectrum->decDeg, {} };
        if (auto described = m_project->describeStar(facts); !described)
            reported(described.error());
    }
    if (auto kept = m_project->keepRecipe(entry->file.toStdString(), recipe); !kept)
        reported(kept.error());
}

void LabelDesk::keepRun(const std::string& summary)
{
    if (!canWrite())
        return;
    if (auto kept = m_project->addRun(summary); !kept)
        reported(kept.error());
}

bool LabelDesk::reported(const base::Error& error)
{
    emit failed(error);
    return false;
}

} // namespace maury::ui
