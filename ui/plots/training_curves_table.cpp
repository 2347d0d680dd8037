#include "ui/plots/training_curves.h"

namespace maury::ui {

namespace {

struct EpochColumn {
    QString heading;
    double EpochRow::*value;
};

} // namespace

PlotTable TrainingCurves::table() const
{
    const QList<EpochColumn> columns { { tr("Learning rate"), &EpochRow::learningRate },
        { tr("Loss, train"), &EpochRow::trainLoss }, { tr("Loss, test"), &EpochRow::testLoss },
        { tr("SC loss, train"), &EpochRow::trainLossSc },
        { tr("SC loss, test"), &EpochRow::testLossSc },
        { tr("LC loss, train"), &EpochRow::trainLossLc },
        { tr("LC loss, test"), &EpochRow::testLossLc },
        { tr("SC accuracy, train"), &EpochRow::trainAccuracySc },
        { tr("SC accuracy, test"), &EpochRow::testAccuracySc },
        { tr("LC accuracy, train"), &EpochRow::trainAccuracyLc },
        { tr("LC accuracy, test"), &EpochRow::testAccuracyLc },
        { tr("Time (s)"), &EpochRow::seconds } };
    PlotTable table;
    QVector<double> numbers;
    for (const EpochRow& row : m_rows)
        numbers.append(row.epoch + 1.0);
    table.add(tr("Epoch"), numbers);
    for (const EpochColumn& column : columns) {
        numbers.clear();
        for (const EpochRow& row : m_rows)
            numbers.append(row.*column.value);
        table.add(column.heading, numbers);
    }
    const auto addSteps = [&](const QString& heading, double StepPoint::*value) {
        numbers.clear();
        for (const StepPoint& step : m_steps)
            numbers.append(step.*value);
        table.add(heading, numbers);
    };
    addSteps(tr("Batch (epochs)"), &StepPoint::position);
    addSteps(tr("Batch loss"), &StepPoint::loss);
    addSteps(tr("Batch SC accuracy"), &StepPoint::accuracySc);
    addSteps(tr("Batch learning rate"), &StepPoint::learningRate);
    QStringList labels;
    QVector<double> positions;
    QVector<double> before;
    QVector<double> after;
    for (const ChangeMark& mark : marks()) {
        labels.append(mark.label);
        positions.append(mark.last);
        before.append(mark.before);
        after.append(mark.after);
    }
    table.add(tr("Changed setting"), labels);
    table.add(tr("Changed after (epochs)"), positions);
    table.add(tr("Value before"), before);
    table.add(tr("Value after"), after);
    return table;
}

} // namespace maury::ui
