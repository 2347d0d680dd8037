#include "ui/bridge/run_store.h"

#include "core/train/kept_epochs.h"
#include "ui/bridge/run_json.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

#include <system_error>
#include <utility>

namespace maury::ui {
namespace {

constexpr int kFormat = 1;

} // namespace

RunStore::RunStore(std::filesystem::path folder)
    : m_folder(std::move(folder))
{
}

std::filesystem::path RunStore::checkpoint() const
{
    return m_folder / "last-run.h5";
}

std::filesystem::path RunStore::requestFile() const
{
    return m_folder / "last-run.json";
}

base::Result<void> RunStore::remember(const RunRequest& request) const
{
    std::error_code error;
    std::filesystem::create_directories(m_folder, error);
    // A checkpoint of the run before must not be taken for one of this run.
    if (!error && !request.resume)
        std::filesystem::remove(checkpoint(), error);
    QJsonObject json = runToJson(request);
    json.insert("format", kFormat);
    QSaveFile file(QString::fromStdString(requestFile().string()));
    const QByteArray text = QJsonDocument(json).toJson();
    if (error || !file.open(QIODevice::WriteOnly) || file.write(text) != text.size()
        || !file.commit())
        return base::failure(base::ErrorCode::WriteFailed, requestFile().string(),
            error ? error.message() : file.errorString().toStdString());
    return {};
}

base::Result<std::filesystem::path> RunStore::setAside() const
{
    const std::filesystem::path aside = m_folder / "run-before.h5";
    std::error_code error;
    std::filesystem::remove_all(train::keptEpochsFolder(aside), error);
    if (!error)
        std::filesystem::rename(checkpoint(), aside, error);
    if (!error) {
        std::filesystem::rename(
            train::keptEpochsFolder(checkpoint()), train::keptEpochsFolder(aside), error);
        if (error) { // the two belong together
            std::error_code ignored;
            std::filesystem::rename(aside, checkpoint(), ignored);
        }
    }
    if (error)
        return base::failure(base::ErrorCode::WriteFailed, aside.string(), error.message());
    return aside;
}

void RunStore::forget() const
{
    // What cannot be removed is offered again; a finished run that is resumed ends at once.
    std::error_code ignored;
    std::filesystem::remove(requestFile(), ignored);
}

std::optional<RunRequest> RunStore::unfinished() const
{
    std::error_code ignored;
    if (!std::filesystem::exists(checkpoint(), ignored))
        return std::nullopt;
    QFile file(QString::fromStdString(requestFile().string()));
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    const QJsonObject json = QJsonDocument::fromJson(file.readAll()).object();
    if (json["format"].toInt() != kFormat)
        return std::nullopt;
    auto request = runFromJson(json, requestFile().string());
    if (!request)
        return std::nullopt;
    setCheckpoint(*request, checkpoint());
    request->resume = true;
    return *std::move(request);
}

} // namespace maury::ui
