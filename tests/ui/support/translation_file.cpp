#include "tests/ui/support/translation_file.h"

#include <QFile>
#include <QRegularExpression>
#include <QXmlStreamReader>

namespace maury::test {

namespace {

TranslatedText readText(QXmlStreamReader& xml, const QString& context)
{
    TranslatedText text { context, {}, {}, true };
    const bool plural = xml.attributes().hasAttribute("numerus");
    while (xml.readNextStartElement()) {
        if (xml.name() == QLatin1String("source")) {
            text.source = xml.readElementText();
        } else if (xml.name() != QLatin1String("translation")) {
            xml.skipCurrentElement();
        } else {
            text.finished = !xml.attributes().hasAttribute("type");
            if (!plural)
                text.forms << xml.readElementText();
            while (plural && xml.readNextStartElement())
                text.forms << xml.readElementText();
        }
    }
    return text;
}

QStringList found(const QString& pattern, const QString& text)
{
    QStringList list;
    for (const auto& match : QRegularExpression(pattern).globalMatch(text))
        list << match.captured();
    list.sort();
    return list;
}

} // namespace

QList<TranslatedText> readTranslations(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QXmlStreamReader xml(&file);
    QList<TranslatedText> texts;
    QString context;
    xml.readNextStartElement(); // TS
    while (xml.readNextStartElement())
        while (xml.readNextStartElement()) {
            if (xml.name() == QLatin1String("name"))
                context = xml.readElementText();
            else if (xml.name() == QLatin1String("message"))
                texts << readText(xml, context);
            else
                xml.skipCurrentElement();
        }
    return xml.hasError() ? QList<TranslatedText> {} : texts;
}

QStringList differences(const QString& source, const QString& translation)
{
    const std::pair<const char*, const char*> kept[] { { "%(n|L?\\d+)", "placeholders" },
        { "&(?=\\w)", "the letter to choose it by" }, { "<[^>]*>", "tags" },
        { "^\\s+|\\s+$", "spaces around it" }, { "…$", "dots at the end" } };
    QStringList lost;
    for (const auto& [pattern, name] : kept)
        if (found(pattern, source) != found(pattern, translation))
            lost << name;
    return lost;
}

} // namespace maury::test
