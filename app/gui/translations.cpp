#include "app/gui/translations.h"

#include "core/base/resource_paths.h"

#include <QApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

namespace maury::gui {

void installTranslations(QApplication& application, const QString& language)
{
    const QLocale locale = language.isEmpty() ? QLocale() : QLocale(language);
    QLocale::setDefault(locale);
    const QString own = QString::fromStdString((base::shareFolder() / "translations").string());
    const QString qt = QLibraryInfo::path(QLibraryInfo::TranslationsPath);
    for (const auto& [name, folder] : { std::pair { QString("qtbase"), qt }, { "maury", own } }) {
        auto* translator = new QTranslator(&application);
        if (translator->load(locale, name, "_", folder))
            QCoreApplication::installTranslator(translator);
        else
            delete translator;
    }
}

} // namespace maury::gui
