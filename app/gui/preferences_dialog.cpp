#include "app/gui/preferences_dialog.h"

#include "ui/pages/atlas_choice.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>

namespace maury::gui {

namespace {

QComboBox* addBox(QFormLayout& form, const QString& label, const QString& tip)
{
    auto* box = new QComboBox;
    box->setAccessibleName(label);
    box->setToolTip(tip);
    form.addRow(label, box);
    return box;
}

} // namespace

PreferencesDialog::PreferencesDialog(const Preferences& preferences, QWidget* parent)
    : QDialog(parent)
    , m_before(preferences)
{
    setWindowTitle(tr("Preferences"));
    auto* form = new QFormLayout(this);
    form->setHorizontalSpacing(16);
    form->setVerticalSpacing(8);
    m_style = addBox(*form, tr("Appearance"), tr("Colours of the window"));
    m_style->addItem(tr("As the system"), static_cast<int>(Style::System));
    m_style->addItem(tr("Light"), static_cast<int>(Style::Light));
    m_style->addItem(tr("Dark"), static_cast<int>(Style::Dark));
    m_style->setCurrentIndex(m_style->findData(static_cast<int>(preferences.style)));
    m_language = addBox(*form, tr("Language"), tr("Changes at the next start"));
    m_language->addItem(tr("As the system"), QString());
    m_language->addItem(QStringLiteral("English"), QStringLiteral("en"));
    m_language->addItem(QStringLiteral("Français"), QStringLiteral("fr"));
    m_language->setCurrentIndex(m_language->findData(preferences.language));
    m_atlas = new ui::AtlasChoice({}, this);
    m_atlas->setSource(preferences.atlas.toStdString());
    m_atlas->setToolTip(tr("The standards that are opened at the start"));
    form->addRow(tr("Atlas at the start"), m_atlas);
    m_restore = new QCheckBox(tr("&Restore the last session"), this);
    m_restore->setChecked(preferences.restoreSession);
    m_restore->setToolTip(
        tr("Opened files, star, page, zoom and the settings of the run come back at the start"));
    form->addRow(QString(), m_restore);
    auto* note = new QLabel(tr("Language and atlas change at the next start."), this);
    form->addRow(note);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    form->addRow(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &PreferencesDialog::reject);
    connect(m_style, &QComboBox::activated, this,
        [this] { emit styleChosen(this->preferences().style); });
}

Preferences PreferencesDialog::preferences() const
{
    return { static_cast<Style>(m_style->currentData().toInt()),
        m_language->currentData().toString(), QString::fromStdString(m_atlas->source()),
        m_restore->isChecked() };
}

void PreferencesDialog::reject()
{
    if (preferences().style != m_before.style)
        emit styleChosen(m_before.style);
    QDialog::reject();
}

} // namespace maury::gui
