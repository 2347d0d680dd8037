#include "ui/pages/run_bar.h"

#include "ui/pages/elided_label.h"
#include "ui/pages/icons.h"

#include <QAction>
#include <QHBoxLayout>
#include <QToolButton>

namespace maury::ui {

using State = TrainingSession::State;

RunBar::RunBar(QWidget* parent)
    : QWidget(parent)
    , m_start(new QAction(tr("&Start"), this))
    , m_pause(new QAction(tr("&Pause"), this))
    , m_single(new QAction(tr("Single &batch"), this))
    , m_stop(new QAction(tr("S&top"), this))
    , m_resumeLast(new QAction(tr("&Resume last run"), this))
    , m_save(new QAction(tr("Save &model…"), this))
    , m_facts(new ElidedLabel(this))
{
    makeActions();
    makeButtons();
    setState(State::Idle);
}

void RunBar::makeActions()
{
    const auto set = [](QAction* action, const QKeySequence& keys, const QString& tip) {
        action->setShortcut(keys);
        action->setStatusTip(tip);
        action->setToolTip(tip);
    };
    set(m_start, Qt::CTRL | Qt::Key_R, tr("Train a new network with these settings"));
    set(m_pause, Qt::CTRL | Qt::Key_P, tr("Hold the run after its batch, or let it go on"));
    set(m_single, Qt::CTRL | Qt::Key_B, tr("Train with one batch, then wait"));
    set(m_stop, Qt::CTRL | Qt::Key_Period, tr("End the run; its network is kept"));
    set(m_resumeLast, {}, tr("Go on with the run that was interrupted, from its last checkpoint"));
    set(m_save, Qt::CTRL | Qt::Key_S, tr("Write the trained network to a file"));
    connect(m_start, &QAction::triggered, this, &RunBar::startRequested);
    connect(m_pause, &QAction::triggered, this, [this] {
        if (m_pause->isChecked())
            emit pauseRequested();
        else
            emit resumeRequested();
    });
    connect(m_single, &QAction::triggered, this, &RunBar::singleBatchRequested);
    connect(m_stop, &QAction::triggered, this, &RunBar::stopRequested);
    connect(m_resumeLast, &QAction::triggered, this, &RunBar::resumeLastRequested);
    connect(m_save, &QAction::triggered, this, &RunBar::saveModelRequested);
    m_pause->setCheckable(true);
    m_start->setIcon(icon(Symbol::Start));
    m_single->setIcon(icon(Symbol::SingleBatch));
    m_stop->setIcon(icon(Symbol::Stop));
}

void RunBar::makeButtons()
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 0);
    layout->setSpacing(8);
    for (QAction* action : { m_start, m_pause, m_single, m_stop, m_resumeLast }) {
        auto* button = new QToolButton(this);
        button->setDefaultAction(action);
        button->setToolButtonStyle(
            action == m_resumeLast ? Qt::ToolButtonTextOnly : Qt::ToolButtonTextBesideIcon);
        layout->addWidget(button);
        if (action == m_resumeLast)
            m_resumeButton = button;
    }
    layout->addSpacing(8);
    layout->addWidget(m_facts, 1);
    auto* save = new QToolButton(this);
    save->setDefaultAction(m_save);
    layout->addWidget(save);
}

QList<QAction*> RunBar::actions() const
{
    return { m_start, m_pause, m_single, m_stop, m_resumeLast, m_save };
}

void RunBar::setState(State state)
{
    m_state = state;
    const bool idle = state == State::Idle;
    const bool training = state == State::Running || state == State::Paused;
    m_start->setEnabled(idle);
    m_pause->setEnabled(training);
    m_pause->setChecked(state == State::Paused);
    m_pause->setIcon(icon(state == State::Paused ? Symbol::Start : Symbol::Pause));
    m_pause->setText(state == State::Paused ? tr("Go &on") : tr("&Pause"));
    m_single->setEnabled(idle || state == State::Paused);
    m_single->setToolTip(state == State::Running ? tr("Pause the run first")
                                                 : tr("Train with one batch, then wait"));
    m_stop->setEnabled(training || state == State::Preparing);
    m_resumeLast->setEnabled(idle && m_resumable);
    m_resumeButton->setVisible(m_resumable);
    m_save->setEnabled(idle && m_hasModel);
}

void RunBar::setResumable(bool resumable)
{
    m_resumable = resumable;
    setState(m_state);
}

void RunBar::setHasModel(bool hasModel)
{
    m_hasModel = hasModel;
    setState(m_state);
}

void RunBar::setFacts(const QString& text)
{
    m_facts->setWholeText(text);
}

} // namespace maury::ui
