#include "ui/pages/label_panel.h"

#include "ui/bridge/number_text.h"
#include "ui/plots/row_table.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QTabWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace maury::ui {

namespace {

constexpr int kGap = 8;

} // namespace

QString qualityText(int quality)
{
    const std::array words { LabelPanel::tr("unusable"), LabelPanel::tr("poor"),
        LabelPanel::tr("fair"), LabelPanel::tr("good"), LabelPanel::tr("excellent") };
    return QStringLiteral("%1 %2").arg(quality).arg(words.at(static_cast<std::size_t>(quality)));
}

LabelPanel::LabelPanel(QAbstractItemModel& criteria, QWidget* parent)
    : QWidget(parent)
{
    auto* label = new QWidget(this);
    auto* parts = new QHBoxLayout(label);
    parts->setContentsMargins(kGap, kGap, kGap, 0);
    parts->setSpacing(3 * kGap);
    parts->addLayout(makeLabelForm(), 2);
    parts->addLayout(makeQueueColumn(), 1);
    m_tabs = new QTabWidget(this);
    m_tabs->setDocumentMode(true);
    m_tabs->setAccessibleName(tr("Label and criteria"));
    m_tabs->addTab(label, tr("&Label"));
    m_tabs->addTab(makeCriteriaTab(criteria), tr("C&riteria"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_tabs);
}

QCheckBox* LabelPanel::makeCheck(const QString& text, const QString& tip)
{
    auto* box = new QCheckBox(text, this);
    box->setToolTip(tip);
    return box;
}

QHBoxLayout* LabelPanel::makeQualities()
{
    auto* row = new QHBoxLayout;
    row->setSpacing(2);
    m_qualities = new QButtonGroup(this);
    for (int quality = 0; quality <= project::kBestQuality; ++quality) {
        auto* button = new QToolButton(this);
        button->setText(QString::number(quality));
        button->setToolTip(qualityText(quality));
        button->setAccessibleName(qualityText(quality));
        button->setCheckable(true);
        m_qualities->addButton(button, quality);
        row->addWidget(button);
    }
    row->addStretch(1);
    connect(m_qualities, &QButtonGroup::idClicked, this, &LabelPanel::qualityChosen);
    return row;
}

QHBoxLayout* LabelPanel::makeFlags()
{
    using project::Flags;
    m_flags = { { { makeCheck(tr("odd"), tr("Not like any standard")), &Flags::odd },
        { makeCheck(tr("bad"), tr("Something is wrong with the spectrum")), &Flags::bad },
        { makeCheck(tr("emission"), tr("Lines in emission")), &Flags::emission },
        { makeCheck(tr("composite"), tr("Light of two stars")), &Flags::composite } } };
    auto* row = new QHBoxLayout;
    row->setSpacing(kGap);
    for (const auto& [box, field] : m_flags) {
        row->addWidget(box);
        connect(box, &QCheckBox::clicked, this, [this] {
            Flags flags;
            for (const auto& [each, flag] : m_flags)
                flags.*flag = each->isChecked();
            emit flagsChosen(flags);
        });
    }
    row->addStretch(1);
    return row;
}

QFormLayout* LabelPanel::makeLabelForm()
{
    auto* form = new QFormLayout;
    form->setVerticalSpacing(4);
    m_type = new QLineEdit(this);
    m_type->setToolTip(tr("The type of the label; one that the grid does not have can be typed"));
    m_notes = new QLineEdit(this);
    m_notes->setMaxLength(500);
    m_notes->setPlaceholderText(tr("free text"));
    m_classifier = new QLineEdit(this);
    m_classifier->setToolTip(tr("Whose labels these are"));
    form->addRow(tr("Type"), m_type);
    form->addRow(tr("Quality"), makeQualities());
    form->addRow(tr("Flags"), makeFlags());
    form->addRow(tr("Notes"), m_notes);
    form->addRow(tr("Classifier"), m_classifier);
    m_type->setAccessibleName(tr("Type"));
    m_notes->setAccessibleName(tr("Notes"));
    m_classifier->setAccessibleName(tr("Classifier"));
    connect(m_notes, &QLineEdit::textEdited, this, &LabelPanel::notesEdited);
    connect(m_type, &QLineEdit::editingFinished, this, [this] {
        if (m_type->isModified())
            emit typeEntered(m_type->text().trimmed());
        m_type->setModified(false);
    });
    connect(m_classifier, &QLineEdit::editingFinished, this,
        [this] { emit classifierEntered(m_classifier->text().trimmed()); });
    for (QLineEdit* field : { m_type, m_notes, m_classifier })
        field->installEventFilter(this);
    return form;
}

QVBoxLayout* LabelPanel::makeQueueColumn()
{
    auto* layout = new QVBoxLayout;
    layout->setSpacing(4);
    m_queue = new QComboBox(this);
    m_queue->setAccessibleName(tr("Which stars come next"));
    m_queue->addItem(tr("All stars"), static_cast<int>(Queue::All));
    m_queue->addItem(tr("Not yet typed"), static_cast<int>(Queue::ToDo));
    m_queue->addItem(tr("Typed differently"), static_cast<int>(Queue::Disputed));
    m_queue->addItem(tr("Odd or bad"), static_cast<int>(Queue::Flagged));
    m_progress = new QLabel(this);
    m_blind = makeCheck(tr("Blind"),
        tr("Hide the catalogue's type, the nearest standard and the network's answer"));
    m_keep = makeCheck(tr("Keep the type"), tr("Begin the next star at the type of this one"));
    layout->addWidget(m_queue);
    layout->addWidget(m_progress);
    layout->addWidget(m_blind);
    layout->addWidget(m_keep);
    layout->addStretch(1);
    connect(m_queue, &QComboBox::activated, this, &LabelPanel::queueChanged);
    connect(m_blind, &QCheckBox::toggled, this, &LabelPanel::blindChanged);
    return layout;
}

QWidget* LabelPanel::makeCriteriaTab(QAbstractItemModel& model)
{
    auto* tab = new QWidget(this);
    auto* layout = new QVBoxLayout(tab);
    layout->setContentsMargins(kGap, kGap, kGap, 0);
    layout->setSpacing(4);
    m_bands = makeCheck(tr("Show as bands"), tr("Mark what the criteria measure in the spectrum"));
    m_bands->setChecked(true);
    auto* table = new RowTable(model, tr("Criteria at this type"), tab);
    table->verticalHeader()->hide();
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setTabKeyNavigation(false);
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    table->horizontalHeader()->setStretchLastSection(true);
    m_criteria = table;
    layout->addWidget(m_bands);
    layout->addWidget(m_criteria, 1);
    return tab;
}

void LabelPanel::showLabel(const project::Label& label, bool writable)
{
    m_qualities->setExclusive(false); // no button pressed is a state, too
    for (QAbstractButton* button : m_qualities->buttons()) {
        button->setChecked(label.quality && *label.quality == m_qualities->id(button));
        button->setEnabled(writable);
    }
    m_qualities->setExclusive(true);
    for (const auto& [box, flag] : m_flags) {
        box->setChecked(label.flags.*flag);
        box->setEnabled(writable);
    }
    // The field that is being typed in keeps its cursor.
    for (const auto& [field, text] :
        { std::pair { m_type, &label.type }, std::pair { m_notes, &label.notes } }) {
        if (const QString shown = QString::fromStdString(*text); field->text() != shown)
            field->setText(shown);
        field->setReadOnly(!writable);
    }
}

void LabelPanel::showProgress(int typed, int stars, const QString& place)
{
    m_progress->setText(tr("%1 of %2 typed").arg(countText(typed), countText(stars))
        + (place.isEmpty() ? QString() : QStringLiteral("\n") + place));
}

void LabelPanel::showCriteria(bool criteria)
{
    m_tabs->setCurrentIndex(criteria ? 1 : 0);
}

void LabelPanel::showClassifier(const QString& name)
{
    m_classifier->setText(name);
}

Queue LabelPanel::queue() const
{
    return static_cast<Queue>(m_queue->currentData().toInt());
}

QAbstractButton& LabelPanel::quality(int quality)
{
    return *m_qualities->button(quality);
}

QCheckBox& LabelPanel::flag(bool project::Flags::*flag)
{
    for (const auto& [box, field] : m_flags)
        if (field == flag)
            return *box;
    return *m_flags.front().first;
}

bool LabelPanel::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Escape || key == Qt::Key_Return || key == Qt::Key_Enter) {
            emit left();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace maury::ui
