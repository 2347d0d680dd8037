// What a project keeps of the work itself: recipes, runs, sessions.

#include "core/project/project.h"
#include "core/project/utc_time.h"

#include <utility>

namespace maury::project {

using base::ErrorCode;
using base::Unexpected;

base::Result<void> Project::keepRecipe(const std::string& file, const std::string& recipe)
{
    const auto before = recipeOf(file);
    if (!before)
        return Unexpected(before.error());
    if (*before == recipe)
        return {};
    const auto spectrum = find("SELECT id FROM spectra WHERE file = ?1", file);
    if (!spectrum)
        return Unexpected(spectrum.error());
    if (!*spectrum)
        return base::failure(
            ErrorCode::ValueMissing, m_database.file().string(), {}, "a spectrum " + file);
    if (auto set = flushCommits(false); !set)
        return set;
    auto insert
        = m_database.prepare("INSERT INTO recipes(spectrum, recipe, time_utc) VALUES (?1, ?2, ?3)");
    if (!insert)
        return Unexpected(insert.error());
    insert->bind(**spectrum, recipe, utcNow());
    return insert->run();
}

base::Result<std::string> Project::recipeOf(const std::string& file) const
{
    auto row = m_database.prepare("SELECT r.recipe FROM recipes r JOIN spectra s ON s.id = "
                                  "r.spectrum WHERE s.file = ?1 ORDER BY r.id DESC LIMIT 1");
    if (!row)
        return Unexpected(row.error());
    row->bind(file);
    const auto found = row->step();
    if (!found)
        return Unexpected(found.error());
    return *found ? row->text(0) : std::string();
}

base::Result<void> Project::addRun(const std::string& summary)
{
    if (auto set = flushCommits(true); !set)
        return set;
    auto insert = m_database.prepare("INSERT INTO runs(time_utc, summary) VALUES (?1, ?2)");
    if (!insert)
        return Unexpected(insert.error());
    insert->bind(utcNow(), summary);
    return insert->run();
}

base::Result<std::vector<Run>> Project::runs() const
{
    auto rows = m_database.prepare("SELECT time_utc, summary FROM runs ORDER BY id");
    if (!rows)
        return Unexpected(rows.error());
    std::vector<Run> runs;
    for (;;) {
        const auto more = rows->step();
        if (!more)
            return Unexpected(more.error());
        if (!*more)
            return runs;
        runs.push_back({ rows->text(0), rows->text(1) });
    }
}

base::Result<std::optional<Session>> Project::lastSession() const
{
    auto row = m_database.prepare("SELECT classifier, program, started_utc, seen_utc, star "
                                  "FROM sessions ORDER BY id DESC LIMIT 1");
    if (!row)
        return Unexpected(row.error());
    const auto found = row->step();
    if (!found)
        return Unexpected(found.error());
    if (!*found)
        return std::optional<Session>();
    return std::optional(Session {
        row->text(0), row->text(1), row->text(2), row->text(3), row->optionalInteger(4) });
}

base::Result<void> Project::beginSession(const std::string& classifier)
{
    if (auto set = flushCommits(false); !set)
        return set;
    const auto before = lastSession();
    if (!before)
        return Unexpected(before.error());
    auto insert = m_database.prepare("INSERT INTO sessions(classifier, program, started_utc, "
                                     "seen_utc, star) VALUES (?1, ?2, ?3, ?3, ?4)");
    if (!insert)
        return Unexpected(insert.error());
    insert->bind(classifier, std::string("Maury " MAURY_VERSION), utcNow(),
        *before ? (*before)->star : std::nullopt);
    if (auto inserted = insert->run(); !inserted)
        return inserted;
    m_session = m_database.lastRowId();
    return {};
}

base::Result<void> Project::keepPlace(StarId star)
{
    EXPECTS(m_session != 0);
    if (auto set = flushCommits(false); !set)
        return set;
    auto update = m_database.prepare("UPDATE sessions SET star = ?2, seen_utc = ?3 WHERE id = ?1");
    if (!update)
        return Unexpected(update.error());
    update->bind(m_session, star, utcNow());
    return update->run();
}

} // namespace maury::project
