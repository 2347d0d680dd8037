#include "core/base/hash64.h"

#include <QTest>

#include <string>

using maury::base::hash64;

namespace {

std::uint64_t hashOf(const std::string& text)
{
    return hash64(std::as_bytes(std::span(text)));
}

} // namespace

class TestHash64 : public QObject {
    Q_OBJECT
private slots:
    // Values of the reference implementation (xxhash 0.8, seed 0).
    void agreesWithTheReference()
    {
        QCOMPARE(hashOf(""), 0xEF46DB3751D8E999ULL);
        QCOMPARE(hashOf("a"), 0xD24EC4F1A98C6E5BULL);
        QCOMPARE(hashOf("abc"), 0x44BC2CF5AD770999ULL);
        std::string text;
        for (int i = 0; i < 300; ++i)
            text += static_cast<char>(i * 7 % 251);
        QCOMPARE(hashOf(text), 0x59011088BF95A431ULL);
        QCOMPARE(hashOf(text.substr(0, 47)), 0x2B800ED3116D175DULL);
    }

    void everyBitCounts()
    {
        const std::string text(1000, 'x');
        const std::uint64_t whole = hashOf(text);
        for (std::size_t i = 0; i < text.size(); ++i) {
            std::string other = text;
            other[i] = static_cast<char>(other[i] ^ (1 << (i % 8)));
            QVERIFY(hashOf(other) != whole);
        }
    }
};

QTEST_GUILESS_MAIN(TestHash64)
#include "tst_hash64.moc"
