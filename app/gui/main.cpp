// maury: the workbench.

#include "app/gui/appearance.h"
#include "app/gui/command_line.h"
#include "app/gui/main_window.h"
#include "app/gui/tour.h"
#include "app/gui/translations.h"
#include "app/gui/workbench.h"

#include <QApplication>

#include <cstdio>

namespace maury::gui {
namespace {

constexpr int kFailed = 1;
constexpr int kWrongUsage = 2;

int fail(const base::Error& error, int status)
{
    std::fprintf(stderr, "maury: %s\n", base::describe(error).c_str());
    return status;
}

int run(QApplication& application)
{
    const auto commandLine = parseCommandLine(QCoreApplication::arguments());
    if (!commandLine)
        return fail(commandLine.error(), kWrongUsage);
    installTranslations(application, commandLine->language);
    applyAppearance(application, commandLine->style);
    Workbench workbench(*commandLine);
    workbench.window().show();
    std::unique_ptr<Tour> tour;
    if (!commandLine->tourFolder.isEmpty()) {
        tour = std::make_unique<Tour>(workbench.window(), commandLine->tourFolder);
        tour->start([](const base::Result<void>& result) {
            QCoreApplication::exit(result ? 0 : fail(result.error(), kFailed));
        });
    }
    return QApplication::exec();
}

} // namespace
} // namespace maury::gui

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    QCoreApplication::setApplicationName("maury");
    QCoreApplication::setOrganizationName("maury");
    QCoreApplication::setApplicationVersion(MAURY_VERSION);
    QGuiApplication::setApplicationDisplayName("Maury");
    return maury::gui::run(application);
}
