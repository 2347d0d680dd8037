#include "app/cli/training_options.h"

#include "app/cli/augmentation_options.h"

#include <map>
#include <string>

namespace maury::cli {
namespace {

/// An option whose values are the names of an enum.
template <typename Enum>
void addChoice(CLI::App& verb, const char* option, Enum& value, std::initializer_list<Enum> choices,
    const char* help, const char* group)
{
    std::map<std::string, Enum> byName;
    std::vector<std::string> names;
    for (const Enum choice : choices) {
        byName.emplace(toString(choice), choice);
        names.push_back(toString(choice));
    }
    verb.add_option_function<std::string>(
            option, [&value, byName](const std::string& name) { value = byName.at(name); }, help)
        ->check(CLI::IsMember(names))
        ->group(group)
        ->default_str(toString(value));
}

} // namespace

void addPrecisionOption(CLI::App& verb, train::Precision& precision)
{
    using train::Precision;
    addChoice(verb, "--precision", precision, { Precision::Fp32, Precision::Tf32 },
        "of the factors of products on cuda: fp32, or tf32 with 10 bits after the binary point, "
        "several times faster; the other backends compute in fp32",
        "Options");
}

void addTrainingOptions(CLI::App& verb, train::TrainingConfig& config)
{
    constexpr const char* kNetwork = "Network";
    constexpr const char* kTraining = "Training";
    verb.add_option("--hidden", config.hidden, "widths of the hidden layers, e.g. 768,256,64")
        ->delimiter(',')
        ->group(kNetwork)
        ->capture_default_str();
    using nn::Activation;
    addChoice(verb, "--activation", config.activation,
        { Activation::GeluTanh, Activation::GeluExact, Activation::Relu },
        "of the hidden layers; gelu is the tanh form", kNetwork);
    using nn::Initialisation;
    addChoice(verb, "--init", config.initialisation, { Initialisation::Paper, Initialisation::He },
        "initial weights: paper N(0, 0.1), he N(0, 2/fan-in)", kNetwork);

    using train::Optimizer;
    addChoice(verb, "--optimizer", config.optimizer,
        { Optimizer::Sgd, Optimizer::Momentum, Optimizer::AdamW }, "update rule", kTraining);
    using train::Schedule;
    addChoice(verb, "--schedule", config.schedule,
        { Schedule::Constant, Schedule::Halving, Schedule::Cosine }, "of the learning rate",
        kTraining);
    const auto number = [&](const char* option, auto& value, const char* help) {
        verb.add_option(option, value, help)->group(kTraining)->capture_default_str();
    };
    number("--lr", config.live.learningRate, "learning rate");
    number("--halving-epochs", config.halvingEpochs, "epochs between halvings");
    number("--momentum", config.momentum, "momentum; AdamW's beta 1");
    number("--beta2", config.beta2, "AdamW's beta 2");
    number("--weight-decay", config.weightDecay, "AdamW's decay of weights");
    number("--batch", config.batchSize, "spectra a step");
    number("--epochs", config.epochs, "passes through the training set");
    number("--weights-sc", config.live.weightSc, "weight of the spectral class in the loss");
    number("--weights-lc", config.live.weightLc, "weight of the luminosity class in the loss");
    number("--per-spectrum", config.perSpectrumTrain, "variations of a training spectrum");
    number("--per-spectrum-test", config.perSpectrumTest, "variations of a test spectrum");
    addEdgesOption(verb, config.edges, kTraining);
    verb.add_flag("--fresh", config.freshEveryEpoch, "new variations for every epoch")
        ->group(kTraining);
    number("--keep-every", config.keepEvery, "epochs between kept models (with --checkpoint)");
    addAugmentationOptions(verb, config.live.augmentation);
}

} // namespace maury::cli
