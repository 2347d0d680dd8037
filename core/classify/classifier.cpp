#include "core/classify/classifier.h"

#include "core/classify/fit.h"
#include "core/classify/pixel_defects.h"
#include "core/classify/training_atlas.h"
#include "core/mk/spectral_type.h"
#include "core/preprocess/envelope.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace maury::classify {
namespace {

using base::ErrorCode;
using base::Result;

/// Network and nearest standard may differ by so many classes before one of them must be wrong.
constexpr int kClassesApart = 2;

std::vector<float> rowOf(const nn::Matrix<float>& matrix)
{
    return { matrix.data(), matrix.data() + matrix.cols() };
}

std::uint16_t indexOfLargest(const std::vector<float>& values)
{
    return static_cast<std::uint16_t>(
        std::distance(values.begin(), std::max_element(values.begin(), values.end())));
}

/// The second judge: a network that is sure of another type than the nearest standard's is not
/// believed, nor is one that has no class for that standard.
void compareJudges(const Prediction& prediction, const NearestStandard& nearest,
    const mk::ClassScheme& scheme, const mk::Atlas& atlas, Conformity& conformity)
{
    const auto& standard = atlas.standards()[nearest.row];
    const std::string type = mk::print(standard.type);
    const auto own = scheme.indexOf(standard.temperatureCode);
    if (!own) {
        conformity.add({ { DoubtCode::ForeignClass, {},
                             fmt::format("{} ({})", standard.name, type) },
            fmt::format("the nearest standard, {}, is {}: a class that this network does not know",
                standard.name, type) });
        return;
    }
    const int apart = std::abs(static_cast<int>(prediction.sc) - static_cast<int>(*own));
    if (apart > kClassesApart || prediction.lc != static_cast<std::uint16_t>(standard.group))
        conformity.add({ { DoubtCode::OtherJudge, {}, fmt::format("{} ({})", standard.name, type) },
            fmt::format("the network says {}, the nearest standard is {} ({})", prediction.type,
                standard.name, type) });
}

/// What is missing looks as it did in the training.
const std::vector<float>& inputFlux(const PreparedSpectrum& spectrum, dataset::EdgePixels edges)
{
    return edges == dataset::EdgePixels::AsRead ? spectrum.asRead : spectrum.flux;
}

/// The continuum of a spectrum on an atlas's grid: 1 where the atlas is rectified, else the upper
/// envelope, or the median where none can be drawn.
std::vector<double> continuumOf(const PreparedSpectrum& spectrum, const mk::Atlas& atlas)
{
    if (atlas.rectified())
        return std::vector<double>(spectrum.flux.size(), 1.0);
    const std::vector<double> flux(spectrum.flux.begin(), spectrum.flux.end());
    auto envelope = preprocess::upperEnvelope(atlas.grid().wavelengths(), flux, spectrum.good);
    return envelope ? *std::move(envelope)
                    : std::vector<double>(flux.size(), spectrum.medianFlux());
}

/// A network trained with zeros where standards have no data knows a standard by them: a spectrum
/// with data there is nothing it has seen.
void compareEdges(const PreparedSpectrum& spectrum, const NearestStandard& nearest,
    const mk::Atlas& atlas, Conformity& conformity)
{
    constexpr int kFewPixels = 2;
    const auto row = static_cast<Eigen::Index>(nearest.row);
    int different = 0;
    for (std::size_t pixel = 0; pixel < spectrum.good.size(); ++pixel)
        different += spectrum.good[pixel] != atlas.good()(row, static_cast<Eigen::Index>(pixel));
    if (different > kFewPixels)
        conformity.add(
            { { DoubtCode::Edges, { { "pixels", static_cast<double>(different) } }, nearest.name },
                fmt::format("{} pixels have data here and none in the nearest standard, {}, or the "
                            "other way round: this network was trained with zeros there",
                    different, nearest.name) });
}

} // namespace

Result<Classifier> Classifier::create(train::Model model, mk::AtlasPtr atlas, int threads)
{
    EXPECTS(atlas != nullptr);
    if (auto fits = checkFit(model, *atlas); !fits)
        return base::Unexpected(fits.error());
    auto backend = train::createBackend("cpu", threads);
    if (!backend)
        return base::Unexpected(backend.error());
    if (auto loaded = (*backend)->load(model.spec, model.parameters, {}); !loaded)
        return base::Unexpected(loaded.error());
    Classifier classifier;
    classifier.m_conformity
        = std::make_shared<const ConformityTest>(atlas, trainingAugmentation(model));
    if (!isTrainingAtlas(*atlas, model.provenance))
        classifier.m_foreignAtlas = Finding { { DoubtCode::ForeignAtlas, {}, atlas->name() },
            fmt::format("judged by atlas {}, which is not the one that the network was trained on "
                        "({})",
                atlas->name(), model.atlas.empty() ? "unknown" : model.atlas) };
    classifier.m_preparer = std::make_shared<const Preparer>(atlas);
    classifier.m_farShift = std::make_shared<const FarShift>(*atlas);
    classifier.m_matcher = std::make_shared<const StandardMatcher>(atlas);
    classifier.m_edges = trainingEdges(model);
    classifier.m_model = std::make_shared<const train::Model>(std::move(model));
    classifier.m_atlas = std::move(atlas);
    classifier.m_backend = std::move(*backend);
    return classifier;
}

Result<Examination> Classifier::examine(
    const spectrum::Spectrum& spectrum, const PrepareOptions& options) const
{
    auto prepared = m_preparer->prepare(spectrum, options);
    if (!prepared)
        return base::Unexpected(prepared.error());
    NetworkInput input;
    input.spec = &m_model->spec;
    input.members = { &m_model->parameters, 1 };
    input.values = inputFlux(*prepared, m_edges);
    input.wavelengthAngstrom = m_model->grid.wavelengths();
    const std::vector<double> continuum = continuumOf(*prepared, *m_atlas);
    for (std::size_t pixel = 0; pixel < input.values.size(); ++pixel)
        input.blank.push_back(prepared->good[pixel] != 0 ? static_cast<float>(continuum[pixel])
                                                         : input.values[pixel]);
    return Examination { *std::move(prepared), { std::move(input) } };
}

std::vector<double> Classifier::outputShares(Head head, std::uint16_t index) const
{
    const int outputs = head == Head::Spectral ? m_model->spec.scClasses : m_model->spec.lcClasses;
    EXPECTS(index < outputs);
    std::vector<double> shares(static_cast<std::size_t>(outputs), 0.0);
    shares[index] = 1.0;
    return shares;
}

Result<Prediction> Classifier::classify(
    const spectrum::Spectrum& spectrum, const PrepareOptions& options)
{
    auto prepared = m_preparer->prepare(spectrum, options);
    if (!prepared)
        return base::Unexpected(prepared.error());
    constexpr std::array<std::uint32_t, 1> kOnlyRow { 0 };
    train::Batch batch;
    const std::vector<float>& input = inputFlux(*prepared, m_edges);
    batch.samples = input.data();
    batch.rows = kOnlyRow;
    const auto probabilities = m_backend->predict(batch);
    if (!probabilities)
        return base::failureIn(probabilities.error(), spectrum.file.string());

    Prediction prediction;
    prediction.scProbabilities = rowOf(probabilities->sc);
    prediction.lcProbabilities = rowOf(probabilities->lc);
    prediction.sc = indexOfLargest(prediction.scProbabilities);
    prediction.lc = indexOfLargest(prediction.lcProbabilities);
    prediction.scProbability = static_cast<double>(prediction.scProbabilities[prediction.sc]);
    prediction.lcProbability = static_cast<double>(prediction.lcProbabilities[prediction.lc]);
    prediction.spectralClass = m_model->scheme.names[prediction.sc];
    prediction.luminosityClass = mk::toString(static_cast<mk::LuminosityGroup>(prediction.lc));
    prediction.type = prediction.spectralClass + " " + prediction.luminosityClass;
    prediction.temperatureCode = m_model->scheme.temperatureCodes[prediction.sc];
    prediction.printedSubclass = mk::decimalFromTemperatureCode(prediction.temperatureCode);
    prediction.decimalSubclass = prediction.printedSubclass;
    prediction.velocityKms = prepared->velocityKms;
    prediction.recipe = prepared->recipe;
    const auto nearest = m_matcher->nearest(*prepared, kResidualCandidates);
    prediction.nearest = nearest.front();
    prediction.conformity
        = m_conformity->judge(*prepared, leastResidual(*prepared, *m_atlas, nearest));
    if (m_edges == dataset::EdgePixels::AsRead)
        compareEdges(*prepared, *prediction.nearest, *m_atlas, prediction.conformity);
    if (m_foreignAtlas)
        prediction.conformity.add(*m_foreignAtlas);
    for (Finding& finding :
        pixelDefects(spectrum, m_atlas->grid().firstAngstrom, m_atlas->grid().lastAngstrom()))
        prediction.conformity.add(std::move(finding));
    if (auto shifted = m_farShift->find(spectrum, options.medium))
        prediction.conformity.add(*std::move(shifted));
    compareJudges(
        prediction, *prediction.nearest, m_model->scheme, *m_atlas, prediction.conformity);
    prediction.warnings = std::move(prepared->warnings);
    return prediction;
}

} // namespace maury::classify
