#pragma once

#include <QByteArray>
#include <QJsonArray>
#include <QJsonObject>
#include <QStringList>

#include <filesystem>

namespace maury::test {

/// What one call of maury-cli gave.
struct CliResult {
    int status = -1; ///< exit status; −1 when it did not end by itself
    QByteArray out;
    QByteArray err;

    /// stdout as one JSON object; empty when it is anything else.
    [[nodiscard]] QJsonObject json() const;
    /// stdout as one JSON array; empty when it is anything else.
    [[nodiscard]] QJsonArray jsonArray() const;
};

/// A path as an argument.
[[nodiscard]] QString argument(const std::filesystem::path& path);

/// Runs the maury-cli of this build.
[[nodiscard]] CliResult runCli(const QStringList& arguments);

} // namespace maury::test
