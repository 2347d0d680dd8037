#include "core/train/presets.h"

#include <algorithm>

namespace maury::train {
namespace {

constexpr const char* kTraining = "libr18";
constexpr const char* kTest = "libr18_27"; // of the paper's table
constexpr const char* kValidation = "libr18_225"; // of its Figs. 5 and 6
constexpr int kValidationVariations = 3; // of each of its spectra

Preset ofPaper(std::string id, std::string summary)
{
    Preset preset;
    preset.id = std::move(id);
    preset.summary = std::move(summary);
    preset.libraries = { kTraining };
    preset.testLibrary = kTest;
    return preset; // the defaults of TrainingConfig are the paper's
}

Preset lesson()
{
    Preset preset;
    preset.id = "lesson";
    preset.summary = "a small network on the built-in atlas: some seconds";
    preset.libraries = { "builtin" };
    preset.config.hidden = { 128, 32 };
    preset.config.live.learningRate = 0.02;
    preset.config.perSpectrumTrain = 100;
    preset.config.perSpectrumTest = 10;
    preset.config.epochs = 16;
    preset.config.batchSize = 20;
    return preset;
}

std::vector<Preset> makePresets()
{
    std::vector<Preset> all;
    all.push_back(ofPaper("paper-table", "the paper's table: libr18, tested on libr18_27"));
    Preset figures = ofPaper("paper-figures", "the paper's Figs. 5 and 6: tested on libr18_225");
    figures.testLibrary = kValidation;
    figures.config.perSpectrumTest = kValidationVariations;
    all.push_back(figures);
    Preset relu = ofPaper("paper-relu", "ReLU in place of GELU");
    relu.config.activation = nn::Activation::Relu;
    all.push_back(relu);
    for (const auto& [id, rate] : { std::pair("paper-rate-0.005", 0.005),
             std::pair("paper-rate-0.002", 0.002), std::pair("paper-rate-0.001", 0.001) }) {
        Preset slow = ofPaper(id, "a smaller learning rate");
        slow.config.live.learningRate = rate;
        all.push_back(slow);
    }
    Preset halving = ofPaper("paper-halving", "the learning rate halves every 50 epochs");
    halving.config.schedule = Schedule::Halving;
    halving.config.halvingEpochs = 50;
    all.push_back(halving);
    all.push_back(lesson());
    Preset robust;
    robust.id = "robust";
    robust.summary = "for real stars: the robust protocol on libr18 and libnor36";
    robust.robust = true;
    robust.libraries = { kTraining, "libnor36" };
    all.push_back(robust);
    return all;
}

} // namespace

const std::vector<Preset>& presets()
{
    static const std::vector<Preset> all = makePresets();
    return all;
}

base::Result<Preset> presetOf(const std::string& id)
{
    const auto found = std::find_if(presets().begin(), presets().end(),
        [&id](const Preset& preset) { return preset.id == id; });
    if (found != presets().end())
        return *found;
    std::string known;
    for (const Preset& preset : presets())
        known += (known.empty() ? "" : ", ") + preset.id;
    return base::failure(base::ErrorCode::OptionInvalid, "--preset", id, known);
}

} // namespace maury::train
