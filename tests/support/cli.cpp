#include "tests/support/cli.h"

#include <QJsonDocument>
#include <QProcess>

namespace maury::test {

QJsonObject CliResult::json() const
{
    return QJsonDocument::fromJson(out).object();
}

QJsonArray CliResult::jsonArray() const
{
    return QJsonDocument::fromJson(out).array();
}

QString argument(const std::filesystem::path& path)
{
    return QString::fromStdString(path.string());
}

CliResult runCli(const QStringList& arguments)
{
    QProcess process;
    process.start(MAURY_CLI, arguments);
    constexpr int kPatienceMs = 240'000;
    CliResult result;
    if (process.waitForFinished(kPatienceMs) && process.exitStatus() == QProcess::NormalExit)
        result.status = process.exitCode();
    result.out = process.readAllStandardOutput();
    result.err = process.readAllStandardError();
    return result;
}

} // namespace maury::test
