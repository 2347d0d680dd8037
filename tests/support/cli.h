#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QStringList>

namespace maury::test {

/// What one call of maury-cli gave.
struct CliResult {
    int status = -1; ///< exit status; −1 when it did not end by itself
    QByteArray out;
    QByteArray err;

    /// stdout as one JSON object; empty when it is anything else.
    [[nodiscard]] QJsonObject json() const;
};

/// Runs the maury-cli of this build.
[[nodiscard]] CliResult runCli(const QStringList& arguments);

} // namespace maury::test
