#include "core/classify/evaluator.h"

#include "core/io/csv_table.h"
#include "core/mk/class_scheme.h"
#include "core/train/trainer.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace maury::classify {
namespace {

using base::ErrorCode;
using base::Result;

/// Temperature-code units; classes of the libraries are about one apart.
constexpr double kWithinClass = 0.75;

std::vector<std::uint8_t> hits(
    const std::vector<std::uint16_t>& truth, const std::vector<std::uint16_t>& predicted)
{
    std::vector<std::uint8_t> result(truth.size());
    for (std::size_t i = 0; i < truth.size(); ++i)
        result[i] = truth[i] == predicted[i] ? 1 : 0;
    return result;
}

/// For each row of `flux` the place in `labelled` of the standard that leaves the least squares:
/// with the scale fitted that is the largest (x·t)²/|t|² among those with x·t > 0.
std::vector<std::size_t> nearestLabelled(
    const mk::SpectraMatrix& flux, const mk::Atlas& atlas, const mk::LabelledStandards& labelled)
{
    // Spectra are nearly parallel: in float their products would hardly tell them apart.
    Eigen::MatrixXd units(static_cast<Eigen::Index>(labelled.rows.size()), atlas.flux().cols());
    for (Eigen::Index i = 0; i < units.rows(); ++i) {
        const auto row = static_cast<Eigen::Index>(labelled.rows[static_cast<std::size_t>(i)]);
        units.row(i) = atlas.flux().row(row).cast<double>().normalized();
    }
    constexpr Eigen::Index kBlock = 256; // rows at a time, so that the products stay in cache
    std::vector<std::size_t> nearest;
    nearest.reserve(static_cast<std::size_t>(flux.rows()));
    for (Eigen::Index first = 0; first < flux.rows(); first += kBlock) {
        const Eigen::Index rows = std::min(kBlock, flux.rows() - first);
        const Eigen::MatrixXd products
            = flux.middleRows(first, rows).cast<double>() * units.transpose();
        for (Eigen::Index row = 0; row < rows; ++row) {
            Eigen::Index best = 0;
            products.row(row).maxCoeff(&best);
            nearest.push_back(static_cast<std::size_t>(best));
        }
    }
    return nearest;
}

Scores baselineScores(
    const dataset::SampleSet& set, const mk::Atlas& atlas, const mk::ClassScheme& scheme)
{
    const auto labelled = mk::labelStandards(atlas, scheme);
    std::vector<std::uint16_t> sc;
    std::vector<std::uint16_t> lc;
    for (const std::size_t place : nearestLabelled(set.flux, atlas, labelled)) {
        sc.push_back(labelled.sc[place]);
        lc.push_back(labelled.lc[place]);
    }
    return scoresOf(train::scoreHead(set.sc, sc, scheme.names),
        train::scoreHead(set.lc, lc, train::luminosityNames()), scheme);
}

/// Collects what one judge says of stars with known types.
class Tally {
public:
    explicit Tally(const mk::ClassScheme& scheme)
        : m_scheme(scheme)
    {
    }

    /// code: the answer on the temperature scale; printed: the decimal subclass of the printed
    /// type.
    void add(const mk::SpectralType& truth, double code, double printed, mk::LuminosityGroup group)
    {
        const double trueDecimal = mk::decimalSubclass(truth);
        const double trueCode = mk::temperatureCode(trueDecimal);
        m_code.push_back(code - trueCode);
        m_subclass.push_back(printed - trueDecimal);
        const std::uint16_t trueClass = m_scheme.nearest(trueCode);
        if (std::abs(m_scheme.temperatureCodes[trueClass] - trueCode) <= kWithinClass) {
            m_scTruth.push_back(trueClass);
            m_sc.push_back(m_scheme.nearest(code));
        }
        if (truth.luminosityCode) {
            m_lcTruth.push_back(
                static_cast<std::uint16_t>(mk::luminosityGroup(*truth.luminosityCode)));
            m_lc.push_back(static_cast<std::uint16_t>(group));
        }
    }

    [[nodiscard]] Scores scores() const
    {
        return { train::scoreHead(m_scTruth, m_sc, m_scheme.names),
            train::scoreHead(m_lcTruth, m_lc, train::luminosityNames()), codeStatistics(m_code),
            subclassStatistics(m_subclass) };
    }

private:
    const mk::ClassScheme& m_scheme;
    std::vector<double> m_code;
    std::vector<double> m_subclass;
    std::vector<std::uint16_t> m_scTruth;
    std::vector<std::uint16_t> m_sc;
    std::vector<std::uint16_t> m_lcTruth;
    std::vector<std::uint16_t> m_lc;
};

/// Collects how far stars lie from the atlas, by whether their labels lie beyond its classes.
class OutsideTally {
public:
    explicit OutsideTally(const mk::ClassScheme& scheme)
        : m_scheme(scheme)
    {
    }

    void add(const mk::SpectralType& truth, const Prediction& answer)
    {
        if (!answer.outsideDistance)
            return;
        constexpr double kBeyond = 0.5; // M0 lies 0.7 beyond K7
        const auto& codes = m_scheme.temperatureCodes;
        const double code = mk::temperatureCode(mk::decimalSubclass(truth));
        const bool beyond = code > codes.back() + kBeyond || code < codes.front() - kBeyond;
        (beyond ? m_beyond : m_inside).push_back(*answer.outsideDistance);
        if (answer.outsideAtlas.value_or(false))
            ++(beyond ? m_scores.found : m_scores.falseAlarms);
    }

    [[nodiscard]] std::optional<OutsideScores> scores() const
    {
        if (m_beyond.empty() && m_inside.empty())
            return std::nullopt;
        OutsideScores result = m_scores;
        result.stars = std::ssize(m_beyond);
        result.auroc = areaUnderRoc(m_beyond, m_inside);
        return result;
    }

private:
    const mk::ClassScheme& m_scheme;
    OutsideScores m_scores;
    std::vector<double> m_beyond;
    std::vector<double> m_inside;
};

/// Both file names and stems lead to the file.
Result<std::map<std::string, std::filesystem::path>> filesByName(
    const std::filesystem::path& folder)
{
    const auto files = io::listFiles(folder);
    if (!files)
        return base::Unexpected(files.error());
    std::map<std::string, std::filesystem::path> result;
    for (const auto& file : *files)
        result.emplace(file.stem().string(), file);
    for (const auto& file : *files) // a whole name wins against another file's stem
        result.insert_or_assign(file.filename().string(), file);
    return result;
}

} // namespace

Result<Evaluation> evaluateSamples(const train::Model& model, const dataset::SampleSet& set,
    const mk::Atlas* baseline, int threads)
{
    auto backend = train::createBackend("cpu", threads);
    if (!backend)
        return base::Unexpected(backend.error());
    if (const auto loaded = (*backend)->load(model.spec, model.parameters, {}); !loaded)
        return base::Unexpected(loaded.error());
    const auto predictions = train::predictSet(**backend, model, set);
    if (!predictions)
        return base::Unexpected(predictions.error());
    train::Metrics metrics;
    metrics.samples = static_cast<std::int64_t>(set.size());
    metrics.sc = train::scoreHead(set.sc, predictions->sc, model.scheme.names);
    metrics.lc = train::scoreHead(set.lc, predictions->lc, train::luminosityNames());
    Evaluation evaluation = evaluationOf(metrics, model.scheme);
    evaluation.eceLc
        = expectedCalibrationError(predictions->lcProbability, hits(set.lc, predictions->lc));
    if (baseline != nullptr && baseline->grid() == set.grid)
        evaluation.baseline = baselineScores(set, *baseline, model.scheme);
    return evaluation;
}

Result<std::vector<LabelledFile>> readLabels(const std::filesystem::path& table,
    const std::filesystem::path& folder, std::vector<std::string>& leftOut)
{
    const auto csv = io::CsvTable::read(table);
    if (!csv)
        return base::Unexpected(csv.error());
    const auto fileColumn = csv->column("file");
    const auto typeColumn = csv->column("type");
    for (const auto& column : { fileColumn, typeColumn })
        if (!column)
            return base::Unexpected(column.error());
    const auto files = filesByName(folder);
    if (!files)
        return base::Unexpected(files.error());
    std::vector<LabelledFile> labelled;
    for (std::size_t row = 0; row < csv->rows(); ++row) {
        const auto place
            = [&] { return fmt::format("{}, line {}", table.string(), csv->line(row)); };
        const std::string name
            = std::filesystem::path(csv->cell(row, *fileColumn)).filename().string();
        const auto type = mk::parseSpectralType(csv->cell(row, *typeColumn));
        const auto file = files->find(name);
        if (!type || std::isnan(mk::decimalSubclass(*type)))
            leftOut.push_back(fmt::format("{}: \"{}\" is not a type on the MK temperature scale",
                place(), csv->cell(row, *typeColumn)));
        else if (file == files->end())
            leftOut.push_back(fmt::format("{}: no file {} in {}", place(), name, folder.string()));
        else
            labelled.push_back({ file->second, *type });
    }
    if (labelled.empty())
        return base::failure(ErrorCode::ValueMissing, table.string(),
            fmt::format("no usable row of {}", csv->rows()),
            "files of " + folder.string() + " with their types");
    return labelled;
}

Result<Evaluation> evaluateStars(StarClassifier& classifier, std::span<const LabelledFile> stars,
    const io::ReadOptions& read, const PrepareOptions& options,
    const std::function<void(const base::Error&)>& refusal, std::stop_token stop)
{
    const mk::ClassScheme& scheme = classifier.scheme();
    Tally network(scheme);
    Tally nearest(scheme);
    OutsideTally outside(scheme);
    std::vector<float> lcProbabilities;
    std::vector<std::uint8_t> lcHits;
    std::vector<double> pulls;
    Evaluation evaluation;
    evaluation.samples = static_cast<std::int64_t>(stars.size());
    evaluation.conforming = 0;
    for (const LabelledFile& star : stars) {
        if (stop.stop_requested())
            return base::failure(ErrorCode::Cancelled, "evaluation");
        const auto spectrum = io::readSpectrum(star.file, read);
        const auto answer = spectrum ? classifier.classify(**spectrum, options)
                                     : Result<Prediction>(base::Unexpected(spectrum.error()));
        if (!answer) {
            ++evaluation.refused;
            refusal(answer.error());
            continue;
        }
        ++evaluation.typed;
        *evaluation.conforming += answer->conformity.ok ? 1 : 0;
        const auto group = static_cast<mk::LuminosityGroup>(answer->lc);
        network.add(star.type, answer->temperatureCode, answer->printedSubclass, group);
        outside.add(star.type, *answer);
        if (answer->subclassSigma && answer->decimalSubclass)
            pulls.push_back((*answer->decimalSubclass - mk::decimalSubclass(star.type))
                / *answer->subclassSigma);
        if (star.type.luminosityCode) {
            lcProbabilities.push_back(static_cast<float>(answer->lcProbability));
            lcHits.push_back(mk::luminosityGroup(*star.type.luminosityCode) == group ? 1 : 0);
        }
        if (answer->nearest) {
            const auto& standard = classifier.atlas().standards()[answer->nearest->row];
            nearest.add(star.type, standard.temperatureCode,
                mk::decimalFromTemperatureCode(standard.temperatureCode), standard.group);
        }
    }
    evaluation.network = network.scores();
    evaluation.outside = outside.scores();
    evaluation.baseline = nearest.scores();
    evaluation.eceLc = expectedCalibrationError(lcProbabilities, lcHits);
    if (!pulls.empty())
        evaluation.pullWidth = pullWidth(pulls);
    return evaluation;
}

} // namespace maury::classify
