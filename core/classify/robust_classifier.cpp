#include "core/classify/robust_classifier.h"

#include "core/classify/fit.h"
#include "core/classify/wide_spectrum.h"
#include "core/mk/spectral_type.h"
#include "core/robust/decision.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace maury::classify {
namespace {

using base::ErrorCode;
using base::Result;

std::span<const float> firstRow(const nn::Matrix<float>& matrix)
{
    return { matrix.data(), static_cast<std::size_t>(matrix.cols()) };
}

constexpr double kEdge = 0.5; ///< codes from the outermost class

/// Both parts count alike for the temperature. Nearly all criteria of luminosity lie in the blue,
/// which the wide networks see at half the resolution: with equal shares luminosities of stars are
/// worse than by the blue networks alone, with a quarter for the wide ones better than by either.
constexpr HeadWeights kBlueBesideWide { 0.5, 0.75 };
constexpr HeadWeights kWide { 0.5, 0.25 };

/// Of part `index` (0 is the blue one) of `parts`.
HeadWeights weightsOf(std::size_t index, std::size_t parts)
{
    return parts == 1 ? HeadWeights {} : index == 0 ? kBlueBesideWide : kWide;
}

// The network divides by its own local continuum: an envelope drawn through the lines of a cool
// star before that would only add its errors (σ68 0.63 instead of 0.61 codes on STELIB).
robust::LogSpectrum onGridOf(const robust::RobustPart& part, const PreparedSpectrum& prepared)
{
    return robust::toLogGrid(prepared.unrectified, prepared.good, part.libraryGrid, part.grid);
}

bool hasData(const robust::LogSpectrum& spectrum)
{
    return std::any_of(
        spectrum.good.begin(), spectrum.good.end(), [](std::uint8_t good) { return good != 0; });
}

base::Unexpected noFlux(const spectrum::Spectrum& spectrum)
{
    return base::failure(
        ErrorCode::ValueInvalid, spectrum.file.string(), "no positive flux", "the flux of a star");
}

/// What the networks of a part get of a spectrum.
NetworkInput inputOf(const robust::RobustPart& part, const robust::LogSpectrum& onGrid)
{
    NetworkInput input;
    input.spec = &part.spec;
    input.members = part.members;
    input.values = robust::networkInput(onGrid, part.grid, part.standardisation);
    // A flat continuum divided by its own running mean, less 1, is 0.
    input.blank.assign(part.grid.cropPixels, 0.0F);
    part.standardisation.apply(input.blank);
    for (std::size_t i = 0; i < part.grid.cropPixels; ++i) {
        const std::size_t pixel = part.grid.cropBegin + i;
        input.wavelengthAngstrom.push_back(part.grid.wavelength(pixel));
        if (onGrid.good[pixel] == 0)
            input.blank[i] = input.values[i];
    }
    return input;
}

double sigmaInSubclasses(double temperatureCode, double sigmaCodes)
{
    return 0.5
        * (mk::decimalFromTemperatureCode(temperatureCode + sigmaCodes)
            - mk::decimalFromTemperatureCode(temperatureCode - sigmaCodes));
}

/// Puts what held-out standards say of such answers in place of the network's own opinion.
void calibrateAnswer(const robust::Calibration& calibration, const robust::Decision& decision,
    const mk::ClassScheme& scheme, Prediction& prediction)
{
    const robust::AnswerTraits traits = calibration.traits(decision);
    prediction.subclassSigma = sigmaInSubclasses(
        decision.temperatureCode, robust::temperatureSigma(calibration, traits));
    prediction.subclassSigmaCalibrated = true;
    prediction.scProbabilities = robust::classProbabilities(calibration, traits, scheme);
    prediction.scProbability = static_cast<double>(prediction.scProbabilities[prediction.sc]);
    const auto groups = robust::groupProbabilities(calibration, traits);
    prediction.lcProbabilities.assign(groups.begin(), groups.end());
    prediction.lcProbability = groups[prediction.lc];
    const auto printed = robust::luminosityProbabilities(calibration, traits);
    prediction.luminosityProbabilities.assign(printed.begin(), printed.end());
}

/// Nothing is known of answers to such a spectrum: every type is as likely as any other, whatever
/// the networks say. The type itself stays as the best guess.
void makeGuess(const mk::ClassScheme& scheme, Prediction& prediction)
{
    const auto spread = [](std::vector<float>& probabilities) {
        std::fill(probabilities.begin(), probabilities.end(),
            1.0F / static_cast<float>(std::max<std::size_t>(1, probabilities.size())));
    };
    for (auto* head : { &prediction.scProbabilities, &prediction.lcProbabilities,
             &prediction.luminosityProbabilities })
        spread(*head);
    prediction.scProbability = static_cast<double>(prediction.scProbabilities[prediction.sc]);
    prediction.lcProbability = static_cast<double>(prediction.lcProbabilities[prediction.lc]);
    // The standard deviation of a type drawn anywhere in the grid.
    prediction.subclassSigma
        = (mk::decimalFromTemperatureCode(scheme.temperatureCodes.back())
              - mk::decimalFromTemperatureCode(scheme.temperatureCodes.front()))
        / std::sqrt(12.0);
    prediction.guess = true;
}

} // namespace

RobustClassifier::RobustClassifier(robust::RobustModel model, mk::AtlasPtr atlas)
    : m_model(std::move(model))
    , m_atlas(std::move(atlas))
    , m_preparer(m_atlas)
    , m_matcher(m_atlas)
    , m_conformity(m_atlas, m_model.blue.grid, m_model.blue.variation)
{
}

Result<std::unique_ptr<RobustClassifier>> RobustClassifier::create(
    robust::RobustModel model, mk::AtlasPtr atlas, int threads)
{
    EXPECTS(atlas != nullptr);
    if (!(model.blue.libraryGrid == atlas->grid()))
        return base::failure(ErrorCode::ModelMismatch,
            fmt::format("model trained on {} with atlas {}", model.atlas, atlas->name()),
            describeGrid(atlas->grid()), describeGrid(model.blue.libraryGrid));
    std::unique_ptr<RobustClassifier> classifier(
        new RobustClassifier(std::move(model), std::move(atlas)));
    const auto add = [&](const robust::RobustPart& part) -> Result<void> {
        auto networks = PartNetworks::create(part, threads);
        if (!networks)
            return base::Unexpected(networks.error());
        classifier->m_networks.push_back(*std::move(networks));
        return {};
    };
    if (const auto added = add(classifier->m_model.blue); !added)
        return base::Unexpected(added.error());
    if (const auto& wide = classifier->m_model.wide)
        if (const auto added = add(*wide); !added)
            return base::Unexpected(added.error());
    return classifier;
}

const robust::RobustPart& RobustClassifier::partAt(std::size_t index) const
{
    return index == 0 ? m_model.blue : *m_model.wide;
}

std::vector<robust::LogSpectrum> RobustClassifier::onGrids(
    const spectrum::Spectrum& spectrum, const PreparedSpectrum& prepared) const
{
    std::vector<robust::LogSpectrum> result { onGridOf(m_model.blue, prepared) };
    if (m_model.wide)
        if (auto wide = wideSpectrum(spectrum, prepared.recipe, m_model.wide->grid))
            result.push_back(*std::move(wide));
    return result;
}

Result<train::HeadProbabilities> RobustClassifier::meanOfParts(
    const std::vector<robust::LogSpectrum>& spectra)
{
    train::HeadProbabilities mean { nn::Matrix<float>::Zero(1, m_model.blue.spec.scClasses),
        nn::Matrix<float>::Zero(1, m_model.blue.spec.lcClasses) };
    for (std::size_t i = 0; i < spectra.size(); ++i) {
        const robust::RobustPart& part = partAt(i);
        const auto heads = m_networks[i].answer(
            robust::networkInput(spectra[i], part.grid, part.standardisation));
        if (!heads)
            return heads;
        const HeadWeights weights = weightsOf(i, spectra.size());
        mean.sc += static_cast<float>(weights.spectral) * heads->sc;
        mean.lc += static_cast<float>(weights.luminosity) * heads->lc;
    }
    return mean;
}

void RobustClassifier::describeType(
    const train::HeadProbabilities& heads, Prediction& prediction) const
{
    const robust::Decision decision = robust::decide(firstRow(heads.sc), firstRow(heads.lc));
    prediction.temperatureCode = decision.temperatureCode;
    prediction.decimalSubclass = mk::decimalFromTemperatureCode(decision.temperatureCode);
    prediction.subclassSigma
        = sigmaInSubclasses(decision.temperatureCode, decision.temperatureSigma);
    prediction.printedSubclass = std::round(*prediction.decimalSubclass);
    prediction.spectralClass = mk::printClass(prediction.printedSubclass);
    prediction.luminosityClass = mk::printLuminosity(decision.printedLuminosity);
    prediction.type = prediction.spectralClass + " " + prediction.luminosityClass;

    prediction.scProbabilities = robust::classProbabilities(firstRow(heads.sc), m_model.scheme);
    prediction.sc = m_model.scheme.nearest(decision.temperatureCode);
    prediction.scProbability = static_cast<double>(prediction.scProbabilities[prediction.sc]);
    for (const double p : decision.groupProbability)
        prediction.lcProbabilities.push_back(static_cast<float>(p));
    prediction.lc = static_cast<std::uint16_t>(decision.group);
    prediction.lcProbability = decision.groupProbability[prediction.lc];
    if (m_model.calibration)
        calibrateAnswer(*m_model.calibration, decision, m_model.scheme, prediction);

    const auto& codes = m_model.scheme.temperatureCodes;
    prediction.edgeOfGrid = decision.temperatureCode < codes.front() + kEdge
        || decision.temperatureCode > codes.back() - kEdge;
    if (prediction.edgeOfGrid)
        prediction.warnings.push_back(
            fmt::format("edge of grid: the standards go from {} to {}, the star may lie beyond",
                m_model.scheme.names.front(), m_model.scheme.names.back()));
}

std::optional<double> RobustClassifier::outsideDistance(
    const PreparedSpectrum& prepared, const robust::LogSpectrum& blue) const
{
    if (!m_model.space)
        return std::nullopt;
    const robust::LogGrid& grid = m_model.blue.grid;
    return robust::distanceFrom(
        *m_model.space, blue, grid, m_conformity.noiseOver(robust::binAngstrom(grid), prepared));
}

Result<PreparedSpectrum> RobustClassifier::prepareStar(
    const spectrum::Spectrum& spectrum, const PrepareOptions& options) const
{
    PrepareOptions robustOptions = options;
    robustOptions.shiftRest = true;
    return m_preparer.prepare(spectrum, robustOptions);
}

Result<Examination> RobustClassifier::examine(
    const spectrum::Spectrum& spectrum, const PrepareOptions& options) const
{
    auto prepared = prepareStar(spectrum, options);
    if (!prepared)
        return base::Unexpected(prepared.error());
    const auto spectra = onGrids(spectrum, *prepared);
    if (!hasData(spectra.front()))
        return noFlux(spectrum);
    Examination examination { *std::move(prepared), {} };
    for (std::size_t i = 0; i < spectra.size(); ++i) {
        examination.networks.push_back(inputOf(partAt(i), spectra[i]));
        examination.networks.back().weights = weightsOf(i, spectra.size());
    }
    return examination;
}

std::vector<double> RobustClassifier::outputShares(Head head, std::uint16_t index) const
{
    std::vector<double> shares;
    if (head == Head::Spectral) {
        EXPECTS(index < m_model.scheme.size());
        for (std::size_t bin = 0; bin < robust::temperatureBins().count; ++bin)
            shares.push_back(
                m_model.scheme.nearest(robust::temperatureBins().code(bin)) == index ? 1.0 : 0.0);
        return shares;
    }
    EXPECTS(index < mk::kLuminosityGroups);
    for (std::size_t bin = 0; bin < robust::luminosityBins().count; ++bin)
        shares.push_back(robust::groupShares(bin).at(index));
    return shares;
}

Result<Prediction> RobustClassifier::classify(
    const spectrum::Spectrum& spectrum, const PrepareOptions& options)
{
    auto prepared = prepareStar(spectrum, options);
    if (!prepared)
        return base::Unexpected(prepared.error());
    const auto spectra = onGrids(spectrum, *prepared);
    if (!hasData(spectra.front()))
        return noFlux(spectrum);
    const auto heads = meanOfParts(spectra);
    if (!heads)
        return base::failureIn(heads.error(), spectrum.file.string());
    Prediction prediction;
    prediction.warnings = prepared->warnings;
    describeType(*heads, prediction);
    prediction.velocityKms = prepared->velocityKms;
    prediction.recipe = prepared->recipe;
    const auto nearest = m_matcher.nearest(*prepared, kResidualCandidates);
    prediction.nearest = nearest.front();
    prediction.outsideDistance = outsideDistance(*prepared, spectra.front());
    if (prediction.outsideDistance)
        prediction.outsideAtlas = *prediction.outsideDistance > 1.0;
    prediction.conformity = m_conformity.judge({ spectrum, options, *prepared, spectra.front(),
        leastResidual(*prepared, *m_atlas, nearest), m_atlas->standards()[prediction.nearest->row],
        prediction });
    const auto& doubts = prediction.conformity.doubts;
    if (std::any_of(doubts.begin(), doubts.end(), isBeyondCalibration))
        makeGuess(m_model.scheme, prediction);
    return prediction;
}

} // namespace maury::classify
