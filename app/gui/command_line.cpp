#include "app/gui/command_line.h"

#include <QCommandLineParser>
#include <QRegularExpression>

namespace maury::gui {

namespace {

using base::ErrorCode;

base::Result<Style> styleOf(const QString& name)
{
    for (const Style style : allStyles())
        if (toString(style) == name)
            return style;
    return base::failure(
        ErrorCode::OptionInvalid, "--style", name.toStdString(), "system, light or dark");
}

base::Result<QSize> sizeOf(const QString& text)
{
    static const QRegularExpression pattern("^(\\d{2,5})x(\\d{2,5})$");
    const auto match = pattern.match(text);
    if (!match.hasMatch())
        return base::failure(ErrorCode::OptionInvalid, "--size", text.toStdString(),
            "WIDTHxHEIGHT in pixels, 1280x800 say");
    return QSize(match.captured(1).toInt(), match.captured(2).toInt());
}

} // namespace

base::Result<CommandLine> parseCommandLine(const QStringList& arguments, const Preferences& stored)
{
    QCommandLineParser parser;
    parser.setApplicationDescription("Workbench for MK spectral classification");
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addPositionalArgument("paths", "files and folders of spectra to open", "[FILE|FOLDER…]");
    const QCommandLineOption atlas("atlas", "atlas to work with: a folder, or builtin", "DIR");
    const QCommandLineOption style("style", "system, light or dark", "STYLE");
    const QCommandLineOption language("lang", "language of the window: en, fr", "CODE");
    const QCommandLineOption size("size", "size of the window in pixels", "WxH");
    const QCommandLineOption tour(
        "tour", "train briefly, save a picture of every page to DIR and end", "DIR");
    const QCommandLineOption bench("bench",
        "measure and end: start, render, train, load, drag, scrub, store, classify, markers, whatif or "
        "latent", "WHAT");
    const QCommandLineOption project(
        "project", "file that labels go to; made if there is none", "FILE");
    const QCommandLineOption json("json", "with --bench: one JSON document on stdout");
    const QCommandLineOption stars("stars",
        "with --bench start --project FILE: a project of so many stars, made unless it is there", "N");
    parser.addOptions({ atlas, style, language, size, project, tour, bench, json, stars });
    if (!parser.parse(arguments))
        return base::failure(ErrorCode::OptionUnknown, parser.errorText().toStdString());
    if (parser.isSet("version"))
        parser.showVersion();
    if (parser.isSet("help"))
        parser.showHelp(0);

    CommandLine line;
    line.paths = parser.positionalArguments();
    line.preferences = stored;
    if (parser.isSet(atlas))
        line.preferences.atlas = parser.value(atlas);
    if (parser.isSet(language))
        line.preferences.language = parser.value(language);
    line.project = parser.value(project);
    line.tourFolder = parser.value(tour);
    line.bench = parser.value(bench);
    line.json = parser.isSet(json);
    if (parser.isSet(stars)) {
        line.stars = parser.value(stars).toInt();
        if (line.stars < 1 || line.bench != QLatin1String("start") || line.project.isEmpty())
            return base::failure(ErrorCode::OptionInvalid, "--stars",
                parser.value(stars).toStdString(),
                "a number of stars, with --bench start and --project FILE");
    }
    if (parser.isSet(style)) {
        const auto chosen = styleOf(parser.value(style));
        if (!chosen)
            return base::Unexpected(chosen.error());
        line.preferences.style = *chosen;
    }
    if (parser.isSet(size)) {
        const auto given = sizeOf(parser.value(size));
        if (!given)
            return base::Unexpected(given.error());
        line.size = *given;
    }
    return line;
}

} // namespace maury::gui
