#include "core/classify/doubt.h"

#include "core/base/contract.h"

#include <algorithm>

namespace maury::classify {
namespace {

constexpr double kMostMissingPercent = 10.0; ///< of what calibrated answers may lack
constexpr double kLeastSignalToNoise = 0.25; ///< of the worst in the training

} // namespace

const char* toString(DoubtCode code)
{
    switch (code) {
    case DoubtCode::Coverage:
        return "coverage";
    case DoubtCode::RectifiedHere:
        return "rectified-here";
    case DoubtCode::MediumUnknown:
        return "medium-unknown";
    case DoubtCode::FrameUnknown:
        return "frame-unknown";
    case DoubtCode::NoVelocity:
        return "no-velocity";
    case DoubtCode::Velocity:
        return "velocity";
    case DoubtCode::SignalToNoise:
        return "signal-to-noise";
    case DoubtCode::FluxRange:
        return "flux-range";
    case DoubtCode::ContinuumLevel:
        return "continuum-level";
    case DoubtCode::ContinuumShape:
        return "continuum-shape";
    case DoubtCode::Broader:
        return "broader";
    case DoubtCode::Sharper:
        return "sharper";
    case DoubtCode::LinesShifted:
        return "lines-shifted";
    case DoubtCode::Stranger:
        return "stranger";
    case DoubtCode::OutsideAtlas:
        return "outside-atlas";
    case DoubtCode::OtherJudge:
        return "other-judge";
    case DoubtCode::ForeignClass:
        return "foreign-class";
    case DoubtCode::Edges:
        return "edges";
    case DoubtCode::ForeignAtlas:
        return "foreign-atlas";
    case DoubtCode::Saturated:
        return "saturated";
    case DoubtCode::FilledIn:
        return "filled-in";
    case DoubtCode::NegativeFlux:
        return "negative-flux";
    case DoubtCode::Spike:
        return "spike";
    case DoubtCode::NoLines:
        return "no-lines";
    case DoubtCode::Emission:
        return "emission";
    case DoubtCode::BalmerFilled:
        return "balmer-filled";
    case DoubtCode::UpsideDown:
        return "upside-down";
    case DoubtCode::FarShifted:
        return "far-shifted";
    case DoubtCode::RestContradicted:
        return "rest-contradicted";
    case DoubtCode::PerhapsVacuum:
        return "perhaps-vacuum";
    case DoubtCode::PerhapsAir:
        return "perhaps-air";
    }
    return "";
}

double Doubt::value(const std::string& of) const
{
    const auto found = std::find_if(
        values.begin(), values.end(), [&of](const auto& each) { return each.first == of; });
    EXPECTS(found != values.end());
    return found->second;
}

bool isBeyondCalibration(const Doubt& doubt)
{
    switch (doubt.code) {
    case DoubtCode::Coverage:
        return doubt.value("missing_percent") > kMostMissingPercent;
    case DoubtCode::SignalToNoise:
        return doubt.value("signal_to_noise") < kLeastSignalToNoise * doubt.value("trained");
    case DoubtCode::OutsideAtlas:
    case DoubtCode::Saturated:
    case DoubtCode::FilledIn:
    case DoubtCode::NegativeFlux:
    case DoubtCode::NoLines:
    case DoubtCode::Emission:
    case DoubtCode::BalmerFilled:
    case DoubtCode::UpsideDown:
    case DoubtCode::FarShifted:
    case DoubtCode::RestContradicted:
        return true;
    default:
        return false;
    }
}

void Conformity::add(Finding finding)
{
    ok = false;
    doubts.push_back(std::move(finding.doubt));
    reasons.push_back(std::move(finding.sentence));
}

Conformity conformityOf(std::vector<Finding> findings)
{
    Conformity conformity;
    conformity.ok = true;
    for (Finding& finding : findings)
        conformity.add(std::move(finding));
    return conformity;
}

} // namespace maury::classify
