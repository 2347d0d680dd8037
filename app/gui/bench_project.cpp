#include "app/gui/bench_project.h"

#include "core/io/csv_table.h"
#include "core/mk/atlas.h"
#include "core/project/project.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QProcess>

#include <array>
#include <cstdio>
#include <vector>

namespace maury::gui {

namespace {

constexpr int kPatienceMs = 120'000;

base::Result<void> writeFirstStar(const QString& file)
{
    const auto atlas = mk::openAtlas("builtin");
    if (!atlas)
        return base::Unexpected(atlas.error());
    const auto flux = (*atlas)->flux().row(0);
    const std::array columns { io::CsvColumn { "wavelength", (*atlas)->grid().wavelengths() },
        io::CsvColumn { "flux", { flux.begin(), flux.end() } } };
    return io::writeCsv(file.toStdString(), columns);
}

} // namespace

base::Result<void> makeBenchProject(const QString& file, int stars)
{
    auto made = project::Project::create(file.toStdString());
    if (!made)
        return base::Unexpected(made.error());
    const QDir folder(QFileInfo(file).absolutePath());
    std::vector<project::Star> all;
    std::vector<project::SignedLabel> labels;
    for (int i = 0; i < stars; ++i) {
        project::Star star;
        star.name = "star " + std::to_string(i + 1);
        star.files.push_back(
            folder.filePath(QStringLiteral("bench-star%1.csv").arg(i + 1)).toStdString());
        if (i % 2 == 0) {
            project::Label label;
            label.type = "G2 V";
            label.quality = project::kBestQuality;
            labels.push_back({ star.name, "bench", label });
        }
        all.push_back(std::move(star));
    }
    if (const auto added = made->addStars(all); !added)
        return base::Unexpected(added.error());
    if (const auto taken = made->takeIn(labels); !taken)
        return base::Unexpected(taken.error());
    return writeFirstStar(QString::fromStdString(all.front().files.front()));
}

int benchStartWithStars(const QString& project, int stars, const QStringList& arguments)
{
    if (!QFileInfo::exists(project))
        if (const auto made = makeBenchProject(project, stars); !made) {
            std::fprintf(stderr, "maury: %s\n", base::describe(made.error()).c_str());
            return 1;
        }
    QProcess measured;
    measured.setProcessChannelMode(QProcess::ForwardedChannels);
    measured.start(QCoreApplication::applicationFilePath(), arguments);
    return measured.waitForFinished(kPatienceMs) && measured.exitStatus() == QProcess::NormalExit
        ? measured.exitCode()
        : 1;
}

} // namespace maury::gui
