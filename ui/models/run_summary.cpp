#include "ui/models/run_summary.h"

#include "ui/bridge/number_text.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

namespace maury::ui {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(maury::ui::RunSummary)
};

} // namespace

QString progressText(const RunProgress& progress, bool paused, double now)
{
    const QString epoch = countText(progress.epoch());
    const QString epochs = countText(progress.epochs());
    if (paused)
        return Text::tr("Training paused in epoch %1 of %2").arg(epoch, epochs);
    const QString rate = QLocale().toString(progress.samplesPerSecond(now), 'f', 0);
    return Text::tr("Training: epoch %1 of %2, %3 samples/s").arg(epoch, epochs, rate);
}

QString factsText(const train::RunStarted& run, const train::EpochDone* last)
{
    QStringList facts;
    if (last != nullptr)
        facts.append(Text::tr("test accuracy SC %1, LC %2")
                         .arg(percentText(last->test.sc.accuracy, last->test.samples),
                             percentText(last->test.lc.accuracy, last->test.samples)));
    if (!run.backend.empty())
        facts.append(Text::tr("%1 training and %2 test samples, %3 classes on %4")
                         .arg(countText(run.trainSamples), countText(run.testSamples),
                             countText(static_cast<std::int64_t>(run.classes.size())),
                             QString::fromStdString(run.backend)));
    return facts.join(QStringLiteral(" · "));
}

QString classesText(const train::EpochDone* last, int epochs)
{
    if (last == nullptr)
        return Text::tr("The first epoch of a run with a test set fills this table");
    return Text::tr("Test set (%1 samples) after epoch %2 of %3")
        .arg(countText(last->test.samples), countText(last->epoch + 1), countText(epochs));
}

} // namespace maury::ui
