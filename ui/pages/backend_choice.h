#pragma once

#include <QString>
#include <QStringList>

class QComboBox;

namespace maury::ui {

/// What is missing among the backends.
struct MissingBackends {
    QStringList reasons; ///< one sentence for each that cannot be used
    QString noDevice; ///< that of cuda; empty where it can be used
};

/// Fills a box with "Automatic" and every backend, by name as data; those that cannot be used say
/// why and cannot be chosen.
MissingBackends fillBackends(QComboBox& box);

/// Fills a box with the precisions, with train::Precision as data (choice() of settings_form.h).
void addPrecisions(QComboBox& box);
/// What they are.
[[nodiscard]] QString precisionTip();

} // namespace maury::ui
