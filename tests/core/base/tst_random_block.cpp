#include "core/base/random.h"
#include "core/base/random_block.h"
#include "tests/support/chi_square.h"
#include "tests/support/simd_targets.h"

#include <QTest>

#include <cmath>
#include <numbers>
#include <vector>

using namespace maury::base;
using namespace maury::test;

namespace {

std::uint32_t low(std::uint64_t value)
{
    return static_cast<std::uint32_t>(value);
}
std::uint32_t high(std::uint64_t value)
{
    return static_cast<std::uint32_t>(value >> 32U);
}

std::uint32_t scalarBits(std::uint64_t key, std::uint64_t stream, std::size_t position)
{
    const std::size_t block = position / 64 * 16 + position % 16;
    return philox4x32(
        { low(block), 0, low(stream), high(stream) }, { low(key), high(key) })[position % 64 / 16];
}

} // namespace

class TestRandomBlock : public QObject {
    Q_OBJECT
private slots:
    void bitsEqualTheScalarGenerator()
    {
        forEachSimdTarget([](const std::string& target) {
            for (const std::uint64_t key : { 0ULL, 0x243F6A8885A308D3ULL, ~0ULL })
                for (const std::uint64_t stream : { 0ULL, 1ULL, 0xFEDCBA9876543210ULL })
                    for (const std::size_t size : { 0UL, 1UL, 63UL, 64UL, 130UL, 1600UL }) {
                        std::vector<std::uint32_t> bits(size);
                        fillRandomBits(key, stream, bits);
                        for (std::size_t i = 0; i < size; ++i)
                            QVERIFY2(bits[i] == scalarBits(key, stream, i), target.c_str());
                    }
        });
    }

    void streamZeroIsTheRandomStreamTransposed()
    {
        RandomStream stream(5);
        std::vector<std::uint32_t> bits(kRandomTile);
        fillRandomBits(stream.key(), 0, bits);
        for (std::size_t block = 0; block < 16; ++block)
            for (std::size_t word = 0; word < 4; ++word)
                QCOMPARE(bits[16 * word + block], stream.nextBits());
    }

    // Against Box and Muller's formula in double on the same bits. float32 carries 2^-24 ≈ 6e-8 of
    // a value: logarithm, root, sine and product add up to four of them; next to 1 the uniform
    // itself is rounded by 2^-25, which moves the radius r by 2^-25 / r.
    void normalsEqualDoublePrecision()
    {
        forEachSimdTarget([](const std::string& target) {
            constexpr std::size_t kSize = 64000;
            std::vector<float> normals(kSize);
            fillStandardNormals(99, 7, normals);
            for (std::size_t i = 0; i < kSize; ++i) {
                const std::size_t pair = i % 64 < 32 ? i : i - 32;
                const double u = (double(scalarBits(99, 7, pair) >> 1U) + 0.5) * 0x1p-31;
                const std::uint32_t angle = scalarBits(99, 7, pair + 32);
                const double x = double(std::int32_t(angle << 2U) >> 2) * std::numbers::pi / 4
                    / double(1 << 29);
                const double cosine = (angle >> 31U) != 0 ? -std::cos(x) : std::cos(x);
                const bool swap = (angle >> 30U & 1U) != 0;
                const bool useSine = (i != pair) != swap;
                const double radius = std::sqrt(-2.0 * std::log(u));
                const double expected = radius * (useSine ? std::sin(x) : cosine);
                const double tolerance = 4.0 * 0x1p-24 * radius + 0x1p-24 / radius;
                QVERIFY2(std::abs(double(normals[i]) - expected) < tolerance, target.c_str());
            }
        });
    }

    // 16 million draws in bins of 0.05 σ: the law itself, tails pooled at ten expected draws (≈ 4.7
    // σ).
    void normalsFollowTheNormalLaw()
    {
        constexpr int kBins = 240;
        constexpr double kWidth = 0.05;
        std::vector<std::int64_t> counts(kBins, 0);
        std::vector<float> normals(1 << 16);
        for (std::uint64_t stream = 0; stream < 256; ++stream) {
            fillStandardNormals(3, stream, normals);
            for (const float value : normals) {
                const int bin = static_cast<int>(std::floor(value / kWidth)) + kBins / 2;
                ++counts[static_cast<std::size_t>(std::clamp(bin, 0, kBins - 1))];
            }
        }
        const auto below = [](double x) { return 0.5 * std::erfc(-x / std::numbers::sqrt2); };
        const ChiSquare result = chiSquare(counts, [&](std::size_t bin) {
            const double from = (static_cast<double>(bin) - kBins / 2) * kWidth;
            return bin == 0 ? below(from + kWidth)
                            : (from > 0 ? below(-from) - below(-from - kWidth)
                                        : below(from + kWidth) - below(from));
        });
        QVERIFY2(std::abs(result.deviate) < 5.0, qPrintable(QString::number(result.deviate)));
    }

    // Two normals of one pair share a radius: their squares must still be uncorrelated (Var x² =
    // 2).
    void pairsAreIndependent()
    {
        std::vector<float> normals(1 << 20);
        fillStandardNormals(17, 0, normals);
        double product = 0.0;
        double squares = 0.0;
        double pairs = 0.0;
        for (std::size_t tile = 0; tile < normals.size(); tile += 64)
            for (std::size_t i = tile; i < tile + 32; ++i) {
                const double a = normals[i];
                const double b = normals[i + 32];
                product += a * b;
                squares += (a * a - 1.0) * (b * b - 1.0);
                pairs += 1.0;
            }
        QVERIFY(std::abs(product) < 5.0 * std::sqrt(pairs));
        QVERIFY(std::abs(squares) < 5.0 * 2.0 * std::sqrt(pairs));
    }
};

QTEST_GUILESS_MAIN(TestRandomBlock)
#include "tst_random_block.moc"
