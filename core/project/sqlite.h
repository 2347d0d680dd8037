#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace maury::project {

/// A prepared statement. Values are bound from 1, columns are counted from 0, as in SQLite.
class Statement {
public:
    /// Binds all values in their order, from 1. Nothing is NULL.
    template <typename... Values> void bind(const Values&... values)
    {
        int place = 0;
        (bindOne(++place, values), ...);
    }
    /// Goes to the next row; false after the last one. Errors: those of Database.
    [[nodiscard]] base::Result<bool> step();
    /// Runs to the end and can be bound anew.
    [[nodiscard]] base::Result<void> run();
    void reset();

    [[nodiscard]] bool isNull(int column) const;
    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] double real(int column) const;
    [[nodiscard]] std::string text(int column) const;
    [[nodiscard]] std::optional<std::int64_t> optionalInteger(int column) const;
    [[nodiscard]] std::optional<double> optionalReal(int column) const;

private:
    friend class Database;
    Statement(sqlite3_stmt* statement, std::string file);

    void bindOne(int place, std::int64_t value);
    void bindOne(int place, int value) { bindOne(place, std::int64_t { value }); }
    void bindOne(int place, double value);
    void bindOne(int place, const std::string& value);
    template <typename Value> void bindOne(int place, const std::optional<Value>& value)
    {
        if (value)
            bindOne(place, *value);
        else
            bindNull(place);
    }
    void bindNull(int place);

    struct Finalize {
        void operator()(sqlite3_stmt* statement) const noexcept;
    };
    std::unique_ptr<sqlite3_stmt, Finalize> m_statement;
    std::string m_file;
};

/// A connection to a SQLite file. Errors of all functions: WriteFailed (disk full, read-only,
/// locked by another program), FileDamaged, FileUnreadable, LibraryFailed; SQLite's own words are
/// the context.
class Database {
public:
    enum class Access {
        Write, ///< creates the file if there is none
        Read, ///< takes part in locking; needs the files of the journal to be readable
        ReadUnlocked ///< for folders that cannot be written in: assumes that nobody writes
    };
    [[nodiscard]] static base::Result<Database> open(
        const std::filesystem::path& file, Access access);

    [[nodiscard]] base::Result<Statement> prepare(std::string_view sql) const;
    /// Several statements without values.
    [[nodiscard]] base::Result<void> execute(const std::string& sql) const;
    /// The first column of the first row as a number. Errors: also ValueMissing without a row.
    [[nodiscard]] base::Result<std::int64_t> integer(std::string_view sql) const;
    [[nodiscard]] std::int64_t lastRowId() const;
    /// SQLite opens a file that may not be written to read, even when asked to write.
    [[nodiscard]] bool isReadOnly() const;
    [[nodiscard]] const std::filesystem::path& file() const { return m_file; }

private:
    struct Close {
        void operator()(sqlite3* connection) const noexcept;
    };
    std::unique_ptr<sqlite3, Close> m_connection;
    std::filesystem::path m_file;
};

/// All or nothing: what was written since begin() is taken back unless it was committed.
class Transaction {
public:
    [[nodiscard]] static base::Result<Transaction> begin(const Database& database);
    [[nodiscard]] base::Result<void> commit();
    ~Transaction();
    Transaction(Transaction&& other) noexcept;
    Transaction& operator=(Transaction&&) = delete;
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

private:
    explicit Transaction(const Database& database)
        : m_database(&database)
    {
    }
    const Database* m_database; ///< null once it is over
};

} // namespace maury::project
