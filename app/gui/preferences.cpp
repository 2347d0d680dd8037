#include "app/gui/preferences.h"

#include <QSettings>
#include <QStringList>

namespace maury::gui {

namespace {

constexpr const char* kStyle = "preferences/style";
constexpr const char* kLanguage = "preferences/language";
constexpr const char* kAtlas = "preferences/atlas";
constexpr const char* kRestore = "preferences/restore-session";

} // namespace

QString toString(Style style)
{
    switch (style) {
    case Style::System:
        return QStringLiteral("system");
    case Style::Light:
        return QStringLiteral("light");
    case Style::Dark:
        return QStringLiteral("dark");
    }
    return {};
}

const QList<Style>& allStyles()
{
    static const QList<Style> styles { Style::System, Style::Light, Style::Dark };
    return styles;
}

const QStringList& allLanguages()
{
    static const QStringList languages { QStringLiteral("en"), QStringLiteral("fr") };
    return languages;
}

Preferences readPreferences(const QSettings& settings)
{
    Preferences preferences;
    const QString style = settings.value(kStyle).toString();
    for (const Style each : allStyles())
        if (toString(each) == style)
            preferences.style = each;
    if (const QString language = settings.value(kLanguage).toString();
        allLanguages().contains(language))
        preferences.language = language;
    if (const QString atlas = settings.value(kAtlas).toString(); !atlas.isEmpty())
        preferences.atlas = atlas;
    preferences.restoreSession = settings.value(kRestore, true).toBool();
    return preferences;
}

void writePreferences(QSettings& settings, const Preferences& preferences)
{
    settings.setValue(kStyle, toString(preferences.style));
    settings.setValue(kLanguage, preferences.language);
    settings.setValue(kAtlas, preferences.atlas);
    settings.setValue(kRestore, preferences.restoreSession);
}

} // namespace maury::gui
