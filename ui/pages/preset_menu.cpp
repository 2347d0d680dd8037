#include "ui/pages/preset_menu.h"

#include "core/base/contract.h"
#include "ui/bridge/number_text.h"
#include "ui/pages/run_settings_panel.h"

#include <QAction>
#include <QMenu>

#include <algorithm>

namespace maury::ui {

PresetMenu::PresetMenu(QWidget* parent)
    : QToolButton(parent)
{
    auto* menu = new QMenu(this);
    for (const train::Preset& preset : train::presets())
        connect(menu->addAction(presetTitle(preset)), &QAction::triggered, this,
            [this, id = preset.id] { choose(id); });
    setMenu(menu);
    setPopupMode(QToolButton::InstantPopup);
    setToolButtonStyle(Qt::ToolButtonTextOnly);
    setFocusPolicy(Qt::StrongFocus);
    showState();
}

void PresetMenu::follow(RunSettingsPanel& panel)
{
    m_panel = &panel;
    connect(&panel, &RunSettingsPanel::requestEdited, this, &PresetMenu::showState);
    connect(&panel, &RunSettingsPanel::requestShown, this, &PresetMenu::showState);
}

void PresetMenu::choose(const std::string& id)
{
    EXPECTS(m_panel != nullptr);
    const auto found = std::find_if(train::presets().begin(), train::presets().end(),
        [&id](const train::Preset& preset) { return preset.id == id; });
    EXPECTS(found != train::presets().end());
    // What cannot be read in the panel is replaced all the same.
    const auto shown = m_panel->request();
    const RunRequest now = shown ? *shown : RunRequest {};
    std::vector<std::string> nearby = m_nearby;
    nearby.insert(nearby.end(), { now.trainAtlas, now.testAtlas });
    for (const RunLibrary& library : now.robust.libraries)
        nearby.push_back(library.source);
    const PresetRun run = presetRun(*found, now, nearby);
    m_chosen = &*found;
    m_request = run.request;
    m_panel->replaceRequest(run.request, tr("Preset %1").arg(presetTitle(*m_chosen)));
    if (run.missing.isEmpty())
        emit told(tr("All settings are those of %1").arg(presetTitle(*m_chosen)));
    else
        emit warned(tr("Not found beside the atlas: %1. Choose its folder under Data set, or the "
                       "run uses what stands there")
                        .arg(run.missing.join(QStringLiteral(", "))));
}

QSize PresetMenu::sizeHint() const
{
    constexpr int kArrow = 16;
    return QToolButton::sizeHint() + QSize(kArrow, 0);
}

void PresetMenu::setActive(bool active)
{
    setEnabled(active);
}

QStringList PresetMenu::differences() const
{
    if (!m_request)
        return {};
    const auto now = m_panel->request();
    return now ? differingSettings(*m_request, *now) : QStringList { tr("hidden layers") };
}

void PresetMenu::showState()
{
    const QStringList changed = differences();
    QString tip
        = tr("Set everything as in an experiment of the paper, a lesson, or for real stars");
    if (m_chosen == nullptr) {
        setText(tr("Presets"));
    } else if (changed.isEmpty()) {
        setText(tr("Preset"));
        tip = presetTitle(*m_chosen);
    } else {
        const QString more
            = changed.size() > 1 ? QStringLiteral(" +") + countText(changed.size() - 1) : QString();
        setText(tr("Preset, changed: %1").arg(changed.first() + more));
        tip = tr("%1, but changed: %2")
                  .arg(presetTitle(*m_chosen), changed.join(QStringLiteral(", ")));
    }
    setToolTip(tip);
    setStatusTip(tip);
    setAccessibleName(tr("Presets"));
    setAccessibleDescription(tip);
}

} // namespace maury::ui
