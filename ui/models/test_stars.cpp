#include "ui/models/test_stars.h"

#include "core/mk/spectral_type.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <map>
#include <span>

namespace maury::ui {

namespace {

std::size_t predictedSamples(const Evaluation& evaluation)
{
    return std::min({ evaluation.predictions.sc.size(), evaluation.predictions.lc.size(),
        evaluation.test ? evaluation.test->size() : 0 });
}

QString libraryOf(const std::string& name)
{
    return QString::fromStdString(name).section('/', 0, -2);
}

QString standardOf(const std::string& name)
{
    return QString::fromStdString(name).section('/', -1);
}

/// Which entries of the set's standards have this name, in any library.
std::vector<bool> named(const dataset::SampleSet& set, const QString& standard)
{
    std::vector<bool> found;
    for (const std::string& name : set.standardNames)
        found.push_back(standardOf(name) == standard);
    return found;
}

bool isWrong(const Evaluation& evaluation, std::size_t sample, const WrongFilter& filter)
{
    const auto& set = *evaluation.test;
    const int sc = std::abs(evaluation.predictions.sc[sample] - set.sc[sample]);
    const int lc = std::abs(evaluation.predictions.lc[sample] - set.lc[sample]);
    return (filter.spectral && sc >= filter.classesOff)
        || (filter.luminosity && lc >= filter.classesOff);
}

/// What the wrong samples of a star were taken for.
struct Answer {
    int samples = 0;
    double probabilitySc = 0.0;
    double probabilityLc = 0.0;
};
using Answers = std::map<std::pair<int, int>, Answer>;

void takeCommonest(const Answers& answers, WrongStar& star)
{
    const auto commonest = std::max_element(answers.begin(), answers.end(),
        [](const auto& a, const auto& b) { return a.second.samples < b.second.samples; });
    const Answer& answer = commonest->second;
    star.predictedSc = commonest->first.first;
    star.predictedLc = commonest->first.second;
    star.probabilitySc = answer.probabilitySc / answer.samples;
    star.probabilityLc = answer.probabilityLc / answer.samples;
}

std::vector<ScatterPoint> countPoints(const Evaluation& evaluation, const std::vector<bool>* only)
{
    if (!evaluation.test)
        return {};
    const auto& set = *evaluation.test;
    std::map<std::array<int, 3>, int> counts;
    for (std::size_t i = 0; i < predictedSamples(evaluation); ++i)
        if (only == nullptr || (*only)[set.standard[i]])
            ++counts[{ set.sc[i], evaluation.predictions.sc[i], set.lc[i] }];
    std::vector<ScatterPoint> points;
    for (const auto& [place, samples] : counts)
        points.push_back({ place[0], place[1], place[2], samples });
    return points;
}

} // namespace

std::vector<CellStar> starsOfCell(const Evaluation& evaluation, const MatrixCell& cell)
{
    if (!evaluation.test)
        return {};
    const auto& set = *evaluation.test;
    const bool spectral = cell.head == Head::Spectral;
    const auto& truths = spectral ? set.sc : set.lc;
    const auto& guesses = spectral ? evaluation.predictions.sc : evaluation.predictions.lc;
    const auto& probabilities
        = spectral ? evaluation.predictions.scProbability : evaluation.predictions.lcProbability;
    std::map<std::uint32_t, CellStar> stars;
    for (std::size_t i = 0; i < predictedSamples(evaluation); ++i) {
        CellStar& star = stars[set.standard[i]];
        ++star.samples;
        if (truths[i] == cell.truth && guesses[i] == cell.predicted
            && set.lc[i] == cell.luminosity.value_or(set.lc[i])) {
            ++star.inCell;
            star.probability += static_cast<double>(probabilities[i]);
        }
    }
    std::vector<CellStar> found;
    for (auto& [index, star] : stars) {
        if (star.inCell == 0)
            continue;
        star.library = libraryOf(set.standardNames[index]);
        star.standard = standardOf(set.standardNames[index]);
        star.probability /= star.inCell;
        found.push_back(star);
    }
    std::stable_sort(found.begin(), found.end(),
        [](const CellStar& a, const CellStar& b) { return a.inCell > b.inCell; });
    return found;
}

std::optional<MatrixCell> cellOfStar(
    const Evaluation& evaluation, const QString& standard, Head head)
{
    if (!evaluation.test)
        return std::nullopt;
    const auto& set = *evaluation.test;
    const auto& truths = head == Head::Spectral ? set.sc : set.lc;
    const auto& guesses
        = head == Head::Spectral ? evaluation.predictions.sc : evaluation.predictions.lc;
    const std::vector<bool> wanted = named(set, standard);
    std::map<std::pair<int, int>, int> cells;
    for (std::size_t i = 0; i < predictedSamples(evaluation); ++i)
        if (wanted[set.standard[i]])
            ++cells[{ truths[i], guesses[i] }];
    if (cells.empty())
        return std::nullopt;
    const auto most = std::max_element(cells.begin(), cells.end(),
        [](const auto& a, const auto& b) { return a.second < b.second; });
    return MatrixCell { head, most->first.first, most->first.second, {} };
}

std::optional<classify::Reliability> reliabilityOf(const Evaluation& evaluation, Head head)
{
    const bool spectral = head == Head::Spectral;
    if (evaluation.stars)
        return spectral ? evaluation.stars->reliabilitySc : evaluation.stars->reliabilityLc;
    const train::Predictions& said = evaluation.predictions;
    const std::size_t samples = predictedSamples(evaluation);
    const auto& answers = spectral ? said.sc : said.lc;
    std::vector<std::uint8_t> right;
    for (std::size_t i = 0; i < samples; ++i) {
        const auto truth = spectral ? evaluation.test->sc[i] : evaluation.test->lc[i];
        right.push_back(answers[i] == truth ? 1 : 0);
    }
    const auto& given = spectral ? said.scProbability : said.lcProbability;
    return classify::reliabilityOf(std::span(given).first(samples), right);
}

std::vector<ScatterPoint> scatterPoints(const Evaluation& evaluation)
{
    return countPoints(evaluation, nullptr);
}

std::vector<ScatterPoint> scatterPoints(const Evaluation& evaluation, const QString& standard)
{
    if (!evaluation.test)
        return {};
    const std::vector<bool> wanted = named(*evaluation.test, standard);
    return countPoints(evaluation, &wanted);
}

std::vector<WrongStar> wrongStars(const Evaluation& evaluation, const WrongFilter& filter)
{
    if (!evaluation.test)
        return {};
    const auto& set = *evaluation.test;
    const auto& answers = evaluation.predictions;
    std::map<std::uint32_t, WrongStar> stars;
    std::map<std::uint32_t, Answers> taken;
    for (std::size_t i = 0; i < predictedSamples(evaluation); ++i) {
        WrongStar& star = stars[set.standard[i]];
        ++star.samples;
        star.trueSc = set.sc[i];
        star.trueLc = set.lc[i];
        if (!isWrong(evaluation, i, filter))
            continue;
        ++star.wrong;
        Answer& answer = taken[set.standard[i]][{ answers.sc[i], answers.lc[i] }];
        ++answer.samples;
        answer.probabilitySc += static_cast<double>(answers.scProbability[i]);
        answer.probabilityLc += static_cast<double>(answers.lcProbability[i]);
    }
    std::vector<WrongStar> found;
    for (auto& [index, star] : stars) {
        if (star.wrong == 0)
            continue;
        star.library = libraryOf(set.standardNames[index]);
        star.standard = standardOf(set.standardNames[index]);
        takeCommonest(taken[index], star);
        found.push_back(star);
    }
    std::stable_sort(found.begin(), found.end(),
        [](const WrongStar& a, const WrongStar& b) { return a.wrong > b.wrong; });
    return found;
}

QString typeOfStandard(const QString& standard)
{
    bool temperatureRead = false;
    bool luminosityRead = false;
    const double temperature = standard.mid(1, 3).toInt(&temperatureRead) / 10.0;
    const double luminosity = standard.mid(5, 2).toInt(&luminosityRead) / 10.0;
    if (!temperatureRead || !luminosityRead || standard[0] != 't' || standard[4] != 'l')
        return {};
    return QString::fromStdString(
        mk::print(mk::typeFromDecimal(mk::decimalFromTemperatureCode(temperature), luminosity)));
}

QString fullName(const QString& library, const QString& standard)
{
    return library.isEmpty() ? standard : library + '/' + standard;
}

std::optional<int> standardRow(const mk::Atlas& atlas, const QString& name)
{
    const auto& standards = atlas.standards();
    const auto found = std::find_if(standards.begin(), standards.end(),
        [text = name.toStdString()](const mk::Standard& each) { return each.name == text; });
    if (found == standards.end())
        return std::nullopt;
    return static_cast<int>(found - standards.begin());
}

std::optional<int> standardLike(const mk::Atlas& atlas, int row, const mk::ClassScheme& scheme,
    std::optional<int> spectral, std::optional<int> luminosity)
{
    const auto& standards = atlas.standards();
    const mk::Standard& star = standards[static_cast<std::size_t>(row)];
    const double temperature = spectral
        ? scheme.temperatureCodes[static_cast<std::size_t>(*spectral)]
        : star.temperatureCode;
    const auto group = luminosity ? static_cast<mk::LuminosityGroup>(*luminosity) : star.group;
    std::optional<int> best;
    double least = 0.0;
    for (std::size_t i = 0; i < standards.size(); ++i) {
        if (standards[i].group != group
            || std::abs(standards[i].temperatureCode - temperature) > 1e-6)
            continue;
        const double distance = std::abs(standards[i].luminosityCode - star.luminosityCode);
        if (!best || distance < least) {
            best = static_cast<int>(i);
            least = distance;
        }
    }
    return best;
}

} // namespace maury::ui
