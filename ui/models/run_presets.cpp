#include "ui/models/run_presets.h"

#include "ui/models/robust_parameters.h"
#include "ui/models/run_parameters.h"

#include <QCoreApplication>
#include <QLocale>

#include <filesystem>
#include <optional>

namespace maury::ui {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(maury::ui::RunPresets)
};

constexpr const char* kBuiltin = "builtin";

std::optional<std::string> findLibrary(
    const std::string& name, const std::vector<std::string>& nearby)
{
    if (name.empty() || name == kBuiltin)
        return name;
    for (const std::string& source : nearby) {
        if (source.empty() || source == kBuiltin)
            continue;
        std::filesystem::path folder(source);
        if (!folder.has_filename()) // "libr18/"
            folder = folder.parent_path();
        const auto found = folder.filename() == name ? folder : folder.parent_path() / name;
        std::error_code ignored;
        if (std::filesystem::is_directory(found, ignored))
            return found.string();
    }
    return std::nullopt;
}

} // namespace

QString presetTitle(const train::Preset& preset)
{
    if (preset.id == "paper-table")
        return Text::tr("Paper: table (libr18 → libr18_27)");
    if (preset.id == "paper-figures")
        return Text::tr("Paper: Figs. 5 and 6 (libr18 → libr18_225)");
    if (preset.id == "paper-relu")
        return Text::tr("Paper: ReLU in place of GELU");
    if (preset.id == "paper-halving")
        return Text::tr("Paper: rate halved every 50 epochs");
    if (preset.id == "lesson")
        return Text::tr("Lesson: small network, built-in atlas");
    if (preset.id == "robust")
        return Text::tr("Real stars: robust, libr18 and libnor36");
    return Text::tr("Paper: learning rate %1")
        .arg(QLocale().toString(preset.config.live.learningRate, 'g', 3));
}

PresetRun presetRun(
    const train::Preset& preset, const RunRequest& now, const std::vector<std::string>& nearby)
{
    PresetRun run { now, {} };
    const auto find = [&](const std::string& name, const std::string& otherwise) {
        const auto found = findLibrary(name, nearby);
        if (!found)
            run.missing.append(QString::fromStdString(name));
        return found.value_or(otherwise);
    };
    if (preset.robust) {
        run.request.protocol = Protocol::Robust;
        RobustRequest fresh;
        fresh.backend = now.robust.backend;
        fresh.precision = now.robust.precision;
        fresh.config.seed = now.robust.config.seed;
        fresh.config.threads = now.robust.config.threads;
        fresh.libraries.clear();
        for (const std::string& name : preset.libraries)
            if (const auto found = findLibrary(name, nearby))
                fresh.libraries.push_back({ *found, {} });
            else
                run.missing.append(QString::fromStdString(name));
        if (fresh.libraries.empty())
            fresh.libraries = now.robust.libraries;
        run.request.robust = std::move(fresh);
        return run;
    }
    run.request.protocol = Protocol::Paper;
    train::TrainingConfig config = preset.config;
    config.seed = now.config.seed;
    config.threads = now.config.threads;
    config.backend = now.config.backend;
    config.precision = now.config.precision;
    config.checkpoint = now.config.checkpoint;
    config.keepEvery = now.config.keepEvery;
    config.keepBudgetBytes = now.config.keepBudgetBytes;
    run.request.config = std::move(config);
    run.request.trainAtlas = find(preset.libraries.front(), now.trainAtlas);
    run.request.testAtlas = find(preset.testLibrary, now.testAtlas);
    return run;
}

QStringList differingSettings(const RunRequest& a, const RunRequest& b)
{
    QStringList names;
    const auto compare = [&names](bool same, const QString& name) {
        if (!same)
            names.append(name);
    };
    compare(a.protocol == b.protocol, Text::tr("protocol"));
    if (a.protocol != b.protocol)
        return names;
    if (a.protocol == Protocol::Robust) {
        for (const RobustParameter& parameter : robustParameters())
            compare(parameter.get(a.robust) == parameter.get(b.robust), parameter.spec.label);
        compare(a.robust.libraries == b.robust.libraries, Text::tr("libraries"));
        compare(a.robust.config.hidden == b.robust.config.hidden, Text::tr("hidden layers"));
        return names;
    }
    for (const RunParameter& parameter : runParameters())
        compare(parameter.get(a.config) == parameter.get(b.config), parameter.spec.label);
    compare(a.config.hidden == b.config.hidden, Text::tr("hidden layers"));
    compare(a.config.activation == b.config.activation, Text::tr("activation"));
    compare(a.config.initialisation == b.config.initialisation, Text::tr("initial weights"));
    compare(a.config.optimizer == b.config.optimizer, Text::tr("optimiser"));
    compare(a.config.schedule == b.config.schedule, Text::tr("schedule"));
    compare(
        a.config.live.augmentation.noise == b.config.live.augmentation.noise, Text::tr("noise"));
    compare(a.config.edges == b.config.edges, Text::tr("edges"));
    compare(a.config.freshEveryEpoch == b.config.freshEveryEpoch,
        Text::tr("variations in every epoch"));
    compare(a.trainAtlas == b.trainAtlas, Text::tr("training atlas"));
    compare(a.testAtlas == b.testAtlas, Text::tr("test atlas"));
    return names;
}

} // namespace maury::ui
