#include "ui/bridge/run_json.h"

#include "core/train/config_json.h"

#include <QJsonArray>

#include <utility>

namespace maury::ui {
namespace {

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

QJsonObject runToJson(const RunRequest& request)
{
    const bool robust = request.protocol == Protocol::Robust;
    return {
        { "protocol", robust ? kRobust : "paper" },
        { "robust", robustJson(request.robust) },
        { "train_atlas", QString::fromStdString(request.trainAtlas) },
        { "test_atlas", QString::fromStdString(request.testAtlas) },
        { "config", QString::fromStdString(train::configToJson(request.config)) },
    };
}

base::Result<RunRequest> runFromJson(const QJsonObject& json, const std::string& place)
{
    const auto text = [&json](const char* key) { return json[key].toString().toStdString(); };
    auto config = train::configFromJson(text("config"), place);
    if (!config)
        return base::Unexpected(config.error());
    RunRequest request;
    if (json["protocol"].toString() == kRobust) {
        auto robust = robustFrom(json["robust"].toObject(), place);
        if (!robust)
            return base::Unexpected(robust.error());
        request.protocol = Protocol::Robust;
        request.robust = *std::move(robust);
    }
    request.trainAtlas = text("train_atlas");
    request.testAtlas = text("test_atlas");
    request.config = *std::move(config);
    return request;
}

} // namespace maury::ui
