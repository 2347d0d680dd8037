#include "core/mk/atlas_relation.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <string>

namespace maury::mk {
namespace {

constexpr int kReach = 20; // pixels: four times the widest blur tried
constexpr double kSameStar = 0.1;

Eigen::VectorXd blurred(const Eigen::VectorXd& flux, double sigmaPixels)
{
    Eigen::VectorXd kernel(2 * kReach + 1);
    for (int offset = -kReach; offset <= kReach; ++offset)
        kernel[offset + kReach] = std::exp(-0.5 * std::pow(offset / sigmaPixels, 2));
    kernel /= kernel.sum();
    // The edges have no neighbours on one side and are left out.
    Eigen::VectorXd out(flux.size() - 2 * kReach);
    for (Eigen::Index i = 0; i < out.size(); ++i)
        out[i] = kernel.dot(flux.segment(i, 2 * kReach + 1));
    return out;
}

double rmsAboutMean(const Eigen::VectorXd& values)
{
    return std::sqrt((values.array() - values.mean()).square().mean());
}

/// What the best blur leaves of the test spectrum, in units of the test spectrum's contrast.
double residualAfterBlur(const Eigen::VectorXd& train, const Eigen::VectorXd& test)
{
    constexpr std::array kSigmas { 0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0 };
    const Eigen::VectorXd inner = test.segment(kReach, test.size() - 2 * kReach);
    const double contrast = rmsAboutMean(inner);
    if (!(contrast > 0.0))
        return 1.0;
    double least = rmsAboutMean(train.segment(kReach, inner.size()) - inner);
    for (const double sigma : kSigmas)
        least = std::min(least, rmsAboutMean(blurred(train, sigma) - inner));
    return least / contrast;
}

} // namespace

AtlasRelation relate(const Atlas& train, const Atlas& test)
{
    if (&train == &test)
        return AtlasRelation::Same;
    if (!(train.grid() == test.grid()) || train.flux().cols() <= 2 * kReach)
        return AtlasRelation::Independent;
    std::map<std::string, Eigen::Index> rowOf;
    for (std::size_t row = 0; row < train.standards().size(); ++row)
        rowOf.emplace(train.standards()[row].name, static_cast<Eigen::Index>(row));
    int common = 0;
    int sameStar = 0;
    int identical = 0;
    for (std::size_t row = 0; row < test.standards().size(); ++row) {
        const auto found = rowOf.find(test.standards()[row].name);
        if (found == rowOf.end())
            continue;
        const Eigen::VectorXd a = train.flux().row(found->second).transpose().cast<double>();
        const Eigen::VectorXd b
            = test.flux().row(static_cast<Eigen::Index>(row)).transpose().cast<double>();
        ++common;
        identical += a == b ? 1 : 0;
        sameStar += residualAfterBlur(a, b) < kSameStar ? 1 : 0;
    }
    if (common > 0 && identical == common)
        return AtlasRelation::Same;
    return common > 0 && 2 * sameStar >= common ? AtlasRelation::Smoothed
                                                : AtlasRelation::Independent;
}

} // namespace maury::mk
