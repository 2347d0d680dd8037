#include "ui/pages/run_edits.h"

#include "ui/bridge/edit_history.h"
#include "ui/bridge/training_session.h"
#include "ui/models/robust_parameters.h"
#include "ui/pages/run_settings_panel.h"

#include <utility>

namespace maury::ui {

namespace {

/// The setting that two requests differ in, as it is called on the command line; "settings" when it
/// is none of the numbers.
std::string changedSetting(const RunRequest& before, const RunRequest& after)
{
    if (after.protocol == Protocol::Robust) {
        for (const RobustParameter& parameter : robustParameters())
            if (parameter.get(before.robust) != parameter.get(after.robust))
                return parameter.id;
        return "settings";
    }
    for (const RunParameter& parameter : runParameters())
        if (parameter.get(before.config) != parameter.get(after.config))
            return parameter.id;
    return "settings";
}

} // namespace

RunEdits::RunEdits(
    RunSettingsPanel& panel, TrainingSession& session, EditHistory& history, QObject* parent)
    : QObject(parent)
    , m_panel(panel)
    , m_session(session)
    , m_history(history)
{
    takeShown();
    connect(&panel, &RunSettingsPanel::requestShown, this, &RunEdits::takeShown);
    connect(&panel, &RunSettingsPanel::requestEdited, this, &RunEdits::record);
    connect(&panel, &RunSettingsPanel::requestReplaced, this, &RunEdits::recordWhole);
}

void RunEdits::takeShown()
{
    const auto shown = m_panel.request();
    m_shown = shown ? std::optional(*shown) : std::nullopt;
}

void RunEdits::record()
{
    const auto before = m_shown;
    takeShown();
    if (!before || !m_shown)
        return;
    const std::string setting = changedSetting(*before, *m_shown);
    const QString label = setting == "settings" ? tr("Settings of the run")
                                                : settingLabel(m_shown->protocol, setting);
    m_history.record(
        label, QStringLiteral("run/") + QString::fromStdString(setting),
        [this, request = *before] { restore(request); },
        [this, request = *m_shown] { restore(request); });
}

/// One step, whatever was set, that merges with no other.
void RunEdits::recordWhole(const QString& label)
{
    const auto before = m_shown;
    takeShown();
    if (!before || !m_shown)
        return;
    m_history.record(
        label, QStringLiteral("run/replaced/%1").arg(++m_replaced),
        [this, request = *before] { restore(request); },
        [this, request = *m_shown] { restore(request); });
}

void RunEdits::restore(const RunRequest& request)
{
    if (m_session.active() && request.protocol == Protocol::Robust) {
        m_panel.showLive(request.robust.config.live());
        (void)m_session.setLive(request.robust.config.live());
    } else if (m_session.active()) {
        // The rest of a run that goes on is settled; it shows in the panel and stays.
        m_panel.showLive(request.config.live);
        (void)m_session.setLive(request.config.live); // was valid when it was set
    } else {
        m_panel.setRequest(request);
    }
}

} // namespace maury::ui
