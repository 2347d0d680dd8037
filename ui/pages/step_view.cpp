#include "ui/pages/step_view.h"

#include "core/base/contract.h"
#include "core/train/metrics.h"
#include "ui/bridge/number_text.h"
#include "ui/models/step_text.h"
#include "ui/pages/empty_state.h"
#include "ui/plots/plot_theme.h"
#include "ui/plots/row_table.h"

#include <QHeaderView>
#include <QLabel>
#include <QListWidget>
#include <QLocale>
#include <QPainter>
#include <QPushButton>
#include <QShortcut>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QStackedLayout>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace maury::ui {

namespace {

constexpr int kSpacing = 8;
constexpr int kListMargin = 24; ///< of the frame and a scroll bar
constexpr int kTextWidth = 640; ///< of a line that reads well
constexpr double kFormulaScale = 1.5;
constexpr double kTitleScale = 1.2;
constexpr double kBarOpacity = 0.30;

/// A bar behind the number, from the middle of the cell to the right or left by its sign.
class BarDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
        const QModelIndex& index) const override
    {
        const QVariant share = index.data(StepRowsModel::ShareRole);
        if (share.isValid()) {
            const double half = option.rect.width() / 2.0;
            const double length = share.toDouble() * half;
            const QRectF bar(option.rect.left() + half + std::min(0.0, length),
                option.rect.top() + 2.0, std::abs(length), option.rect.height() - 4.0);
            painter->save();
            painter->setOpacity(kBarOpacity);
            const PlotTheme theme = PlotTheme::from(option.palette);
            painter->fillRect(bar, length < 0.0 ? theme.test : theme.train);
            painter->restore();
        }
        QStyledItemDelegate::paint(painter, option, index);
    }
};

QLabel* textLabel(QWidget* parent, double scale = 1.0)
{
    auto* label = new QLabel(parent);
    label->setWordWrap(true);
    label->setTextFormat(Qt::RichText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    label->setFocusPolicy(Qt::NoFocus);
    QFont font = label->font();
    font.setPointSizeF(font.pointSizeF() * scale);
    label->setFont(font);
    return label;
}

QString cell(const QString& text, const QString& align)
{
    return QStringLiteral("<td align='%1' style='padding-right:12px'>%2</td>").arg(align, text);
}

QString shapesHtml(const train::StepStage& stage)
{
    QStringList shapes;
    for (const auto& shape : stage.shapes)
        shapes << QStringLiteral("%1 [%2 × %3]")
                      .arg(formulaHtml(shape.symbol), countText(shape.rows),
                          countText(shape.columns));
    return shapes.join(QStringLiteral(" &nbsp;&nbsp; "));
}

QString resultsHtml(const train::StepStage& stage)
{
    QString rows;
    for (const auto& result : stage.results) {
        QString symbol = symbolText(result.symbol);
        if (symbol == QString::fromStdString(result.symbol))
            symbol = formulaHtml(result.symbol); // a symbol, not words
        if (!result.of.empty())
            symbol
                += QStringLiteral(" (%1)").arg(QString::fromStdString(result.of).toHtmlEscaped());
        rows += QStringLiteral("<tr>%1%2</tr>")
                    .arg(cell(symbol, QStringLiteral("left")),
                        cell(QLocale().toString(result.value, 'g', 7), QStringLiteral("right")));
    }
    return QStringLiteral("<table cellspacing='0'>%1</table>").arg(rows);
}

} // namespace

StepView::StepView(QWidget* parent)
    : QWidget(parent)
    , m_views(new QStackedLayout(this))
    , m_empty(new EmptyState(this))
{
    setAccessibleName(tr("A batch step by step"));
    m_empty->setText(tr("One batch, number by number"),
        tr("Let a single batch through: its spectra are followed here forwards to the loss, back "
           "through every layer, and to the new weights, equation by equation. In a run that goes "
           "on, pause it first."),
        tr("Single batch"));
    connect(m_empty, &EmptyState::activated, this, &StepView::batchRequested);
    m_views->addWidget(m_empty);
    auto* content = new QWidget(this);
    auto* layout = new QHBoxLayout(content);
    layout->setContentsMargins(kSpacing, 0, kSpacing, kSpacing);
    layout->setSpacing(2 * kSpacing);
    layout->addWidget(makeStages());
    layout->addWidget(makeStage(), 1);
    m_views->addWidget(content);
}

QWidget* StepView::makeStages()
{
    m_list = new QListWidget(this);
    m_list->setAccessibleName(tr("Stages of the step"));
    connect(m_list, &QListWidget::currentRowChanged, this, [this](int row) {
        if (row >= 0)
            showCurrent();
    });
    return m_list;
}

QWidget* StepView::makeStage()
{
    auto* part = new QWidget(this);
    auto* layout = new QVBoxLayout(part);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(kSpacing);
    m_title = textLabel(part, kTitleScale);
    m_formula = textLabel(part, kFormulaScale);
    m_formula->setAccessibleName(tr("Equation"));
    m_text = textLabel(part);
    m_text->setMaximumWidth(kTextWidth);
    m_shapes = textLabel(part);
    m_results = textLabel(part);
    m_results->setWordWrap(false);
    m_results->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_results->setAccessibleName(tr("What it comes to"));
    m_table = new RowTable(m_rows, tr("Numbers of the stage"), part);
    m_table->setItemDelegate(new BarDelegate(m_table));
    m_table->verticalHeader()->hide();
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    auto* numbers = new QHBoxLayout;
    numbers->setSpacing(2 * kSpacing);
    numbers->addWidget(m_table, 3);
    numbers->addWidget(m_results, 1);
    layout->addWidget(makeControls());
    layout->addWidget(m_title);
    layout->addWidget(m_formula);
    layout->addWidget(m_shapes);
    layout->addWidget(m_text);
    layout->addLayout(numbers, 1);
    return part;
}

QWidget* StepView::makeControls()
{
    auto* bar = new QWidget(this);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(kSpacing);
    const auto button = [&](const QString& text, const QString& tip) {
        auto* made = new QPushButton(text, bar);
        made->setToolTip(tip);
        made->setStatusTip(tip);
        made->setAutoDefault(false);
        return made;
    };
    m_back = button(tr("Back"), tr("The stage before (Alt+Page up)"));
    m_next = button(tr("Next"), tr("The stage after (Alt+Page down)"));
    auto* another = button(tr("Another batch"), tr("Let the next batch through"));
    m_sample = new QSpinBox(bar);
    m_sample->setAccessibleName(tr("Spectrum of the batch"));
    m_sample->setToolTip(tr("Which spectrum of the batch is followed"));
    m_unit = new QSpinBox(bar);
    m_unit->setAccessibleName(tr("Unit of the layer"));
    m_unit->setToolTip(tr("Which unit of this layer is followed"));
    m_facts = new QLabel(bar);
    auto* sampleLabel = new QLabel(tr("Spectrum"), bar);
    m_unitLabel = new QLabel(tr("unit"), bar);
    for (QWidget* widget : std::initializer_list<QWidget*> {
             m_back, m_next, sampleLabel, m_sample, m_unitLabel, m_unit })
        row->addWidget(widget);
    row->addWidget(m_facts, 1);
    row->addWidget(another);
    connect(m_back, &QPushButton::clicked, this,
        [this] { m_list->setCurrentRow(std::max(0, m_list->currentRow() - 1)); });
    connect(m_next, &QPushButton::clicked, this,
        [this] { m_list->setCurrentRow(std::min(m_list->count() - 1, m_list->currentRow() + 1)); });
    connect(another, &QPushButton::clicked, this, &StepView::batchRequested);
    connect(m_sample, &QSpinBox::valueChanged, this, &StepView::followSample);
    connect(m_unit, &QSpinBox::valueChanged, this, &StepView::followUnit);
    const auto key = [this](Qt::Key which, QPushButton* presses) {
        auto* shortcut = new QShortcut(QKeySequence(Qt::ALT | which), this);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, presses, [presses] { presses->click(); });
    };
    key(Qt::Key_PageUp, m_back);
    key(Qt::Key_PageDown, m_next);
    return bar;
}

void StepView::setTrace(train::StepTracePtr trace)
{
    EXPECTS(trace != nullptr);
    const bool same = m_trace != nullptr && m_trace->spec == trace->spec;
    m_trace = std::move(trace);
    const int samples = static_cast<int>(m_trace->samples());
    const int sample = same ? std::min(m_choice.sample, samples - 1) : 0;
    m_choice = train::busiestUnits(*m_trace, sample);
    {
        const QSignalBlocker quiet(m_sample);
        m_sample->setRange(1, samples);
        m_sample->setValue(sample + 1);
    }
    computeStages();
    const int row = same ? m_list->currentRow() : 0;
    {
        const QSignalBlocker quiet(m_list);
        m_list->clear();
        for (std::size_t i = 0; i < m_stages.size(); ++i)
            m_list->addItem(QStringLiteral("%1. %2").arg(
                countText(static_cast<std::int64_t>(i + 1)), stageTitle(m_stages[i])));
        m_list->setCurrentRow(std::max(0, row));
    }
    m_list->setFixedWidth(m_list->sizeHintForColumn(0) + kListMargin);
    m_views->setCurrentIndex(1);
    showCurrent();
}

void StepView::followSample(int sample)
{
    m_choice = train::busiestUnits(*m_trace, sample - 1);
    computeStages();
    showCurrent();
}

void StepView::followUnit(int unit)
{
    const train::StepLayer& layer = stage().layer;
    EXPECTS(layer.kind == train::StepLayer::Kind::Hidden);
    m_choice.units[static_cast<std::size_t>(layer.number - 1)] = unit - 1;
    computeStages();
    showCurrent();
}

void StepView::computeStages()
{
    m_stages = train::stagesOf(*m_trace, m_choice);
}

const train::StepStage& StepView::stage() const
{
    EXPECTS(!m_stages.empty());
    return m_stages[static_cast<std::size_t>(m_list->currentRow())];
}

void StepView::showStage(int index)
{
    EXPECTS(index >= 0 && index < m_list->count());
    m_list->setCurrentRow(index);
}

void StepView::showCurrent()
{
    const train::StepStage& shown = stage();
    m_title->setText(QStringLiteral("<b>%1</b>").arg(stageTitle(shown).toHtmlEscaped()));
    m_formula->setText(formulaHtml(shown.formula));
    m_text->setText(stageText(shown, *m_trace).toHtmlEscaped());
    m_shapes->setText(shapesHtml(shown));
    m_results->setText(resultsHtml(shown));
    m_rows.setStage(shown);
    showControls();
}

void StepView::showControls()
{
    const train::StepLayer& layer = stage().layer;
    const bool hidden = layer.kind == train::StepLayer::Kind::Hidden;
    m_back->setEnabled(m_list->currentRow() > 0);
    m_next->setEnabled(m_list->currentRow() + 1 < m_list->count());
    m_unit->setVisible(hidden);
    m_unitLabel->setVisible(hidden);
    if (hidden) {
        const auto at = static_cast<std::size_t>(layer.number - 1);
        const QSignalBlocker quiet(m_unit);
        m_unit->setRange(1, m_trace->spec.hidden[at]);
        m_unit->setValue(m_choice.units[at] + 1);
    }
    const auto sample = static_cast<std::size_t>(m_choice.sample);
    m_facts->setText(tr("%1 %2  ·  epoch %3, batch %4")
                         .arg(QString::fromStdString(m_trace->classes[m_trace->sc[sample]]),
                             QString::fromStdString(train::luminosityNames()[m_trace->lc[sample]]),
                             countText(m_trace->epoch + 1), countText(m_trace->step + 1)));
}

} // namespace maury::ui
