#include "core/project/project.h"

#include "core/project/schema.h"
#include "core/project/utc_time.h"

#include <system_error>
#include <utility>

namespace maury::project {
namespace {

using base::ErrorCode;
using base::failure;
using base::Unexpected;

constexpr const char* kLabelColumns
    = "type, quality, flags, notes, seconds, atlas, model, program, time_utc";

/// A label from the columns of kLabelColumns, the first of which is `first`.
base::Result<Label> readLabel(const Statement& row, int first)
{
    auto flags = flagsFromString(row.text(first + 2));
    if (!flags)
        return Unexpected(flags.error());
    Label label;
    label.type = row.text(first);
    if (const auto quality = row.optionalInteger(first + 1))
        label.quality = static_cast<int>(*quality);
    label.flags = *flags;
    label.notes = row.text(first + 3);
    label.seconds = row.real(first + 4);
    label.atlas = row.text(first + 5);
    label.model = row.text(first + 6);
    label.program = row.text(first + 7);
    label.timeUtc = row.text(first + 8);
    return label;
}

/// Whether there is a file that can be a project at all.
base::Result<void> checkFile(const std::filesystem::path& file)
{
    std::error_code error;
    const auto status = std::filesystem::status(file, error);
    if (!std::filesystem::exists(status))
        return failure(ErrorCode::FileMissing, file.string());
    if (!std::filesystem::is_regular_file(status))
        return failure(ErrorCode::FileUnreadable, file.string(), "a folder or device", "a file");
    if (std::filesystem::file_size(file, error) == 0)
        return failure(ErrorCode::FileEmpty, file.string());
    return {};
}

/// Opens to read; where the folder cannot be written in, SQLite cannot take part in locking.
base::Result<Database> openToRead(const std::filesystem::path& file)
{
    if (auto checked = checkFile(file); !checked)
        return Unexpected(checked.error());
    auto database = Database::open(file, Database::Access::Read);
    auto checked
        = database ? checkSchema(*database) : base::Result<void>(Unexpected(database.error()));
    const bool isClosedFolder = !checked
        && (checked.error().code == ErrorCode::FileUnreadable
            || checked.error().code == ErrorCode::WriteFailed);
    if (isClosedFolder) {
        database = Database::open(file, Database::Access::ReadUnlocked);
        checked
            = database ? checkSchema(*database) : base::Result<void>(Unexpected(database.error()));
    }
    if (!checked)
        return Unexpected(checked.error());
    return database;
}

/// A name beside `file` for what is not complete yet.
std::filesystem::path partOf(std::filesystem::path file)
{
    file += ".part";
    std::error_code ignored;
    std::filesystem::remove(file, ignored);
    return file;
}

base::Result<void> giveName(const std::filesystem::path& part, const std::filesystem::path& file)
{
    std::error_code error;
    std::filesystem::rename(part, file, error);
    if (error)
        return failure(ErrorCode::WriteFailed, file.string(), error.message());
    return {};
}

base::Result<void> refuseExisting(const std::filesystem::path& file)
{
    std::error_code ignored;
    if (std::filesystem::exists(file, ignored))
        return failure(ErrorCode::OptionInvalid, file.string(), "a file of this name",
            "the name of a new file");
    return {};
}

} // namespace

Project::Project(std::optional<ProjectLock> lock, Database database)
    : m_lock(std::move(lock))
    , m_database(std::move(database))
{
}

base::Result<Project> Project::create(const std::filesystem::path& file)
{
    if (auto isNew = refuseExisting(file); !isNew)
        return Unexpected(isNew.error());
    const auto part = partOf(file);
    {
        const auto database = Database::open(part, Database::Access::Write);
        auto made
            = database ? createSchema(*database) : base::Result<void>(Unexpected(database.error()));
        if (!made) {
            std::error_code ignored;
            std::filesystem::remove(part, ignored);
            // That the new file cannot be opened is about writing, whatever SQLite calls it.
            base::Error error = made.error();
            error.place = file.string();
            if (error.code == ErrorCode::FileUnreadable)
                error.code = ErrorCode::WriteFailed;
            return Unexpected(std::move(error));
        }
    }
    if (auto named = giveName(part, file); !named)
        return Unexpected(named.error());
    return openForWriting(file);
}

base::Result<Project> Project::open(const std::filesystem::path& file, Access access)
{
    if (access == Access::Write)
        return openForWriting(file);
    auto database = openToRead(file);
    if (!database)
        return Unexpected(database.error());
    return Project(std::nullopt, std::move(*database));
}

base::Result<Project> Project::openForWriting(const std::filesystem::path& file)
{
    if (auto checked = checkFile(file); !checked)
        return Unexpected(checked.error());
    auto lock = ProjectLock::acquire(file);
    if (!lock)
        return Unexpected(lock.error());
    // Looked at without the right to change anything first: opening to write may already repair.
    if (const auto looked = openToRead(file); !looked)
        return Unexpected(looked.error());
    auto database = Database::open(file, Database::Access::Write);
    if (!database)
        return Unexpected(database.error());
    if (database->isReadOnly())
        return failure(ErrorCode::WriteFailed, file.string(), "a file that may not be written",
            "the right to write; open the project read-only or work on a copy");
    auto prepared = database->execute("PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON");
    if (!prepared)
        return Unexpected(prepared.error());
    return Project(std::move(*lock), std::move(*database));
}

base::Result<Project> Project::openOrCreate(const std::filesystem::path& file)
{
    std::error_code ignored;
    return std::filesystem::exists(file, ignored) ? open(file) : create(file);
}

base::Result<void> Project::copy(const std::filesystem::path& from, const std::filesystem::path& to)
{
    if (auto isNew = refuseExisting(to); !isNew)
        return isNew;
    const auto database = openToRead(from);
    if (!database)
        return Unexpected(database.error());
    const auto part = partOf(to);
    auto vacuum = database->prepare("VACUUM INTO ?1");
    if (!vacuum)
        return Unexpected(vacuum.error());
    vacuum->bind(part.string());
    if (auto written = vacuum->run(); !written) {
        std::error_code ignored;
        std::filesystem::remove(part, ignored);
        return base::failureIn(written.error(), "while writing " + to.string());
    }
    return giveName(part, to);
}

base::Result<std::vector<StarLabels>> Project::labels() const
{
    auto rows = m_database.prepare(std::string("SELECT h.star, h.classifier, h.draft, h.accepted, ")
        + "d.type, d.quality, d.flags, d.notes, d.seconds, d.atlas, d.model, d.program, "
          "d.time_utc, "
          "a.type, a.quality, a.flags, a.notes, a.seconds, a.atlas, a.model, a.program, a.time_utc "
          "FROM history h JOIN (SELECT MAX(id) AS last FROM history GROUP BY star, classifier) "
          "ON h.id = last LEFT JOIN labels d ON d.id = h.draft LEFT JOIN labels a "
          "ON a.id = h.accepted ORDER BY h.star, h.classifier");
    if (!rows)
        return Unexpected(rows.error());
    std::vector<StarLabels> found;
    for (;;) {
        const auto more = rows->step();
        if (!more)
            return Unexpected(more.error());
        if (!*more)
            return found;
        StarLabels labels { rows->integer(0), rows->text(1), {} };
        constexpr int kDraft = 4;
        constexpr int kAccepted = 13;
        for (const auto& [id, first, to] : { std::tuple { 2, kDraft, &labels.state.draft },
                 std::tuple { 3, kAccepted, &labels.state.accepted } }) {
            if (rows->isNull(id))
                continue;
            auto label = readLabel(*rows, first);
            if (!label)
                return base::failureIn(label.error(), m_database.file().string());
            *to = std::move(*label);
        }
        if (labels.state != LabelState {})
            found.push_back(std::move(labels));
    }
}

base::Result<Project::Entry> Project::last(StarId star, const std::string& classifier) const
{
    auto row = m_database.prepare("SELECT id, draft, accepted FROM history "
                                  "WHERE star = ?1 AND classifier = ?2 ORDER BY id DESC LIMIT 1");
    if (!row)
        return Unexpected(row.error());
    row->bind(star, classifier);
    const auto found = row->step();
    if (!found)
        return Unexpected(found.error());
    if (!*found)
        return Entry {};
    return Entry { row->integer(0), row->optionalInteger(1), row->optionalInteger(2) };
}

base::Result<std::optional<Label>> Project::label(const std::optional<std::int64_t>& id) const
{
    if (!id)
        return std::optional<Label>();
    auto row
        = m_database.prepare(std::string("SELECT ") + kLabelColumns + " FROM labels WHERE id = ?1");
    if (!row)
        return Unexpected(row.error());
    row->bind(*id);
    const auto found = row->step();
    if (!found)
        return Unexpected(found.error());
    if (!*found)
        return failure(ErrorCode::FileDamaged, m_database.file().string(),
            "no label " + std::to_string(*id), "the one that the history names");
    auto label = readLabel(*row, 0);
    if (!label)
        return Unexpected(label.error());
    return std::optional(std::move(*label));
}

base::Result<LabelState> Project::labelState(StarId star, const std::string& classifier) const
{
    const auto entry = last(star, classifier);
    if (!entry)
        return Unexpected(entry.error());
    auto draft = label(entry->draft);
    if (!draft)
        return Unexpected(draft.error());
    auto accepted = label(entry->accepted);
    if (!accepted)
        return Unexpected(accepted.error());
    return LabelState { std::move(*draft), std::move(*accepted) };
}

base::Result<EntryId> Project::lastEntry(StarId star, const std::string& classifier) const
{
    const auto entry = last(star, classifier);
    if (!entry)
        return Unexpected(entry.error());
    return entry->id;
}

/// The row of a label: one of those that the entry before has, or a new one.
base::Result<std::optional<std::int64_t>> Project::keep(
    const std::optional<Label>& wanted, const Entry& before)
{
    if (!wanted)
        return std::optional<std::int64_t>();
    for (const auto& id : { before.draft, before.accepted }) {
        const auto known = label(id);
        if (!known)
            return Unexpected(known.error());
        if (*known == wanted)
            return id;
    }
    auto insert = m_database.prepare(std::string("INSERT INTO labels(") + kLabelColumns
        + ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");
    if (!insert)
        return Unexpected(insert.error());
    insert->bind(wanted->type, wanted->quality, toString(wanted->flags), wanted->notes,
        wanted->seconds, wanted->atlas, wanted->model, wanted->program, wanted->timeUtc);
    if (auto inserted = insert->run(); !inserted)
        return Unexpected(inserted.error());
    return std::optional(m_database.lastRowId());
}

base::Result<EntryId> Project::append(StarId star, const std::string& classifier,
    const char* origin, const LabelState& state, const Entry& before)
{
    const auto draft = keep(state.draft, before);
    if (!draft)
        return Unexpected(draft.error());
    const auto accepted = keep(state.accepted, before);
    if (!accepted)
        return Unexpected(accepted.error());
    return append(star, classifier, origin, Entry { 0, *draft, *accepted });
}

base::Result<EntryId> Project::append(
    StarId star, const std::string& classifier, const char* origin, const Entry& entry)
{
    auto insert = m_database.prepare("INSERT INTO history(star, classifier, origin, draft, "
                                     "accepted, time_utc) VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
    if (!insert)
        return Unexpected(insert.error());
    insert->bind(star, classifier, std::string(origin), entry.draft, entry.accepted, utcNow());
    if (auto inserted = insert->run(); !inserted)
        return Unexpected(inserted.error());
    return m_database.lastRowId();
}

/// Whether commits wait until the disk has them. A killed program loses nothing either way: the
/// system has what was committed. Only a power cut can tell, so that single keys need not wait.
base::Result<void> Project::flushCommits(bool flush)
{
    return m_database.execute(flush ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
}

base::Result<EntryId> Project::record(
    StarId star, const std::string& classifier, const LabelState& state)
{
    const auto before = labelState(star, classifier);
    if (!before)
        return Unexpected(before.error());
    if (auto set = flushCommits(before->accepted != state.accepted); !set)
        return Unexpected(set.error());
    auto transaction = Transaction::begin(m_database);
    if (!transaction)
        return Unexpected(transaction.error());
    const auto entry = last(star, classifier);
    if (!entry)
        return Unexpected(entry.error());
    const auto appended = append(star, classifier, "change", state, *entry);
    if (!appended)
        return appended;
    if (auto committed = transaction->commit(); !committed)
        return Unexpected(committed.error());
    return appended;
}

base::Result<EntryId> Project::restore(StarId star, const std::string& classifier, EntryId earlier)
{
    Entry entry;
    if (earlier != 0) {
        auto row = m_database.prepare("SELECT draft, accepted FROM history "
                                      "WHERE id = ?1 AND star = ?2 AND classifier = ?3");
        if (!row)
            return Unexpected(row.error());
        row->bind(earlier, star, classifier);
        const auto found = row->step();
        if (!found)
            return Unexpected(found.error());
        if (!*found)
            return failure(ErrorCode::ValueMissing, m_database.file().string(), {},
                "entry " + std::to_string(earlier) + " of this star and classifier");
        entry = { 0, row->optionalInteger(0), row->optionalInteger(1) };
    }
    const auto before = last(star, classifier);
    if (!before)
        return Unexpected(before.error());
    if (auto set = flushCommits(before->accepted != entry.accepted); !set)
        return Unexpected(set.error());
    return append(star, classifier, "restore", entry);
}

base::Result<std::vector<SignedLabel>> Project::acceptedLabels() const
{
    auto rows = m_database.prepare(
        "SELECT s.name, h.classifier, l.type, l.quality, l.flags, "
        "l.notes, l.seconds, l.atlas, l.model, l.program, l.time_utc FROM history h "
        "JOIN (SELECT MAX(id) AS last FROM history GROUP BY star, classifier) ON h.id = last "
        "JOIN labels l ON l.id = h.accepted JOIN stars s ON s.id = h.star "
        "ORDER BY s.name, h.classifier");
    if (!rows)
        return Unexpected(rows.error());
    std::vector<SignedLabel> labels;
    for (;;) {
        const auto more = rows->step();
        if (!more)
            return Unexpected(more.error());
        if (!*more)
            return labels;
        auto label = readLabel(*rows, 2);
        if (!label)
            return base::failureIn(label.error(), m_database.file().string());
        labels.push_back({ rows->text(0), rows->text(1), std::move(*label) });
    }
}

base::Result<ImportCount> Project::takeIn(std::span<const SignedLabel> labels)
{
    if (auto set = flushCommits(true); !set)
        return Unexpected(set.error());
    auto transaction = Transaction::begin(m_database);
    if (!transaction)
        return Unexpected(transaction.error());
    ImportCount count;
    for (const SignedLabel& given : labels) {
        const auto star = find("SELECT id FROM stars WHERE name = ?1", given.star);
        if (!star)
            return Unexpected(star.error());
        EXPECTS(star->has_value());
        const auto before = last(**star, given.classifier);
        if (!before)
            return Unexpected(before.error());
        const auto accepted = label(before->accepted);
        if (!accepted)
            return Unexpected(accepted.error());
        const auto draft = label(before->draft);
        if (!draft)
            return Unexpected(draft.error());
        if (*accepted == given.label) {
            ++count.unchanged;
            continue;
        }
        const auto appended = append(
            **star, given.classifier, "import", LabelState { *draft, given.label }, *before);
        if (!appended)
            return Unexpected(appended.error());
        ++(accepted->has_value() ? count.changed : count.added);
    }
    if (auto committed = transaction->commit(); !committed)
        return Unexpected(committed.error());
    return count;
}

} // namespace maury::project
