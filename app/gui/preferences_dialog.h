#pragma once

#include "app/gui/preferences.h"

#include <QDialog>

class QCheckBox;
class QComboBox;

namespace maury::ui {
class AtlasChoice;
}

namespace maury::gui {

/// Lets the user set the preferences. The appearance changes at once, as a preview; Cancel puts it
/// back.
class PreferencesDialog : public QDialog {
    Q_OBJECT
public:
    explicit PreferencesDialog(const Preferences& preferences, QWidget* parent = nullptr);

    [[nodiscard]] Preferences preferences() const;
    [[nodiscard]] QComboBox& style() { return *m_style; }
    [[nodiscard]] QComboBox& language() { return *m_language; }
    void reject() override;

signals:
    void styleChosen(maury::gui::Style style);

private:
    Preferences m_before;
    QComboBox* m_style;
    QComboBox* m_language;
    ui::AtlasChoice* m_atlas;
    QCheckBox* m_restore;
};

} // namespace maury::gui
