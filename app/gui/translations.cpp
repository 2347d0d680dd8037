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
    auto* qt = new QTranslator(&application);
    if (qt->load(locale, "qtbase", "_", QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(qt);
    const QString folder = QString::fromStdString((base::shareFolder() / "translations").string());
    auto* own = new QTranslator(&application);
    // The texts are English, all but their plurals.
    if (own->load(locale, "maury", "_", folder) || own->load("maury_en", folder))
        QCoreApplication::installTranslator(own);
}

} // namespace maury::gui
