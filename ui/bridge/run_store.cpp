#include "ui/bridge/run_store.h"

#include "core/train/config_json.h"
#include "core/train/kept_epochs.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

#include <system_error>
#include <utility>

namespace maury::ui {
namespace {

constexpr int kFormat = 1;
constexpr const char* kRobust = "robust"; ///< as "protocol"; runs before had the paper's

QJsonObject robustJson(const RobustRequest& request)
{
    QJsonArray libraries;
    for (const RunLibrary& library : request.libraries)
        libraries.append(QJsonObject { { "source", QString::fromStdString(library.source) },
            { "fwhm",
                library.fwhmAngstrom ? QJsonValue(*library.fwhmAngstrom)
                                     : QJsonValue(QJsonValue::Null) } });
    return { { "libraries", libraries },
        { "test_labels", QString::fromStdString(request.testLabels) },
        { "folds", request.calibrationFolds },
        { "backend", QString::fromStdString(request.backend) },
        { "precision", QString::fromStdString(train::toString(request.precision)) },
        { "config", QString::fromStdString(robust::configToJson(request.config)) } };
}

base::Result<RobustRequest> robustFrom(const QJsonObject& json, const std::string& place)
{
    auto config = robust::configFromJson(json["config"].toString().toStdString(), place);
    if (!config)
        return base::Unexpected(config.error());
    RobustRequest request;
    request.config = *std::move(config);
    request.libraries.clear();
    for (const QJsonValue& value : json["libraries"].toArray()) {
        RunLibrary library { value["source"].toString().toStdString(), {} };
        if (value["fwhm"].isDouble())
            library.fwhmAngstrom = value["fwhm"].toDouble();
        request.libraries.push_back(library);
    }
    request.testLabels = json["test_labels"].toString().toStdString();
    request.calibrationFolds = json["folds"].toInt();
    request.backend = json["backend"].toString().toStdString();
    // Runs of versions before have none.
    if (const auto precision
        = train::precisionFromString(json["precision"].toString().toStdString()))
        request.precision = *precision;
    return request;
}

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
    const bool robust = request.protocol == Protocol::Robust;
    const QJsonObject json {
        { "format", kFormat },
        { "protocol", robust ? kRobust : "paper" },
        { "robust", robustJson(request.robust) },
        { "train_atlas", QString::fromStdString(request.trainAtlas) },
        { "test_atlas", QString::fromStdString(request.testAtlas) },
        { "config", QString::fromStdString(train::configToJson(request.config)) },
    };
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
    const auto text = [&json](const char* key) { return json[key].toString().toStdString(); };
    auto config = train::configFromJson(text("config"), requestFile().string());
    if (!config)
        return std::nullopt;
    RunRequest request;
    if (json["protocol"].toString() == kRobust) {
        auto robust = robustFrom(json["robust"].toObject(), requestFile().string());
        if (!robust)
            return std::nullopt;
        request.protocol = Protocol::Robust;
        request.robust = *std::move(robust);
    }
    request.trainAtlas = text("train_atlas");
    request.testAtlas = text("test_atlas");
    request.config = *std::move(config);
    setCheckpoint(request, checkpoint());
    request.resume = true;
    return request;
}

} // namespace maury::ui
