#include "core/project/schema.h"

#include <fmt/core.h>

namespace maury::project {
namespace {

using base::ErrorCode;
using base::failure;

/// Tells projects from other SQLite files: "Mary" in ASCII.
constexpr std::int64_t kApplicationId = 0x4D617279;

/// Labels and their history only ever grow: what was said once can be read for ever, and undoing is
/// one more entry. The triggers hold every program to it.
constexpr const char* kTables = R"sql(
CREATE TABLE stars(
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    catalogue_type TEXT NOT NULL,
    ra_deg REAL,
    dec_deg REAL) STRICT;
CREATE TABLE spectra(
    id INTEGER PRIMARY KEY,
    star INTEGER NOT NULL REFERENCES stars(id),
    file TEXT NOT NULL UNIQUE) STRICT;
CREATE INDEX spectra_of_star ON spectra(star);
CREATE TABLE recipes(
    id INTEGER PRIMARY KEY,
    spectrum INTEGER NOT NULL REFERENCES spectra(id),
    recipe TEXT NOT NULL,
    time_utc TEXT NOT NULL) STRICT;
CREATE INDEX recipes_of_spectrum ON recipes(spectrum, id);
CREATE TABLE labels(
    id INTEGER PRIMARY KEY,
    type TEXT NOT NULL,
    quality INTEGER CHECK (quality BETWEEN 0 AND 4),
    flags TEXT NOT NULL,
    notes TEXT NOT NULL,
    seconds REAL NOT NULL,
    atlas TEXT NOT NULL,
    model TEXT NOT NULL,
    program TEXT NOT NULL,
    time_utc TEXT NOT NULL) STRICT;
CREATE TABLE history(
    id INTEGER PRIMARY KEY,
    star INTEGER NOT NULL REFERENCES stars(id),
    classifier TEXT NOT NULL,
    origin TEXT NOT NULL CHECK (origin IN ('change', 'restore', 'import')),
    draft INTEGER REFERENCES labels(id),
    accepted INTEGER REFERENCES labels(id),
    time_utc TEXT NOT NULL) STRICT;
CREATE INDEX history_of_star ON history(star, classifier, id);
CREATE TABLE runs(
    id INTEGER PRIMARY KEY,
    time_utc TEXT NOT NULL,
    summary TEXT NOT NULL) STRICT;
CREATE TABLE sessions(
    id INTEGER PRIMARY KEY,
    classifier TEXT NOT NULL,
    program TEXT NOT NULL,
    started_utc TEXT NOT NULL,
    seen_utc TEXT NOT NULL,
    star INTEGER REFERENCES stars(id)) STRICT;
CREATE TRIGGER labels_stay BEFORE UPDATE ON labels
    BEGIN SELECT RAISE(ABORT, 'labels are never changed'); END;
CREATE TRIGGER labels_remain BEFORE DELETE ON labels
    BEGIN SELECT RAISE(ABORT, 'labels are never removed'); END;
CREATE TRIGGER history_stays BEFORE UPDATE ON history
    BEGIN SELECT RAISE(ABORT, 'history is never changed'); END;
CREATE TRIGGER history_remains BEFORE DELETE ON history
    BEGIN SELECT RAISE(ABORT, 'history is never removed'); END;
)sql";

/// SQLite's own check of pages and indices: a few milliseconds for 10,000 stars.
base::Result<void> checkPages(const Database& database)
{
    auto check = database.prepare("PRAGMA quick_check(1)");
    if (!check)
        return base::Unexpected(check.error());
    const auto row = check->step();
    if (!row)
        return base::Unexpected(row.error());
    if (const std::string verdict = check->text(0); verdict != "ok")
        return failure(ErrorCode::FileDamaged, database.file().string(), verdict);
    return {};
}

} // namespace

base::Result<void> createSchema(const Database& database)
{
    auto transaction = Transaction::begin(database);
    if (!transaction)
        return base::Unexpected(transaction.error());
    const std::string sql = fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}; {}",
        kApplicationId, kSchemaVersion, kTables);
    if (auto made = database.execute(sql); !made)
        return made;
    return transaction->commit();
}

base::Result<void> checkSchema(const Database& database)
{
    const auto application = database.integer("PRAGMA application_id");
    if (!application)
        return base::Unexpected(application.error());
    if (*application != kApplicationId)
        return failure(ErrorCode::FormatUnknown, database.file().string(),
            "a database of another program", "a project of Maury");
    const auto version = database.integer("PRAGMA user_version");
    if (!version)
        return base::Unexpected(version.error());
    if (*version > kSchemaVersion || *version < 1)
        return failure(ErrorCode::FormatVersion, database.file().string(),
            fmt::format("version {}", *version),
            fmt::format("at most {}; a newer Maury opens it", kSchemaVersion));
    return checkPages(database);
}

} // namespace maury::project
