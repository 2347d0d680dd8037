#include "core/project/sqlite.h"

#include <sqlite3.h>

#include <utility>

namespace maury::project {
namespace {

using base::ErrorCode;

/// How long to wait for a program that is writing at the moment: a commit takes less.
constexpr int kPatienceMs = 40;

ErrorCode codeOf(int result)
{
    switch (result & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return ErrorCode::WriteFailed;
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
        return ErrorCode::FileDamaged;
    case SQLITE_FULL:
    case SQLITE_READONLY:
        return ErrorCode::WriteFailed;
    case SQLITE_IOERR:
        return result == SQLITE_IOERR_READ || result == SQLITE_IOERR_SHORT_READ
            ? ErrorCode::FileUnreadable
            : ErrorCode::WriteFailed;
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return ErrorCode::FileUnreadable;
    default:
        return ErrorCode::LibraryFailed;
    }
}

base::Unexpected failureOf(sqlite3* connection, const std::string& file)
{
    const int result = sqlite3_extended_errcode(connection);
    return base::Unexpected(
        base::Error { codeOf(result), file, {}, {}, { sqlite3_errmsg(connection) } });
}

/// A path as a URI: what has a meaning in one is escaped.
std::string uriOf(const std::filesystem::path& file, const char* query)
{
    std::string uri = "file:";
    for (const char letter : std::filesystem::absolute(file).string()) {
        if (letter == '%' || letter == '?' || letter == '#') {
            constexpr const char* kDigits = "0123456789ABCDEF";
            const auto code = static_cast<unsigned char>(letter);
            uri += { '%', kDigits[code >> 4U], kDigits[code & 15U] };
        } else {
            uri += letter;
        }
    }
    return uri + query;
}

} // namespace

void Statement::Finalize::operator()(sqlite3_stmt* statement) const noexcept
{
    sqlite3_finalize(statement);
}

void Database::Close::operator()(sqlite3* connection) const noexcept
{
    sqlite3_close_v2(connection);
}

Statement::Statement(sqlite3_stmt* statement, std::string file)
    : m_statement(statement)
    , m_file(std::move(file))
{
}

base::Result<bool> Statement::step()
{
    const int result = sqlite3_step(m_statement.get());
    if (result == SQLITE_ROW || result == SQLITE_DONE)
        return result == SQLITE_ROW;
    auto failed = failureOf(sqlite3_db_handle(m_statement.get()), m_file);
    reset();
    return failed;
}

base::Result<void> Statement::run()
{
    for (;;) {
        const auto more = step();
        if (!more)
            return base::Unexpected(more.error());
        if (!*more)
            break;
    }
    reset();
    return {};
}

void Statement::reset()
{
    sqlite3_reset(m_statement.get());
}

bool Statement::isNull(int column) const
{
    return sqlite3_column_type(m_statement.get(), column) == SQLITE_NULL;
}

std::int64_t Statement::integer(int column) const
{
    return sqlite3_column_int64(m_statement.get(), column);
}

double Statement::real(int column) const
{
    return sqlite3_column_double(m_statement.get(), column);
}

std::string Statement::text(int column) const
{
    const void* text = sqlite3_column_blob(m_statement.get(), column);
    const int length = sqlite3_column_bytes(m_statement.get(), column);
    return text == nullptr
        ? std::string()
        : std::string(static_cast<const char*>(text), static_cast<std::size_t>(length));
}

std::optional<std::int64_t> Statement::optionalInteger(int column) const
{
    return isNull(column) ? std::nullopt : std::optional(integer(column));
}

std::optional<double> Statement::optionalReal(int column) const
{
    return isNull(column) ? std::nullopt : std::optional(real(column));
}

void Statement::bindOne(int place, std::int64_t value)
{
    EXPECTS(sqlite3_bind_int64(m_statement.get(), place, value) == SQLITE_OK);
}

void Statement::bindOne(int place, double value)
{
    EXPECTS(sqlite3_bind_double(m_statement.get(), place, value) == SQLITE_OK);
}

void Statement::bindOne(int place, const std::string& value)
{
    EXPECTS(sqlite3_bind_text64(
                m_statement.get(), place, value.data(), value.size(), SQLITE_TRANSIENT, SQLITE_UTF8)
        == SQLITE_OK);
}

void Statement::bindNull(int place)
{
    EXPECTS(sqlite3_bind_null(m_statement.get(), place) == SQLITE_OK);
}

base::Result<Database> Database::open(const std::filesystem::path& file, Access access)
{
    const int flags = access == Access::Write ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
                                              : SQLITE_OPEN_READONLY;
    const std::string uri = uriOf(file, access == Access::ReadUnlocked ? "?immutable=1" : "");
    Database database;
    database.m_file = file;
    sqlite3* connection = nullptr;
    const int result = sqlite3_open_v2(uri.c_str(), &connection, flags | SQLITE_OPEN_URI, nullptr);
    database.m_connection.reset(connection);
    if (connection == nullptr)
        return base::failure(ErrorCode::LibraryFailed, file.string(), "no memory for SQLite");
    if (result != SQLITE_OK)
        return failureOf(connection, file.string());
    sqlite3_busy_timeout(connection, kPatienceMs);
    return database;
}

base::Result<Statement> Database::prepare(std::string_view sql) const
{
    sqlite3_stmt* statement = nullptr;
    const int result = sqlite3_prepare_v2(
        m_connection.get(), sql.data(), static_cast<int>(sql.size()), &statement, nullptr);
    if (result != SQLITE_OK)
        return failureOf(m_connection.get(), m_file.string());
    return Statement(statement, m_file.string());
}

base::Result<void> Database::execute(const std::string& sql) const
{
    if (sqlite3_exec(m_connection.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
        return failureOf(m_connection.get(), m_file.string());
    return {};
}

base::Result<std::int64_t> Database::integer(std::string_view sql) const
{
    auto statement = prepare(sql);
    if (!statement)
        return base::Unexpected(statement.error());
    const auto found = statement->step();
    if (!found)
        return base::Unexpected(found.error());
    if (!*found)
        return base::failure(ErrorCode::ValueMissing, m_file.string(), {}, std::string(sql));
    return statement->integer(0);
}

std::int64_t Database::lastRowId() const
{
    return sqlite3_last_insert_rowid(m_connection.get());
}

bool Database::isReadOnly() const
{
    return sqlite3_db_readonly(m_connection.get(), "main") == 1;
}

base::Result<Transaction> Transaction::begin(const Database& database)
{
    // Immediate: a transaction that is going to write knows at its beginning whether it may.
    if (auto begun = database.execute("BEGIN IMMEDIATE"); !begun)
        return base::Unexpected(begun.error());
    return Transaction(database);
}

base::Result<void> Transaction::commit()
{
    EXPECTS(m_database != nullptr);
    auto committed = m_database->execute("COMMIT");
    if (committed)
        m_database = nullptr;
    return committed;
}

Transaction::~Transaction()
{
    // Some failures (a full disk) have rolled back already: then there is nothing left to do.
    if (m_database != nullptr)
        static_cast<void>(m_database->execute("ROLLBACK"));
}

Transaction::Transaction(Transaction&& other) noexcept
    : m_database(std::exchange(other.m_database, nullptr))
{
}

} // namespace maury::project
