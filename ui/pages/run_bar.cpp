#include "ui/pages/run_bar.h"

#include "ui/pages/elided_label.h"
#include "ui/pages/icons.h"
#include "ui/pages/preset_menu.h"
#include "ui/pages/settings_form.h"

#include <QAction>
#include <QCheckBox>
#include <QHBoxLayout>
#include <QToolButton>
#include <QVBoxLayout>

namespace maury::ui {

using State = TrainingSession::State;

RunBar::RunBar(QWidget* parent)
    : QWidget(parent)
    , m_start(new QAction(tr("&Start"), this))
    , m_pause(new QAction(tr("&Pause"), this))
    , m_single(new QAction(tr("Single &batch"), this))
    , m_stop(new QAction(tr("S&top"), this))
    , m_rewind(new QAction(tr("Re&wind, same weights"), this))
    , m_newSeed(new QAction(tr("&New seed"), this))
    , m_resumeLast(new QAction(tr("&Resume last run"), this))
    , m_save(new QAction(tr("Save &model…"), this))
    , m_typeMyStars(new QAction(tr("Type m&y stars"), this))
    , m_protocol(new QComboBox(this))
    , m_presets(new PresetMenu(this))
    , m_facts(new ElidedLabel(this))
    , m_logarithmic(new QCheckBox(tr("&Logarithmic loss"), this))
{
    makeActions();
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(8, 8, 8, 0);
    rows->setSpacing(4);
    auto* buttons = new QHBoxLayout;
    auto* facts = new QHBoxLayout;
    for (QHBoxLayout* row : { buttons, facts }) {
        row->setSpacing(8);
        rows->addLayout(row);
    }
    makeButtons(*buttons);
    makeFacts(*facts);
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
    set(m_rewind, Qt::CTRL | Qt::SHIFT | Qt::Key_W,
        tr("Begin the run again with the same first weights, data and order; the rates stay as "
           "they are set now"));
    set(m_newSeed, Qt::CTRL | Qt::SHIFT | Qt::Key_N,
        tr("Draw another seed and train from other first weights, data and order"));
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
    connect(m_rewind, &QAction::triggered, this, &RunBar::rewindRequested);
    connect(m_newSeed, &QAction::triggered, this, &RunBar::newSeedRequested);
    connect(m_resumeLast, &QAction::triggered, this, &RunBar::resumeLastRequested);
    connect(m_save, &QAction::triggered, this, &RunBar::saveModelRequested);
    set(m_typeMyStars, Qt::CTRL | Qt::SHIFT | Qt::Key_Y,
        tr("Train a network that types real stars, with the robust protocol"));
    connect(m_typeMyStars, &QAction::triggered, this, &RunBar::typeMyStarsRequested);
    m_pause->setCheckable(true);
    m_start->setIcon(icon(Symbol::Start));
    m_pause->setIcon(icon(Symbol::Pause));
    m_single->setIcon(icon(Symbol::SingleBatch));
    m_stop->setIcon(icon(Symbol::Stop));
    m_rewind->setIcon(icon(Symbol::Rewind));
    m_rewind->setIconText(tr("Rewind"));
    m_newSeed->setIcon(icon(Symbol::NewSeed));
}

void RunBar::makeButtons(QHBoxLayout& row)
{
    const auto add = [this, &row](QAction* action) {
        auto* button = new QToolButton(this);
        button->setDefaultAction(action);
        button->setToolButtonStyle(
            action->icon().isNull() ? Qt::ToolButtonTextOnly : Qt::ToolButtonTextBesideIcon);
        button->setFocusPolicy(Qt::StrongFocus);
        row.addWidget(button);
        return button;
    };
    for (QAction* action : { m_start, m_pause, m_single, m_stop, m_rewind, m_newSeed })
        add(action);
    m_resumeButton = add(m_resumeLast);
    row.addStretch();
    add(m_save);
}

void RunBar::makeFacts(QHBoxLayout& row)
{
    m_logarithmic->setChecked(true);
    m_logarithmic->setToolTip(tr("Draw the loss on a logarithmic axis"));
    m_logarithmic->setStatusTip(m_logarithmic->toolTip());
    auto* zoom = new QToolButton(this);
    zoom->setIcon(icon(Symbol::ResetZoom));
    zoom->setAutoRaise(true);
    zoom->setFocusPolicy(Qt::StrongFocus);
    zoom->setAccessibleName(tr("Show the whole run"));
    zoom->setToolTip(tr("Show the whole run (double click in the curves)"));
    zoom->setStatusTip(zoom->accessibleName());
    addChoice(*m_protocol, tr("Paper's protocol"), Protocol::Paper);
    addChoice(*m_protocol, tr("Robust protocol"), Protocol::Robust);
    m_protocol->setAccessibleName(tr("Protocol"));
    m_protocol->setToolTip(tr("The paper's shows that the program is right; the robust one learns "
                              "from every standard as other telescopes would have shown it, and "
                              "types real stars"));
    m_protocol->setStatusTip(m_protocol->toolTip());
    connect(m_protocol, &QComboBox::activated, this,
        [this] { emit protocolChosen(choice<Protocol>(*m_protocol)); });
    auto* stars = new QToolButton(this);
    stars->setDefaultAction(m_typeMyStars);
    stars->setFocusPolicy(Qt::StrongFocus);
    row.addWidget(m_protocol);
    row.addWidget(stars);
    row.addWidget(m_presets);
    row.addWidget(m_facts, 1);
    row.addWidget(m_logarithmic);
    row.addWidget(zoom);
    connect(m_logarithmic, &QCheckBox::toggled, this, &RunBar::logarithmicLossToggled);
    connect(zoom, &QToolButton::clicked, this, &RunBar::resetZoomRequested);
}

QList<QAction*> RunBar::actions() const
{
    return { m_start, m_pause, m_single, m_stop, m_rewind, m_newSeed, m_resumeLast, m_save,
        m_typeMyStars };
}

void RunBar::setState(State state)
{
    m_state = state;
    const bool idle = state == State::Idle;
    m_rewindable = m_rewindable || !idle;
    const bool training = state == State::Running || state == State::Paused;
    m_start->setEnabled(idle);
    m_typeMyStars->setEnabled(idle);
    m_protocol->setEnabled(idle);
    m_presets->setActive(idle);
    m_pause->setEnabled(training);
    m_pause->setChecked(state == State::Paused);
    m_pause->setIcon(icon(state == State::Paused ? Symbol::Start : Symbol::Pause));
    m_pause->setText(state == State::Paused ? tr("Go &on") : tr("&Pause"));
    m_single->setEnabled(idle || state == State::Paused);
    m_single->setToolTip(state == State::Running ? tr("Pause the run first")
                                                 : tr("Train with one batch, then wait"));
    m_stop->setEnabled(training || state == State::Preparing);
    const bool stopping = state == State::Stopping;
    m_rewind->setEnabled(m_rewindable && !stopping);
    m_newSeed->setEnabled(!stopping);
    m_resumeLast->setEnabled(idle && m_resumable);
    m_resumeButton->setVisible(m_resumable);
    m_save->setEnabled(idle && m_hasModel);
}

void RunBar::setRewindable(bool rewindable)
{
    m_rewindable = rewindable;
    setState(m_state);
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

void RunBar::setProtocol(Protocol protocol)
{
    choose(*m_protocol, protocol);
}

void RunBar::setFacts(const QString& text)
{
    m_facts->setWholeText(text);
}

} // namespace maury::ui
