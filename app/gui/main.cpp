// maury: the workbench.

#include "app/gui/appearance.h"
#include "app/gui/bench.h"
#include "app/gui/bench_project.h"
#include "app/gui/command_line.h"
#include "app/gui/main_window.h"
#include "app/gui/tour.h"
#include "app/gui/translations.h"
#include "app/gui/workbench.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QSettings>

#include <cstdio>
#include <vector>

namespace maury::gui {
namespace {

constexpr int kFailed = 1;
constexpr int kWrongUsage = 2;

int fail(const base::Error& error, int status)
{
    std::fprintf(stderr, "maury: %s\n", base::describe(error).c_str());
    return status;
}

/// Arguments for QApplication and for us. QApplication would take our --style for its own.
struct Arguments {
    std::vector<char*> forQt;
    QStringList style;
};

Arguments split(int argc, char** argv)
{
    Arguments arguments;
    for (int i = 0; i < argc; ++i) {
        const QByteArray argument(argv[i]);
        if (argument == "--style" && i + 1 < argc)
            arguments.style = { argument, QString::fromLocal8Bit(argv[++i]) };
        else if (argument.startsWith("--style="))
            arguments.style = { QString::fromLocal8Bit(argument) };
        else
            arguments.forQt.push_back(argv[i]);
    }
    return arguments;
}

int run(QApplication& application, const QStringList& arguments, const QElapsedTimer& sinceStart)
{
    const auto commandLine = parseCommandLine(arguments, readPreferences(QSettings()));
    if (!commandLine)
        return fail(commandLine.error(), kWrongUsage);
    if (commandLine->stars > 0) {
        QStringList again = arguments.mid(1);
        const auto stars = again.indexOf(QStringLiteral("--stars"));
        if (stars >= 0)
            again.remove(stars, 2);
        else
            again.removeIf([](const QString& each) { return each.startsWith("--stars="); });
        return benchStartWithStars(commandLine->project, commandLine->stars, again);
    }
    installTranslations(application, commandLine->preferences.language);
    applyAppearance(application, commandLine->preferences.style);
    Workbench workbench(*commandLine);
    workbench.window().show();
    Tour tour(workbench.window(), commandLine->tourFolder);
    Bench bench(workbench, sinceStart, commandLine->json);
    const auto done = [](const base::Result<void>& result) {
        QCoreApplication::exit(result ? 0 : fail(result.error(), kFailed));
    };
    QObject::connect(
        &workbench, &Workbench::usable, &workbench,
        [&] {
            if (!commandLine->tourFolder.isEmpty())
                tour.start(done);
            else if (!commandLine->bench.isEmpty())
                bench.run(commandLine->bench, done);
        },
        Qt::SingleShotConnection);
    return QApplication::exec();
}

} // namespace

} // namespace maury::gui

int main(int argc, char** argv)
{
    QElapsedTimer sinceStart;
    sinceStart.start();
    auto arguments = maury::gui::split(argc, argv);
    int count = static_cast<int>(arguments.forQt.size());
    arguments.forQt.push_back(nullptr);
    QApplication application(count, arguments.forQt.data());
    QCoreApplication::setApplicationName("maury");
    QCoreApplication::setOrganizationName("maury");
    QCoreApplication::setApplicationVersion(MAURY_VERSION);
    QGuiApplication::setApplicationDisplayName("Maury");
    return maury::gui::run(
        application, QCoreApplication::arguments() + arguments.style, sinceStart);
}
