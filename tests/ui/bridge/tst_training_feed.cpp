#include "tests/ui/support/ui_test.h"
#include "ui/bridge/training_feed.h"

#include <QSignalSpy>

#include <thread>

using namespace maury;

namespace {

train::StepDone step(int epoch, std::int64_t number, double loss)
{
    train::StepDone done;
    done.epoch = epoch;
    done.step = number;
    done.loss = loss;
    return done;
}

/// All deliveries of a feed, one after the other.
class Collector {
public:
    explicit Collector(ui::TrainingFeed& feed)
    {
        QObject::connect(&feed, &ui::TrainingFeed::delivered, &feed,
            [this](const std::vector<ui::FeedItem>& delivered) {
                ++deliveries;
                for (const auto& item : delivered)
                    items.push_back(item);
            });
    }
    [[nodiscard]] int steps() const
    {
        int count = 0;
        for (const auto& item : items)
            if (const auto* block = std::get_if<ui::StepBlock>(&item))
                for (const auto& point : block->points)
                    count += point.steps;
        return count;
    }

    std::vector<ui::FeedItem> items;
    int deliveries = 0;
};

} // namespace

class tst_TrainingFeed : public test::UiTest {
    Q_OBJECT
private slots:
    void mergedPointsAreWeighted()
    {
        const ui::StepPoint one { 1.0, 2.0, 3.0, 4.0, 0.5, 0.25, 2.0, 2.0, 0.01, 1 };
        const ui::StepPoint three { 2.0, 6.0, 7.0, 8.0, 0.9, 0.65, 5.0, 7.0, 0.02, 3 };
        const auto point = ui::merged(one, three);
        QCOMPARE(point.steps, 4);
        QCOMPARE(point.position, 2.0);
        QCOMPARE(point.loss, 5.0);
        QCOMPARE(point.accuracySc, 0.8);
        QCOMPARE(point.lossLow, 2.0);
        QCOMPARE(point.lossHigh, 7.0);
        QCOMPARE(point.learningRate, 0.02);
    }

    void waitingBatchesAreCondensedButNoneIsLost()
    {
        ui::TrainingFeed feed;
        Collector collector(feed);
        train::RunStarted start;
        start.stepsPerEpoch = 10'000;
        feed.postEvent(start);
        for (int i = 0; i < 10'000; ++i)
            feed.postEvent(step(0, i, 1.0));
        QTRY_COMPARE(collector.steps(), 10'000);
        QCOMPARE(collector.deliveries, 1); // nobody looked in between: one wake-up
        const auto& block = std::get<ui::StepBlock>(collector.items.at(1));
        QVERIFY(block.points.size() < ui::TrainingFeed::kMaximumPoints);
        QCOMPARE(block.points.back().position, 1.0);
        QCOMPARE(block.points.front().loss, 1.0);
    }

    void orderIsKept()
    {
        ui::TrainingFeed feed;
        Collector collector(feed);
        feed.postEvent(train::RunStarted {});
        feed.postEvent(step(0, 0, 1.0));
        feed.postEvent(train::EpochDone {});
        feed.postEvent(step(1, 0, 1.0));
        feed.post(ui::RunEnded {});
        QTRY_COMPARE(collector.items.size(), 5);
        QVERIFY(std::holds_alternative<train::RunStarted>(collector.items[0]));
        QVERIFY(std::holds_alternative<ui::StepBlock>(collector.items[1]));
        QVERIFY(std::holds_alternative<train::EpochDone>(collector.items[2]));
        QVERIFY(std::holds_alternative<ui::StepBlock>(collector.items[3]));
        QVERIFY(std::holds_alternative<ui::RunEnded>(collector.items[4]));
    }

    void onlyTheNewestFractionWaits()
    {
        ui::TrainingFeed feed;
        Collector collector(feed);
        for (int i = 0; i <= 100; ++i)
            feed.post(ui::DataProgress { i / 100.0 });
        QTRY_COMPARE(collector.items.size(), 1);
        QCOMPARE(std::get<ui::DataProgress>(collector.items[0]).fraction, 1.0);
    }

    void anotherThreadMayPost()
    {
        ui::TrainingFeed feed;
        Collector collector(feed);
        constexpr int kSteps = 5000;
        {
            const std::jthread poster([&feed] {
                for (int i = 0; i < kSteps; ++i)
                    feed.postEvent(step(0, i, 1.0));
            });
            QTRY_COMPARE(collector.steps(), kSteps);
        }
        QCOMPARE(collector.steps(), kSteps);
    }

    void clearForgets()
    {
        ui::TrainingFeed feed;
        Collector collector(feed);
        feed.postEvent(step(0, 0, 1.0));
        feed.clear();
        feed.post(ui::RunEnded {});
        QTRY_COMPARE(collector.items.size(), 1);
        QVERIFY(std::holds_alternative<ui::RunEnded>(collector.items[0]));
    }
};

QTEST_MAIN(tst_TrainingFeed)
#include "tst_training_feed.moc"
