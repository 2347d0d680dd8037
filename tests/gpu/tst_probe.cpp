#include "gpu/probe.h"

#include <QTest>

using namespace maury::gpu;

class TestProbe : public QObject {
    Q_OBJECT
private slots:
    void saysWhyNot_data()
    {
        QTest::addColumn<int>("driver");
        QTest::addColumn<QString>("failure");
        QTest::addColumn<int>("capability"); // 10 · major + minor; 0: no device
        QTest::addColumn<QString>("reason");
        QTest::newRow("no driver") << 0 << "" << 0 << "no driver";
        QTest::newRow("too old a driver")
            << 12040 << "" << 90
            << "driver too old: the NVIDIA driver serves CUDA 12.4, needed is 13.0";
        QTest::newRow("driver fails") << 13000 << "initialization error" << 0
                                      << "no device: the NVIDIA driver says: initialization error";
        QTest::newRow("no device")
            << 13000 << "" << 0 << "no device: the NVIDIA driver finds no GPU";
        QTest::newRow("too old a device")
            << 13020 << "" << 70
            << "too old a device: GPU has compute capability 7.0, needed is 7.5";
        QTest::newRow("oldest device") << 13000 << "" << 75 << "";
        QTest::newRow("newer minor version than the driver's") << 13000 << "" << 90 << "";
        QTest::newRow("newer driver") << 14010 << "" << 120 << "";
    }
    void saysWhyNot()
    {
        QFETCH(int, driver);
        QFETCH(QString, failure);
        QFETCH(int, capability);
        QFETCH(QString, reason);
        DriverFacts facts { driver, 13020, failure.toStdString(), {} };
        if (capability > 0)
            facts.devices.push_back({ "GPU", capability / 10, capability % 10, 80'000'000'000ULL });
        const auto info = backendInfo(facts);
        QCOMPARE(info.name, std::string("cuda"));
        QCOMPARE(info.available, reason.isEmpty());
        QVERIFY2(QString::fromStdString(info.reason).startsWith(reason), info.reason.c_str());
        QCOMPARE(info.device, reason.isEmpty() ? std::string("GPU, 80.0 GB") : std::string());
    }
};

QTEST_GUILESS_MAIN(TestProbe)
#include "tst_probe.moc"
