#include "ui/bridge/star_reconstructor.h"

#include "core/gon/gon_sources.h"
#include "core/gon/line_windows.h"
#include "core/gon/store_source.h"
#include "ui/bridge/when_done.h"

#include <QtConcurrent>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

namespace maury::ui {
namespace {

using base::Result;

/// A star of a store on the pixels of the model, which are the store's.
Result<gon::SpectrumSet> storedSet(const ReconstructionRequest& request)
{
    auto found = gon::storeSet(*request.store, { request.storeRow });
    if (!found)
        return found;
    const auto& grid = request.models.model->wavelengthAngstrom;
    const double first = found->wavelengthAngstrom.front();
    const auto place = std::lower_bound(grid.begin(), grid.end(), first * (1.0 - 1e-9));
    const auto before = static_cast<std::size_t>(place - grid.begin());
    const std::size_t pixels = std::min(found->pixels(), grid.size() - before);
    gon::SpectrumSet set = *found;
    set.wavelengthAngstrom.resize(pixels);
    if (const auto same = gon::checkSameGrid(set.wavelengthAngstrom,
            { place, place + static_cast<std::ptrdiff_t>(pixels) }, request.spectrum->object);
        !same)
        return base::Unexpected(same.error());
    set.wavelengthAngstrom = grid;
    const auto columns = static_cast<Eigen::Index>(grid.size());
    const auto at = static_cast<Eigen::Index>(before);
    const auto count = static_cast<Eigen::Index>(pixels);
    set.flux = gon::Matrix::Zero(1, columns);
    set.ivar = set.flux;
    set.flux.middleCols(at, count) = found->flux.leftCols(count);
    set.ivar.middleCols(at, count) = found->ivar.leftCols(count);
    return set;
}

/// The star on the atlas's grid. Observed standards are taken from the atlas with the noise that
/// `gon` gives them on the command line; all else is prepared as every opened star is.
Result<gon::SpectrumSet> setOf(const ReconstructionRequest& request)
{
    if (request.store != nullptr)
        return storedSet(request);
    if (request.standard) {
        const mk::Standard& standard = request.atlas->standards()[*request.standard];
        const auto all
            = gon::standardsSet(*request.atlas, dataset::AugmentationSettings {}.gain);
        if (all) {
            const auto found = std::find(all->stars.begin(), all->stars.end(), standard.name);
            if (found != all->stars.end())
                return gon::subset(
                    *all, { static_cast<std::size_t>(found - all->stars.begin()) });
        }
    }
    std::vector<base::Error> failures;
    auto set = gon::preparedSet(request.atlas,
        { { request.spectrum->object, request.spectrum->spectralType, request.spectrum } },
        failures);
    if (!set && !failures.empty())
        return base::Unexpected(failures.front());
    return set;
}

/// Those whose wavelengths are in the medium of the spectrum.
std::string windowsOf(const ReconstructionRequest& request)
{
    if (request.store == nullptr)
        return "mk";
    const auto& grid = request.store->grid();
    return grid && grid->medium == spectrum::Medium::Air ? "galah" : "apogee";
}

bool isHidden(double wavelength, const std::vector<gon::WavelengthRange>& hidden)
{
    return std::any_of(hidden.begin(), hidden.end(), [wavelength](const auto& range) {
        return wavelength >= range.firstAngstrom && wavelength <= range.lastAngstrom;
    });
}

std::optional<RepairError> repairError(const StarReconstruction& star)
{
    RepairError error;
    double own = 0.0;
    double baseline = 0.0;
    double variance = 0.0;
    for (std::size_t p = 0; p < star.set.pixels(); ++p) {
        const auto at = static_cast<Eigen::Index>(p);
        if (!(star.set.ivar(0, at) > 0.0F)
            || !isHidden(star.set.wavelengthAngstrom[p], star.request.hidden))
            continue;
        const auto off = [&](const gon::Matrix& model) {
            return std::pow(static_cast<double>(model(0, at) - star.set.flux(0, at)), 2);
        };
        ++error.pixels;
        own += off(star.made.flux);
        if (star.baseline)
            baseline += off(star.baseline->flux);
        variance += 1.0 / static_cast<double>(star.set.ivar(0, at));
    }
    if (error.pixels == 0)
        return std::nullopt;
    const auto pixels = static_cast<double>(error.pixels);
    error.rms = std::sqrt(own / pixels);
    if (star.baseline)
        error.baselineRms = std::sqrt(baseline / pixels);
    error.noise = std::sqrt(variance / pixels);
    return error;
}

} // namespace

/// Lives on the one thread of the pool. Keeps what the requests of one drag share.
struct StarReconstructor::Worker {
    gon::GonModelPtr model; ///< of `inference`
    gon::GonModelPtr components; ///< of `baseline`
    std::optional<gon::LatentInference> inference;
    std::optional<gon::LatentInference> baseline;
    spectrum::SpectrumPtr spectrum; ///< of `set`
    mk::AtlasPtr atlas;
    std::optional<Result<gon::SpectrumSet>> set;

    void take(const ReconstructionRequest& request)
    {
        const bool changed = model != request.models.model;
        if (changed) {
            model = request.models.model;
            inference.emplace(model, 1);
        }
        if (components != request.models.baseline) {
            components = request.models.baseline;
            baseline.reset();
            if (components != nullptr)
                baseline.emplace(components, 1);
        }
        if (!set || spectrum != request.spectrum || atlas != request.atlas
            || (request.store != nullptr && changed)) {
            spectrum = request.spectrum;
            atlas = request.atlas;
            set = setOf(request);
        }
    }

    std::shared_ptr<const StarReconstruction> reconstruct(const ReconstructionRequest& request)
    {
        take(request);
        auto star = std::make_shared<StarReconstruction>();
        star->request = request;
        if (!*set) {
            star->error = set->error();
            return star;
        }
        star->set = **set;
        auto made = inference->impute(star->set, request.hidden);
        if (!made) {
            star->error = made.error();
            return star;
        }
        star->made = *std::move(made);
        if (baseline)
            if (auto other = baseline->impute(star->set, request.hidden))
                star->baseline = *std::move(other);
        if (const auto windows = gon::defaultWindows(windowsOf(request)))
            star->lines = gon::checkLines(star->set.wavelengthAngstrom, star->set.flux.row(0),
                star->set.ivar.row(0), star->made.flux.row(0), *windows);
        star->repair = repairError(*star);
        return star;
    }
};

StarReconstructor::StarReconstructor(QObject* parent)
    : QObject(parent)
    , m_worker(std::make_shared<Worker>())
{
    m_pool.setMaxThreadCount(1);
}

StarReconstructor::~StarReconstructor()
{
    m_pool.waitForDone();
}

void StarReconstructor::request(const ReconstructionRequest& request)
{
    EXPECTS(request.spectrum != nullptr && (request.atlas != nullptr || request.store != nullptr)
        && request.models.model != nullptr);
    if (m_busy)
        m_waiting = request;
    else
        start(request);
}

void StarReconstructor::cancel()
{
    ++m_generation;
    m_waiting.reset();
}

void StarReconstructor::start(const ReconstructionRequest& request)
{
    m_busy = true;
    using Made = std::shared_ptr<const StarReconstruction>;
    whenDone(this,
        QtConcurrent::run(
            &m_pool, [worker = m_worker, request] { return worker->reconstruct(request); }),
        [this, generation = m_generation](const Made& reconstruction) {
            m_busy = false;
            if (const auto next = std::exchange(m_waiting, {}))
                start(*next);
            if (generation == m_generation)
                emit made(reconstruction);
        });
}

} // namespace maury::ui
