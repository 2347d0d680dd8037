#include "ui/bridge/gon_models.h"

#include "core/gon/gon_sources.h"

#include <QFileInfo>

namespace maury::ui {
namespace {

/// Stars of an atlas that no run is trained on: every so many-th, as on the command line.
constexpr std::size_t kEveryUnseen = 5;

} // namespace

gon::GonModelPtr gonBaseline(const gon::GonModel& model, const mk::Atlas& atlas)
{
    if (!gon::checkSameGrid(atlas.grid().wavelengths(), model.wavelengthAngstrom, atlas.name()))
        return nullptr;
    gon::GonConfig config;
    config.decoder.latent = model.decoder.latent;
    const auto data = gon::atlasData(atlas, {}, kEveryUnseen, config.seed);
    if (!data)
        return nullptr;
    auto components = gon::principalComponentModel(config, *data);
    return components ? std::make_shared<const gon::GonModel>(*std::move(components)) : nullptr;
}

bool isGonFile(const QString& file)
{
    return QFileInfo(file).isFile() && gon::isGonModel(file.toStdString());
}

base::Result<GonModels> openGonModels(const std::string& file, const mk::AtlasPtr& atlas)
{
    auto model = gon::readGonModel(file);
    if (!model)
        return base::Unexpected(model.error());
    GonModels models;
    models.baseline = atlas ? gonBaseline(*model, *atlas) : nullptr;
    models.model = std::make_shared<const gon::GonModel>(*std::move(model));
    models.name = QFileInfo(QString::fromStdString(file)).fileName();
    return models;
}

} // namespace maury::ui
