// The emulated device itself: products, queues and graphs.

#include "tests/gpu/device_numbers.h"
#include "tests/gpu/emulated_device.h"

#include "core/nn/layers.h"

#include <QTest>

#include <cmath>

using namespace maury;
using namespace maury::gpu;
using test::difference;
using test::Numbers;
using test::randomMatrix;
using test::valuesOf;

class TestEmulatedDevice : public QObject {
    Q_OBJECT

    test::Emulation m_emulation;
    std::unique_ptr<Device> m_device;

private slots:
    void init()
    {
        m_emulation = {};
        m_device = test::emulateDevice(m_emulation);
    }
    void cleanup()
    {
        m_device.reset();
        QCOMPARE(m_emulation.inUse, std::size_t { 0 });
    }

    void products_data()
    {
        QTest::addColumn<bool>("a");
        QTest::addColumn<bool>("b");
        QTest::newRow("A B") << false << false;
        QTest::newRow("At B") << true << false;
        QTest::newRow("A Bt") << false << true;
        QTest::newRow("At Bt") << true << true;
    }
    void products()
    {
        QFETCH(bool, a);
        QFETCH(bool, b);
        const auto left = randomMatrix(7, 9, 1);
        const auto right = randomMatrix(9, 8, 2);
        const auto before = randomMatrix(7, 8, 3);
        const auto bias = randomMatrix(1, 8, 4);
        const nn::Matrix<float> leftT = left.transpose();
        const nn::Matrix<float> rightT = right.transpose();
        const Numbers<float> deviceA(*m_device, valuesOf(a ? leftT : left));
        const Numbers<float> deviceB(*m_device, valuesOf(b ? rightT : right));
        const Numbers<float> c(*m_device, valuesOf(before));
        const Numbers<float> biases(*m_device, valuesOf(bias));
        const Numbers<float> aux(*m_device, 7 * 8);
        const Numbers<float> scale(*m_device, std::vector<float> { -0.5F, 1.0F });
        Product product;
        product.rows = 7;
        product.columns = 8;
        product.depth = 9;
        product.a = deviceA.data();
        product.strideA = a ? 7 : 9;
        product.transposedA = a;
        product.b = deviceB.data();
        product.strideB = b ? 9 : 8;
        product.transposedB = b;
        product.c = c.data();
        product.strideC = 8;
        const auto multiply = [&] {
            QVERIFY(m_device->prepare(product).value());
            QVERIFY(m_device->multiply(product, Stream::Main));
            QVERIFY(m_device->synchronize());
        };
        const nn::Matrix<float> plain = left * right;
        product.scales = scale.data();
        multiply();
        QVERIFY(difference(c.matrix(7, 8), before - 0.5F * plain) < 1e-5);
        product.scales = nullptr;
        multiply();
        QVERIFY(difference(c.matrix(7, 8), plain) < 1e-5);
        product.epilogue = Epilogue::BiasGelu;
        product.bias = biases.data();
        product.aux = aux.data();
        multiply();
        nn::Matrix<float> z = plain;
        z.rowwise() += bias.row(0);
        QVERIFY(difference(aux.matrix(7, 8), z) < 1e-5);
        QVERIFY(
            difference(c.matrix(7, 8), nn::activationForward(nn::Activation::GeluTanh, z)) < 1e-5);
        product.epilogue = Epilogue::GeluGradient;
        multiply();
        QVERIFY(
            difference(c.matrix(7, 8), nn::activationBackward(nn::Activation::GeluTanh, z, plain))
            < 1e-5);
    }

    void tf32RoundsFactors()
    {
        m_emulation.precision = train::Precision::Tf32;
        const Numbers<float> a(*m_device, std::vector<float> { 1.0F + 0x1p-11F + 0x1p-20F });
        const Numbers<float> b(*m_device, std::vector<float> { 1.0F + 0x1p-12F });
        const Numbers<float> c(*m_device, 1);
        Product product;
        product.rows = product.columns = product.depth = 1;
        product.strideA = product.strideB = product.strideC = 1;
        product.a = a.data();
        product.b = b.data();
        product.c = c.data();
        QVERIFY(m_device->prepare(product).value());
        QVERIFY(m_device->multiply(product, Stream::Main));
        QVERIFY(m_device->synchronize());
        QCOMPARE(c[0], 1.0F + 0x1p-10F); // the first is rounded up, the second down to 1
    }

    // A factor m · 2^e is rounded to multiples of 2^(e − 10), so is off by 2^-10/√12 of 2^e, about
    // 2e-4 of itself, and a product of two by √2 of that, however many terms it sums up.
    void tf32ProductsAreOffByTheirFactorsRounding()
    {
        constexpr int kDepth = 1600;
        constexpr int kSide = 24;
        const auto left = randomMatrix(kSide, kDepth, 1);
        const auto right = randomMatrix(kDepth, kSide, 2);
        const Numbers<float> a(*m_device, valuesOf(left));
        const Numbers<float> b(*m_device, valuesOf(right));
        const Numbers<float> c(*m_device, kSide * kSide);
        Product product;
        product.rows = product.columns = product.strideB = product.strideC = kSide;
        product.depth = product.strideA = kDepth;
        product.a = a.data();
        product.b = b.data();
        product.c = c.data();
        m_emulation.precision = train::Precision::Tf32;
        QVERIFY(m_device->prepare(product).value());
        QVERIFY(m_device->multiply(product, Stream::Main));
        QVERIFY(m_device->synchronize());
        const nn::Matrix<double> exact = left.cast<double>() * right.cast<double>();
        const nn::Matrix<double> off = c.matrix(kSide, kSide).cast<double>() - exact;
        const double share = off.norm() / exact.norm();
        qInfo("tf32: off by %.2g of its size", share);
        QVERIFY2(share > 2e-4 && share < 4e-4, qPrintable(QString::number(share)));
    }

    // Two queues that do not wait for each other may do either first; follow() decides.
    void queuesAreOrderedByFollowAlone()
    {
        bool overtaken = false;
        for (std::uint64_t order = 0; order < 8; ++order) {
            m_emulation.order = order;
            for (const bool follows : { false, true }) {
                const Numbers<float> one(*m_device, std::vector<float> { 1.0F });
                const Numbers<float> two(*m_device, std::vector<float> { 2.0F });
                const Numbers<float> to(*m_device, 1);
                QVERIFY(m_device->copy(to.data(), one.data(), sizeof(float), Stream::Main));
                if (follows)
                    QVERIFY(m_device->follow(Stream::Side, Stream::Main));
                QVERIFY(m_device->copy(to.data(), two.data(), sizeof(float), Stream::Side));
                QVERIFY(std::isnan(to[0])); // nothing has happened yet
                QVERIFY(m_device->synchronize());
                if (follows)
                    QCOMPARE(to[0], 2.0F);
                overtaken = overtaken || to[0] == 1.0F;
            }
        }
        QVERIFY(overtaken);
    }

    void graphsAreDoneAgainAndAgain()
    {
        const Numbers<float> from(*m_device, std::vector<float> { 1.0F });
        const Numbers<float> to(*m_device, 1);
        QVERIFY(m_device->beginRecording());
        QVERIFY(m_device->copy(to.data(), from.data(), sizeof(float), Stream::Main));
        const auto graph = m_device->finishRecording();
        QVERIFY(graph);
        QVERIFY(m_device->synchronize());
        QVERIFY(std::isnan(to[0])); // recorded, not done
        for (const float value : { 3.0F, 4.0F }) {
            from[0] = value;
            QVERIFY(m_device->replay(**graph));
            QVERIFY(m_device->synchronize());
            QCOMPARE(to[0], value);
        }
    }
};

QTEST_GUILESS_MAIN(TestEmulatedDevice)
#include "tst_emulated_device.moc"
