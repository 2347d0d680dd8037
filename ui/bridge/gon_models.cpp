#include "ui/bridge/gon_models.h"

#include "core/gon/gon_sources.h"

#include <QFileInfo>

namespace maury::ui {
namespace {

/// Stars of an atlas that no run is trained on: every so many-th, as on the command line.
constexpr std::size_t kEveryUnseen = 5;
constexpr std::uint64_t kMostOfStore = 4000;

} // namespace

gon::GonModelPtr gonBaseline(const gon::GonModel& model, const mk::Atlas& atlas)
{
    if (!gon::checkSameGrid(atlas.grid().wavelengths(), model.wavelengthAngstrom, atlas.name()))
        return nullptr;
    gon::GonConfig config;
    config.decoder.latent = model.decoder.latent;
    config.threads = 1; // the window shares the machine
    const auto data = gon::atlasData(atlas, {}, kEveryUnseen, config.seed);
    if (!data)
        return nullptr;
    auto components = gon::principalComponentModel(config, *data);
    return components ? std::make_shared<const gon::GonModel>(*std::move(components)) : nullptr;
}

std::vector<std::uint64_t> rowsToLearn(const store::Store& store)
{
    const std::uint64_t every = (store.size() + kMostOfStore - 1) / kMostOfStore;
    std::vector<std::uint64_t> rows;
    for (std::uint64_t row = 0; row < store.size(); row += every)
        rows.push_back(row);
    return rows;
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
