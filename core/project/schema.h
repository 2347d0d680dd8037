#pragma once

#include "core/project/sqlite.h"

namespace maury::project {

/// The version of the tables that this program writes and the newest that it reads.
inline constexpr int kSchemaVersion = 1;

/// Makes the tables of a project in an empty database.
[[nodiscard]] base::Result<void> createSchema(const Database& database);

/// Whether a database is a sound project of a version that is known. Errors: FormatUnknown (made by
/// another program), FormatVersion (by a newer one), FileDamaged, those of Database.
[[nodiscard]] base::Result<void> checkSchema(const Database& database);

} // namespace maury::project
