#include "core/robust/training_part.h"

#include "core/base/sha256.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

namespace maury::robust {
namespace {

using base::Result;

// Random streams of a part, apart from those of its members (0 …).
constexpr std::uint64_t kStandardisationStream = 1ULL << 32U;
constexpr std::uint64_t kHeldOutStream = kStandardisationStream + 1;
constexpr std::uint64_t kWideStream = 1ULL << 33U;

constexpr std::uint64_t kWeightsStream = 1; ///< of a member

constexpr std::size_t kStandardisationSamples = 3072;

base::RandomStream streamOf(Range range, std::uint64_t seed)
{
    const base::RandomStream root(seed);
    return range == Range::Blue ? root : root.split(kWideStream);
}

} // namespace

VariationSettings TrainingPart::variation(const RobustLive& live) const
{
    VariationSettings settings = live.variation;
    settings.nativeFwhmAngstrom
        = *std::min_element(standards.fwhmAngstrom.begin(), standards.fwhmAngstrom.end());
    if (range == Range::Wide) // the broadest spectra are blurred before they are seen, too
        settings.widestFwhmAngstrom = std::hypot(settings.widestFwhmAngstrom, kWideBlurAngstrom);
    settings.widestFwhmAngstrom
        = std::max(settings.widestFwhmAngstrom, settings.nativeFwhmAngstrom);
    return settings;
}

Result<std::vector<TrainingPart>> trainingParts(
    const std::vector<Library>& libraries, const RobustConfig& config)
{
    std::vector<TrainingPart> parts;
    for (const Range range : { Range::Blue, Range::Wide }) {
        if (range == Range::Wide && !reachWide(libraries))
            break;
        auto standards = standardsOf(libraries, range);
        if (!standards)
            return base::Unexpected(standards.error());
        TrainingPart& part = parts.emplace_back(TrainingPart {
            range, {}, *std::move(standards), streamOf(range, config.seed), nullptr });
        // A limit below the libraries' own resolution is an error here, and none in mid-run.
        VariationSettings wanted = config.variation;
        wanted.nativeFwhmAngstrom = part.variation(config).nativeFwhmAngstrom;
        if (const auto valid = validate(wanted); !valid)
            return base::Unexpected(valid.error());
        part.part.libraryGrid
            = range == Range::Blue ? libraries.front().atlas->grid() : wideLibraryGrid();
    }
    return parts;
}

Result<void> preparePart(TrainingPart& part, const RobustData& data, const RobustConfig& config,
    const mk::ClassScheme& scheme, BatchMaker& batches)
{
    RobustPart& model = part.part;
    model.grid = part.standards.grid;
    model.spec = { static_cast<int>(model.grid.cropPixels), config.hidden, nn::Activation::GeluTanh,
        static_cast<int>(temperatureBins().count), static_cast<int>(luminosityBins().count) };
    const auto makerWith = [&](std::uint64_t stream) {
        return VariationMaker(
            part.standards, part.variation(config), part.stream.split(stream).key());
    };
    InputBatch samples(kStandardisationSamples, model.grid);
    batches.make(makerWith(kStandardisationStream), 0, nullptr, samples);
    model.standardisation = standardise(samples.input);
    const auto atlas = !data.test   ? nullptr
        : part.range == Range::Blue ? data.test->atlas
                                    : data.test->wide;
    if (atlas != nullptr) {
        const Library& first = data.libraries.front();
        if (part.range == Range::Blue)
            if (const auto same = checkSameGrid(*atlas, *first.atlas); !same)
                return same;
        part.test = std::make_shared<const TestStars>(
            atlasToTest(*atlas, model.grid, model.standardisation, scheme));
    } else if (config.heldOut > 0) {
        part.test = std::make_shared<const TestStars>(variationsToTest(makerWith(kHeldOutStream),
            static_cast<std::size_t>(config.heldOut), model.standardisation, scheme, batches));
    }
    return {};
}

base::RandomStream memberStream(Range range, std::uint64_t seed, int member)
{
    return streamOf(range, seed).split(static_cast<std::uint64_t>(member));
}

std::uint64_t weightsSeed(Range range, std::uint64_t seed, int member)
{
    return memberStream(range, seed, member).split(kWeightsStream).key();
}

/// Weights of variance 1 / (3 · fan-in), a sixth of He's, and zero biases. A few hundred steps do
/// not unlearn the random patterns that the first layer begins with: with He's weights real stars
/// are typed worse (σ68 0.73 instead of 0.65 codes on STELIB).
nn::Parameters initialWeights(const nn::NetworkSpec& spec, std::uint64_t seed)
{
    nn::Parameters parameters = nn::initialParameters(spec, nn::Initialisation::He, seed);
    const auto factor = static_cast<float>(1.0 / std::sqrt(6.0));
    parameters.forEach([factor](nn::DenseParameters<float>& layer) { layer.weights *= factor; });
    return parameters;
}

std::string identityOf(const std::vector<TrainingPart>& parts)
{
    base::Sha256 sha;
    const auto add = [&sha](const mk::SpectraMatrix& numbers) {
        sha.updateValues(
            std::span<const float>(numbers.data(), static_cast<std::size_t>(numbers.size())));
    };
    for (const TrainingPart& part : parts) {
        add(part.standards.flux);
        sha.updateValues(std::span<const double>(part.standards.temperatureCode));
        sha.updateValues(std::span<const double>(part.standards.luminosityCode));
        sha.updateValues(std::span<const double>(part.standards.fwhmAngstrom));
        if (part.test == nullptr)
            continue;
        add(part.test->inputs.input);
        sha.updateValues(std::span<const std::uint16_t>(part.test->sc));
        sha.updateValues(std::span<const std::uint16_t>(part.test->lc));
    }
    return sha.hexDigest();
}

} // namespace maury::robust
