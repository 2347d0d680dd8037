#include "core/classify/evaluator.h"

#include "core/base/random.h"
#include "core/classify/score_card.h"
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
    evaluation.reliabilityLc
        = reliabilityOf(predictions->lcProbability, hits(set.lc, predictions->lc));
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
    const StarTyping& typing, const std::function<void(const base::Error&)>& refusal,
    std::stop_token stop, const AnswerObserver& answered)
{
    ScoreCard card(classifier.scheme());
    const base::RandomStream noise(typing.change.seed);
    preprocess::WhatIf change = typing.change;
    for (std::size_t i = 0; i < stars.size(); ++i) {
        const LabelledFile& star = stars[i];
        if (stop.stop_requested())
            return base::failure(ErrorCode::Cancelled, "evaluation");
        change.seed = noise.split(i).key();
        const auto spectrum = io::readSpectrum(star.file, typing.read);
        const auto answer = spectrum
            ? classifier.classify(preprocess::changed(**spectrum, change), typing.prepare)
            : Result<Prediction>(base::Unexpected(spectrum.error()));
        if (answer) {
            card.add(star.type, *answer, classifier.atlas());
            if (answered)
                answered(star, *answer);
        } else {
            card.addRefused();
            refusal(answer.error());
        }
    }
    return card.evaluation();
}

} // namespace maury::classify
