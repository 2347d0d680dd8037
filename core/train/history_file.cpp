#include "core/train/history_file.h"

namespace maury::train {
namespace {

using base::Result;
using Confusion = std::vector<std::vector<std::int64_t>>;

/// One row of "history": the numbers of an epoch that do not follow from its confusion matrices.
constexpr std::size_t kColumns = 13;

void appendRow(std::vector<double>& rows, const EpochDone& epoch)
{
    rows.insert(rows.end(),
        { epoch.train.loss, epoch.train.lossSc, epoch.train.lossLc, epoch.train.accuracySc,
            epoch.train.accuracyLc, static_cast<double>(epoch.test.samples), epoch.test.loss,
            epoch.test.sc.loss, epoch.test.lc.loss, epoch.learningRate, epoch.seconds,
            epoch.samplesPerSecond, epoch.best ? 1.0 : 0.0 });
}

EpochDone epochFrom(const double* row)
{
    EpochDone epoch;
    epoch.train = { row[0], row[1], row[2], row[3], row[4] };
    epoch.test.samples = static_cast<std::int64_t>(row[5]);
    epoch.test.loss = row[6];
    epoch.test.sc.loss = row[7];
    epoch.test.lc.loss = row[8];
    epoch.learningRate = row[9];
    epoch.seconds = row[10];
    epoch.samplesPerSecond = row[11];
    epoch.best = row[12] != 0.0;
    return epoch;
}

/// A matrix of `classes` squared; zeros for an epoch without a test set.
void appendConfusion(
    std::vector<std::int64_t>& values, const Confusion& confusion, std::size_t classes)
{
    for (std::size_t truth = 0; truth < classes; ++truth)
        for (std::size_t predicted = 0; predicted < classes; ++predicted)
            values.push_back(confusion.empty() ? 0 : confusion[truth][predicted]);
}

HeadMetrics headFrom(const std::int64_t* values, const std::vector<std::string>& names, double loss)
{
    Confusion confusion(names.size());
    for (auto& row : confusion) {
        row.assign(values, values + names.size());
        values += names.size();
    }
    HeadMetrics metrics = scoreConfusion(std::move(confusion), names);
    metrics.loss = loss;
    return metrics;
}

Result<void> writeChanges(io::Hdf5Group& root, const std::vector<SettingChanged>& changes)
{
    std::vector<std::string> names;
    std::vector<double> numbers;
    for (const auto& change : changes) {
        names.push_back(change.setting);
        numbers.insert(numbers.end(),
            { change.before, change.after, static_cast<double>(change.epoch),
                static_cast<double>(change.step) });
    }
    if (const auto written = root.writeTexts("change_settings", names); !written)
        return written;
    return root.writeArray<double>("changes", numbers, { changes.size(), 4 });
}

Result<std::vector<SettingChanged>> readChanges(const io::Hdf5Group& root)
{
    const auto names = root.readTexts("change_settings");
    if (!names)
        return base::Unexpected(names.error());
    std::vector<double> numbers(names->size() * 4);
    if (const auto read = root.readInto<double>("changes", { names->size(), 4 }, numbers); !read)
        return base::Unexpected(read.error());
    std::vector<SettingChanged> changes;
    for (std::size_t i = 0; i < names->size(); ++i)
        changes.push_back({ (*names)[i], numbers[4 * i], numbers[4 * i + 1],
            static_cast<int>(numbers[4 * i + 2]), static_cast<std::int64_t>(numbers[4 * i + 3]) });
    return changes;
}

} // namespace

Result<void> writeCourse(io::Hdf5Group& root, const std::vector<EpochDone>& epochs,
    const std::vector<SettingChanged>& changes)
{
    std::vector<double> rows;
    for (const auto& epoch : epochs)
        appendRow(rows, epoch);
    if (const auto written
        = root.writeArray<double>("history", rows, { epochs.size(), kColumns });
        !written)
        return written;
    return writeChanges(root, changes);
}

Result<StoredHistory> readCourse(const io::Hdf5Group& root)
{
    const auto shape = root.shape("history");
    if (!shape)
        return base::Unexpected(shape.error());
    const std::size_t count = shape->empty() ? 0 : shape->front();
    std::vector<double> rows(count * kColumns);
    if (const auto read = root.readInto<double>("history", { count, kColumns }, rows); !read)
        return base::Unexpected(read.error());
    StoredHistory history;
    for (std::size_t i = 0; i < count; ++i) {
        history.epochs.push_back(epochFrom(rows.data() + i * kColumns));
        history.epochs.back().epoch = static_cast<int>(i);
    }
    auto changes = readChanges(root);
    if (!changes)
        return base::Unexpected(changes.error());
    history.changes = *std::move(changes);
    return history;
}

Result<void> writeHistory(io::Hdf5Group& root, const std::vector<EpochDone>& epochs,
    const std::vector<SettingChanged>& changes)
{
    std::size_t scClasses = 0;
    for (const auto& epoch : epochs)
        scClasses = std::max(scClasses, epoch.test.sc.confusion.size());
    const std::size_t lcClasses = luminosityNames().size();
    std::vector<std::int64_t> sc;
    std::vector<std::int64_t> lc;
    for (const auto& epoch : epochs) {
        appendConfusion(sc, epoch.test.sc.confusion, scClasses);
        appendConfusion(lc, epoch.test.lc.confusion, lcClasses);
    }
    const io::Hdf5Storage compressed { 1 };
    for (const auto& written :
        { root.writeArray<std::int64_t>(
                "history_sc_confusion", sc, { epochs.size(), scClasses, scClasses }, compressed),
            root.writeArray<std::int64_t>(
                "history_lc_confusion", lc, { epochs.size(), lcClasses, lcClasses }, compressed) })
        if (!written)
            return written;
    return writeCourse(root, epochs, changes);
}

Result<StoredHistory> readHistory(
    const io::Hdf5Group& root, const std::vector<std::string>& scNames)
{
    auto history = readCourse(root);
    if (!history)
        return history;
    const auto scShape = root.shape("history_sc_confusion");
    if (!scShape)
        return base::Unexpected(scShape.error());
    const std::size_t count = history->epochs.size();
    // A run without a test set has no confusion matrices.
    const bool tested = scShape->size() == 3 && (*scShape)[1] > 0;
    const std::size_t scClasses = tested ? scNames.size() : 0;
    const std::size_t lcClasses = luminosityNames().size();
    std::vector<std::int64_t> sc(count * scClasses * scClasses);
    std::vector<std::int64_t> lc(count * lcClasses * lcClasses);
    for (const auto& read : { root.readInto<std::int64_t>(
                 "history_sc_confusion", { count, scClasses, scClasses }, sc),
             root.readInto<std::int64_t>(
                 "history_lc_confusion", { count, lcClasses, lcClasses }, lc) })
        if (!read)
            return base::Unexpected(read.error());
    for (std::size_t i = 0; i < count; ++i) {
        Metrics& test = history->epochs[i].test;
        if (test.samples == 0)
            continue;
        test.sc = headFrom(sc.data() + i * scClasses * scClasses, scNames, test.sc.loss);
        test.lc = headFrom(lc.data() + i * lcClasses * lcClasses, luminosityNames(), test.lc.loss);
    }
    return history;
}

} // namespace maury::train
