#include "ui/bridge/latent_mapper.h"

#include "core/gon/store_source.h"
#include "core/gon/tsne.h"
#include "ui/bridge/when_done.h"

#include <QtConcurrent>

#include <string>
#include <utility>

namespace maury::ui {
namespace {

using base::Result;

constexpr int kShownEvery = 10; ///< iterations of t-SNE

/// The spectra to map, and which of `stars` each is.
Result<gon::SpectrumSet> setOf(const MapStars& stars, std::vector<std::size_t>& rows)
{
    rows.clear();
    if (stars.store != nullptr) {
        const auto wanted = rowsToLearn(*stars.store);
        rows.assign(wanted.begin(), wanted.end());
        return gon::storeSet(*stars.store, wanted);
    }
    if (stars.standards) {
        for (std::size_t i = 0; i < stars.atlas->standards().size(); ++i)
            if (!stars.atlas->standards()[i].interpolated)
                rows.push_back(i);
        return gon::standardsSet(*stars.atlas, dataset::AugmentationSettings {}.gain);
    }
    // Numbers for names: two stars may have the same one.
    std::vector<gon::PreparedStar> numbered = stars.opened;
    for (std::size_t i = 0; i < numbered.size(); ++i)
        numbered[i].star = std::to_string(i);
    std::vector<base::Error> failures;
    auto set = gon::preparedSet(stars.atlas, numbered, failures);
    if (!set)
        return set;
    for (std::string& star : set->stars) {
        rows.push_back(static_cast<std::size_t>(std::stoul(star)));
        star = stars.opened[rows.back()].star;
    }
    return set;
}

Result<MappedStarsPtr> mapStars(
    const GonModels& models, const MapStars& stars, const std::stop_token& stop)
{
    auto mapped = std::make_shared<MappedStars>();
    mapped->models = models;
    std::vector<std::size_t> rows;
    auto set = setOf(stars, rows);
    if (!set)
        return base::Unexpected(set.error());
    std::vector<std::size_t> usable;
    for (std::size_t i = 0; i < set->spectra(); ++i)
        if (gon::isUsable(*set, i))
            usable.push_back(i);
    mapped->store = stars.store;
    for (const std::size_t i : usable) {
        if (stars.store != nullptr) {
            const auto entry = stars.store->entry(rows[i]);
            mapped->ids.push_back(kNoSpectrum);
            mapped->storeRows.push_back(rows[i]);
            mapped->surveys << (entry ? QString::fromStdString(entry->survey) : QString());
            continue;
        }
        mapped->ids.push_back(stars.ids[rows[i]]);
        mapped->surveys << (stars.standards ? QString()
                                            : stars.surveys[static_cast<qsizetype>(rows[i])]);
    }
    mapped->set = gon::subset(*set, usable);
    mapped->leftOut = (stars.opened.empty() ? rows.size() : stars.opened.size()) - usable.size();
    auto map = gon::mapStars(gon::LatentInference(models.model, 1), mapped->set, stop);
    if (!map)
        return base::Unexpected(map.error());
    static_cast<gon::StarMap&>(*mapped) = *std::move(map);
    return MappedStarsPtr(std::move(mapped));
}

} // namespace

LatentMapper::LatentMapper(QObject* parent)
    : QObject(parent)
{
    m_pool.setMaxThreadCount(1);
}

LatentMapper::~LatentMapper()
{
    cancel();
    m_pool.waitForDone();
}

void LatentMapper::cancel()
{
    m_stop.request_stop();
    ++m_generation;
    m_busy = false;
}

int LatentMapper::begin()
{
    cancel();
    m_stop = {};
    m_busy = true;
    return m_generation;
}

void LatentMapper::map(const GonModels& models, const MapStars& stars)
{
    EXPECTS(models.model != nullptr && (stars.atlas != nullptr || stars.store != nullptr));
    const int generation = begin();
    using Mapped = std::shared_ptr<const Result<MappedStarsPtr>>;
    whenDone(this,
        QtConcurrent::run(&m_pool,
            [models, stars, stop = m_stop.get_token()] {
                return std::make_shared<const Result<MappedStarsPtr>>(
                    mapStars(models, stars, stop));
            }),
        [this, generation](const Mapped& made) {
            if (generation != m_generation)
                return;
            m_busy = false;
            if (*made)
                emit mapped(**made);
            else
                emit failed(made->error());
        });
}

void LatentMapper::layOut(const MappedStarsPtr& stars)
{
    const int generation = begin();
    // Intermediate maps come through the event loop, too: those of an overtaken job are dropped.
    const auto observer = [this, generation](int iteration, const gon::Matrix& points) {
        if (iteration % kShownEvery == 0)
            QMetaObject::invokeMethod(
                this,
                [this, generation, iteration, points] {
                    if (generation == m_generation)
                        emit laidOut(points, iteration, false);
                },
                Qt::QueuedConnection);
    };
    using Laid = std::shared_ptr<const Result<gon::Matrix>>;
    whenDone(this,
        QtConcurrent::run(&m_pool,
            [stars, observer, stop = m_stop.get_token()] {
                gon::TsneOptions options;
                options.iterations = kTsneIterations;
                options.threads = 1; // the window shares the machine
                return std::make_shared<const Result<gon::Matrix>>(
                    gon::tsne(stars->metric, options, stop, observer));
            }),
        [this, generation](const Laid& made) {
            if (generation != m_generation)
                return;
            m_busy = false;
            if (*made)
                emit laidOut(**made, kTsneIterations, true);
            else
                emit failed(made->error());
        });
}

} // namespace maury::ui
