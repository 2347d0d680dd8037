#include "ui/pages/evidence_tab.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPlainTextEdit>
#include <QTableView>
#include <QVBoxLayout>

#include <utility>

namespace maury::ui {

namespace {

constexpr int kMargin = 8;
constexpr int kGap = 16;
constexpr int kControlsWidth = 200;
constexpr int kTableWidth = 260;

} // namespace

EvidenceTab::EvidenceTab(QWidget* parent)
    : QWidget(parent)
    , m_on(new QCheckBox(tr("Show evidence"), this))
    , m_head(new QComboBox(this))
    , m_summary(new QLabel(this))
    , m_table(makeTable())
    , m_criteria(new QPlainTextEdit(this))
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(kMargin, kMargin, kMargin, kMargin);
    layout->setSpacing(kGap);
    layout->addWidget(makeControls());
    layout->addWidget(m_table, 2);
    layout->addWidget(m_criteria, 3);
    m_criteria->setReadOnly(true);
    m_criteria->setFrameShape(QFrame::NoFrame);
    m_criteria->setTabChangesFocus(true);
    m_criteria->setAccessibleName(tr("Criteria of the textbooks"));
    m_criteria->setStatusTip(tr("What the classical line ratios say of this star"));
    m_criteria->setPlaceholderText(tr("The classical criteria stand here when evidence is shown"));
    connect(m_on, &QCheckBox::toggled, this, [this](bool on) {
        refresh();
        emit switched(on);
    });
    connect(m_head, &QComboBox::currentIndexChanged, this, [this] {
        refresh();
        emit headChanged();
    });
    refresh();
}

QWidget* EvidenceTab::makeControls()
{
    auto* controls = new QWidget(this);
    controls->setFixedWidth(kControlsWidth);
    auto* layout = new QVBoxLayout(controls);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(kMargin);
    m_on->setToolTip(tr("Show under the spectrum where it speaks for the answer and where against "
                        "it"));
    m_on->setStatusTip(m_on->toolTip());
    m_head->addItems({ tr("Spectral class"), tr("Luminosity class") });
    m_head->setAccessibleName(tr("Answer to explain"));
    m_head->setToolTip(tr("Which of the two answers is explained"));
    m_head->setStatusTip(m_head->toolTip());
    m_summary->setWordWrap(true);
    m_summary->setAccessibleName(tr("The answer and what it is weighed against"));
    layout->addWidget(m_on);
    layout->addWidget(m_head);
    layout->addWidget(m_summary);
    layout->addStretch(1);
    return controls;
}

QTableView* EvidenceTab::makeTable()
{
    auto* table = new QTableView(this);
    table->setModel(&m_lines);
    table->setAccessibleName(tr("Lines that speak for and against the answer"));
    table->setStatusTip(tr("Choose a line to see it enlarged"));
    table->setToolTip(tr("Weight: what the line adds to the logarithm of the odds of the answer"));
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setShowGrid(false);
    table->setTabKeyNavigation(false);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 6);
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    table->horizontalHeader()->setHighlightSections(false);
    table->setMinimumSize(kTableWidth, 80);
    const auto choose = [this](const QModelIndex& index) {
        const explain::LineEvidence& line = m_lines.line(index.row());
        emit lineChosen(line.firstAngstrom, line.lastAngstrom);
    };
    connect(table, &QTableView::clicked, this, choose);
    connect(table, &QTableView::activated, this, choose);
    return table;
}

bool EvidenceTab::isOn() const
{
    return m_on->isChecked();
}

const explain::HeadExplanation* EvidenceTab::shown() const
{
    if (m_explanation == nullptr || !isOn())
        return nullptr;
    return &m_explanation->heads.at(static_cast<std::size_t>(m_head->currentIndex()));
}

void EvidenceTab::setExplanation(std::shared_ptr<const explain::Explanation> explanation)
{
    m_explanation = std::move(explanation);
    refresh();
}

void EvidenceTab::refresh()
{
    const explain::HeadExplanation* head = shown();
    m_head->setEnabled(isOn());
    if (head == nullptr) {
        m_summary->setText(isOn() ? tr("No answer to explain") : QString());
        m_lines.setLines({});
        m_criteria->clear();
        return;
    }
    m_summary->setText(EvidenceModel::summary(*head));
    m_lines.setLines(head->evidence.lines);
    m_table->scrollToTop(); // the strongest are what one looks for
    const QStringList criteria = EvidenceModel::criteria(*head);
    m_criteria->setPlainText(criteria.isEmpty() ? tr("No criterion of the list applies here")
                                                : criteria.join(QLatin1Char('\n')));
}

} // namespace maury::ui
