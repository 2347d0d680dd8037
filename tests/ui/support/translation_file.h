#pragma once

#include <QList>
#include <QStringList>

namespace maury::test {

/// A text of a .ts file with its translation: one form, or one for each plural.
struct TranslatedText {
    QString context;
    QString source;
    QStringList forms;
    bool finished = true;
};

/// All texts of a .ts file; empty when it cannot be read.
[[nodiscard]] QList<TranslatedText> readTranslations(const QString& file);

/// What a translation lost of its source, in words: placeholders, letters to choose it by, tags,
/// spaces around it, the dots at its end.
[[nodiscard]] QStringList differences(const QString& source, const QString& translation);

} // namespace maury::test
