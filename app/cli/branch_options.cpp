#include "app/cli/branch_options.h"

#include "core/train/branch.h"

namespace maury::cli {
namespace {

train::LiveSettings withGiven(
    const CLI::App& verb, train::LiveSettings live, const train::LiveSettings& given)
{
    const auto take = [&verb](const char* option, auto& value, const auto& wanted) {
        if (verb.get_option(option)->count() > 0)
            value = wanted;
    };
    take("--lr", live.learningRate, given.learningRate);
    take("--weights-sc", live.weightSc, given.weightSc);
    take("--weights-lc", live.weightLc, given.weightLc);
    auto& sigmas = live.augmentation;
    const auto& wanted = given.augmentation;
    take("--registration-sigma", sigmas.registrationSigmaAngstrom, wanted.registrationSigmaAngstrom);
    take("--registration-linear-sigma", sigmas.registrationLinearSigma,
        wanted.registrationLinearSigma);
    take("--doppler-sigma", sigmas.dopplerSigmaKms, wanted.dopplerSigmaKms);
    take("--continuum-sigma0", sigmas.continuumSigma0, wanted.continuumSigma0);
    take("--continuum-sigma1", sigmas.continuumSigma1, wanted.continuumSigma1);
    take("--continuum-sigma2", sigmas.continuumSigma2, wanted.continuumSigma2);
    take("--broadening-sigma", sigmas.broadeningSigmaPixels, wanted.broadeningSigmaPixels);
    take("--gain", sigmas.gain, wanted.gain);
    take("--noise", sigmas.noise, wanted.noise);
    return live;
}

} // namespace

void addBranchOptions(CLI::App& verb, BranchOptions& options)
{
    constexpr const char* kGroup = "Branching";
    auto* from = verb.add_option("--branch", options.from,
        "go on from an epoch of the run of this checkpoint, which stays as it is; live settings "
        "given here (--lr, --weights-sc, …) hold from there on; needs --checkpoint for the new run");
    from->group(kGroup);
    auto* epoch = verb.add_option(
        "--at-epoch", options.epoch, "the epoch to branch at: one that was kept");
    epoch->group(kGroup)->needs(from);
    from->needs(epoch);
    from->excludes(verb.get_option("--resume"));
    from->needs(verb.get_option("--checkpoint"));
}

base::Result<void> makeBranch(const CLI::App& verb, const BranchOptions& options,
    const train::LiveSettings& given, const std::filesystem::path& checkpoint)
{
    const auto live = train::liveSettingsAfter(options.from, options.epoch - 1);
    if (!live)
        return base::Unexpected(live.error());
    return train::branchRun(
        options.from, options.epoch - 1, withGiven(verb, *live, given), checkpoint);
}

} // namespace maury::cli
