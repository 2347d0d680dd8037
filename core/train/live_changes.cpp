#include "core/train/live_changes.h"

namespace maury::train {

std::vector<LiveChange> liveChanges(const LiveSettings& before, const LiveSettings& after)
{
    std::vector<LiveChange> changes;
    const auto compare = [&](const char* setting, double old, double now) {
        if (old != now)
            changes.push_back({ setting, old, now });
    };
    compare("lr", before.learningRate, after.learningRate);
    compare("weights-sc", before.weightSc, after.weightSc);
    compare("weights-lc", before.weightLc, after.weightLc);
    const auto& a = before.augmentation;
    const auto& b = after.augmentation;
    compare("registration-sigma", a.registrationSigmaAngstrom, b.registrationSigmaAngstrom);
    compare("registration-linear-sigma", a.registrationLinearSigma, b.registrationLinearSigma);
    compare("doppler-sigma", a.dopplerSigmaKms, b.dopplerSigmaKms);
    compare("continuum-sigma0", a.continuumSigma0, b.continuumSigma0);
    compare("continuum-sigma1", a.continuumSigma1, b.continuumSigma1);
    compare("continuum-sigma2", a.continuumSigma2, b.continuumSigma2);
    compare("broadening-sigma", a.broadeningSigmaPixels, b.broadeningSigmaPixels);
    compare("gain", a.gain, b.gain);
    compare("noise", static_cast<double>(a.noise), static_cast<double>(b.noise));
    return changes;
}

} // namespace maury::train
