#include "app/gui/session.h"

#include "ui/bridge/run_json.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSaveFile>

namespace maury::gui {

namespace {

constexpr int kFormat = 1;
constexpr int kMostDamaged = 9; ///< files that are kept aside

base::Unexpected damaged(const QString& file, const QString& found)
{
    return base::failure(base::ErrorCode::FileDamaged, file.toStdString(), found.toStdString(),
        "the session of a program of this kind");
}

QStringList textsOf(const QJsonArray& array)
{
    QStringList texts;
    for (const QJsonValue& value : array)
        texts.append(value.toString());
    return texts;
}

} // namespace

base::Result<void> writeSession(const QString& file, const SessionState& state)
{
    QJsonObject json { { "format", kFormat }, { "files", QJsonArray::fromStringList(state.files) },
        { "star", state.starFile }, { "standard", state.standard }, { "page", state.page } };
    if (state.zoom)
        json.insert("zoom", QJsonArray { state.zoom->first, state.zoom->second });
    if (state.run)
        json.insert("run", ui::runToJson(*state.run));
    QDir().mkpath(QFileInfo(file).absolutePath());
    QSaveFile out(file);
    const QByteArray text = QJsonDocument(json).toJson(QJsonDocument::Compact);
    if (!out.open(QIODevice::WriteOnly) || out.write(text) != text.size() || !out.commit())
        return base::failure(
            base::ErrorCode::WriteFailed, file.toStdString(), out.errorString().toStdString());
    return {};
}

base::Result<SessionState> readSession(const QString& file)
{
    QFile in(file);
    if (!in.exists())
        return base::failure(base::ErrorCode::FileMissing, file.toStdString());
    if (!in.open(QIODevice::ReadOnly))
        return damaged(file, in.errorString());
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(in.readAll(), &problem);
    if (!document.isObject())
        return damaged(file,
            problem.error == QJsonParseError::NoError ? QStringLiteral("no object")
                                                      : problem.errorString());
    const QJsonObject json = document.object();
    if (!json["format"].isDouble())
        return damaged(file, QStringLiteral("no format"));
    if (json["format"].toInt() != kFormat)
        return base::failure(base::ErrorCode::FormatVersion, file.toStdString(),
            std::to_string(json["format"].toInt()), std::to_string(kFormat));
    if (!json["files"].isArray())
        return damaged(file, QStringLiteral("no list of files"));
    SessionState state;
    state.files = textsOf(json["files"].toArray());
    state.starFile = json["star"].toString();
    state.standard = json["standard"].toString();
    state.page = json["page"].toString();
    if (const QJsonArray zoom = json["zoom"].toArray();
        zoom.size() == 2 && zoom[0].toDouble() < zoom[1].toDouble())
        state.zoom = { zoom[0].toDouble(), zoom[1].toDouble() };
    if (json["run"].isObject()) {
        auto run = ui::runFromJson(json["run"].toObject(), file.toStdString());
        if (!run)
            return base::Unexpected(run.error());
        state.run = *std::move(run);
    }
    return state;
}

QString keepDamagedSession(const QString& file)
{
    for (int number = 1; number <= kMostDamaged; ++number) {
        const QString aside = number == 1 ? file + QStringLiteral(".damaged")
                                          : QStringLiteral("%1.damaged-%2").arg(file).arg(number);
        if (!QFile::exists(aside) || number == kMostDamaged) {
            QFile::remove(aside);
            return QFile::rename(file, aside) ? aside : QString();
        }
    }
    return {};
}

} // namespace maury::gui
