#include "tests/support/cli.h"

#include <QTest>

using namespace maury::test;

class TestVerbBench : public QObject {
    Q_OBJECT
private slots:
    // That figures and circumstances are there; how large they are is nothing for a test.
    void augmentReportsFiguresAndEnvironment()
    {
        qputenv("OMP_WAIT_POLICY", "passive");
        const auto result = runCli({ "bench", "augment", "--json", "--threads", "1" });
        QVERIFY2(result.status == 0, result.err.constData());
        const QJsonObject json = result.json();
        for (const char* figure :
            { "per_spectrum_us", "per_spectrum_us_gaussian", "noise_only_us" })
            QVERIFY2(json[figure].toDouble() > 0.0, figure);
        QCOMPARE(json["threads"].toInt(), 1);
        QCOMPARE(json["pixels"].toInt(), 1600);
        const QJsonObject environment = json["environment"].toObject();
        for (const char* name : { "cpu", "simd", "compiler" })
            QVERIFY2(!environment[name].toString().isEmpty(), name);
        QVERIFY(environment["cores"].toInt() >= 1);
        QCOMPARE(
            environment["variables"].toObject()["OMP_WAIT_POLICY"].toString(), QString("passive"));
    }

    void oneLawAlone()
    {
        const auto result
            = runCli({ "bench", "augment", "--json", "--noise", "gaussian", "--pixels", "100" });
        QCOMPARE(result.status, 0);
        QVERIFY(result.json()["per_spectrum_us"].isNull());
        QVERIFY(result.json()["per_spectrum_us_gaussian"].toDouble() > 0.0);
    }

    void resampleReportsItsPeer()
    {
        const auto result = runCli({ "bench", "resample", "--json" });
        QVERIFY2(result.status == 0, result.err.constData());
        const QJsonObject json = result.json();
        for (const char* figure : { "apply_ms", "operator_ms", "sparse_flux_ms",
                 "sparse_products_ms", "running_percentile_ms", "continuum_chebyshev_ms" })
            QVERIFY2(json[figure].toDouble() > 0.0, figure);
        QVERIFY(json["good_pixels"].toInt() > 1500);
        QVERIFY(json["grid_pixels"].toInt() > json["good_pixels"].toInt());
        QVERIFY(!json["environment"].toObject()["cpu"].toString().isEmpty());
    }

    void gonReportsEverySize()
    {
        const auto result = runCli({ "bench", "gon", "--json", "--threads", "1", "--pixels", "64",
            "--batch", "4", "--latent", "3", "--hidden", "8,8", "--rounds", "2", "--siren-hidden",
            "8,8", "--siren-spectra", "2", "--siren-rounds", "1", "--encoded", "20" });
        QVERIFY2(result.status == 0, result.err.constData());
        const QJsonObject json = result.json();
        for (const char* step : { "step", "detached_step", "gauss_newton_step" })
            for (const char* figure : { "_ms", "_shortest_ms", "_gflop", "_fraction_of_peak" })
                QVERIFY2(json[QString(step) + figure].toDouble() > 0.0, figure);
        for (const char* figure : { "walk_ms", "brush_ms" })
            QVERIFY2(json["look"].toObject()[figure].toDouble() > 0.0, figure);
        QVERIFY(json["siren"].toObject()["step_ms"].toDouble() > 0.0);
        QVERIFY(json["encode"].toObject()["seconds"].toDouble() > 0.0);
    }

    void withoutAGpuTheReasonIsTold()
    {
        qputenv("CUDA_VISIBLE_DEVICES", "-1"); // also where there is one
        for (const QStringList& verb : { QStringList { "bench", "train" },
                 QStringList { "bench", "augment" }, QStringList { "train" },
                 QStringList { "bench", "gon" } }) {
            const auto result = runCli(verb + QStringList { "--backend", "cuda", "--json" });
            QCOMPARE(result.status, 1);
            QVERIFY2(result.err.contains("backend cuda"), result.err.constData());
            QVERIFY(result.out.isEmpty());
        }
    }

    void tf32IsTheGpusAlone()
    {
        const auto result = runCli({ "train", "--backend", "cpu", "--precision", "tf32" });
        QCOMPARE(result.status, 2);
        QVERIFY(result.err.contains("--precision"));
        QCOMPARE(runCli({ "bench", "train", "--precision", "fp8" }).status, 2);
    }

    void wrongUsage()
    {
        QCOMPARE(runCli({ "bench" }).status, 2);
        QCOMPARE(runCli({ "bench", "augment", "--noise", "pink" }).status, 2);
        QCOMPARE(runCli({ "bench", "augment", "--pixels", "0" }).status, 2);
    }
};

QTEST_GUILESS_MAIN(TestVerbBench)
#include "tst_verb_bench.moc"
