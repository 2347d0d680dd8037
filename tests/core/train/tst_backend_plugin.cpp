// Why a plug-in cannot be used. What its driver and device say against it: tst_probe.

#include "core/train/backend_plugin.h"

#include <QTest>

#include <algorithm>
#include <filesystem>

using namespace maury::train;

class TestBackendPlugin : public QObject {
    Q_OBJECT
private slots:
    void opens()
    {
        const auto plugin = openPlugin(file("usable"));
        QVERIFY(plugin.has_value());
        QCOMPARE((*plugin)->interfaceVersion, kPluginInterface);
        QCOMPARE((*plugin)->probe().reason, std::string("for the test"));
    }

    void saysWhyNot_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("reason");
        QTest::newRow("missing") << "nowhere" << "the plug-in is missing: no file";
        QTest::newRow("library missing")
            << "needs-library"
            << "the plug-in cannot be opened: libmaury-is-not-there.so.13: cannot open shared object";
        QTest::newRow("no plug-in") << "library" << "it has no mauryBackendPlugin";
        QTest::newRow("other interface") << "other-interface" << "interface 99, needed";
    }
    void saysWhyNot()
    {
        QFETCH(QString, name);
        QFETCH(QString, reason);
        const auto plugin = openPlugin(file(name.toStdString()));
        QVERIFY(!plugin);
        QCOMPARE(plugin.error().code, maury::base::ErrorCode::BackendUnavailable);
        const auto found = QString::fromStdString(plugin.error().found);
        QVERIFY2(found.contains(reason), qPrintable(found));
    }

    // The list of backends names cuda in any case; without its plug-in, that it was not built.
    void listsCudaWithTheReason()
    {
        const auto backends = listBackends();
        const auto cuda = std::find_if(backends.begin(), backends.end(),
            [](const BackendInfo& info) { return info.name == "cuda"; });
        QVERIFY(cuda != backends.end());
        QCOMPARE(cuda->available, cuda->reason.empty());
        QCOMPARE(QString::fromStdString(cuda->reason).startsWith("not built"),
            MAURY_BUILDS_CUDA == 0);
        if (cuda->available)
            return;
        const auto refused = createBackend("cuda", 1, Precision::Fp32);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, maury::base::ErrorCode::BackendUnavailable);
        QCOMPARE(refused.error().found, cuda->reason);
        QCOMPARE(createBackend("auto", 1, Precision::Fp32).value()->name(), std::string("cpu"));
    }

private:
    static std::filesystem::path file(const std::string& name)
    {
        return std::filesystem::path(MAURY_TEST_PLUGINS) / ("libtest-" + name + ".so");
    }
};

QTEST_GUILESS_MAIN(TestBackendPlugin)
#include "tst_backend_plugin.moc"
