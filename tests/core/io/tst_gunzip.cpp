#include "core/io/gunzip.h"

#include "tests/support/fits_bytes.h"
#include "tests/support/test_data.h"

#include <QTest>

using namespace maury;
using base::ErrorCode;
using io::gunzip;

namespace {

/// gzip's last four bytes say how large the file is unpacked.
std::string claiming(std::string packed, char everyByte)
{
    packed.replace(packed.size() - 4, 4, 4, everyByte);
    return packed;
}

} // namespace

class TestGunzip : public QObject {
    Q_OBJECT
private slots:
    void unpacks()
    {
        const std::string text(300'000, 'x');
        QVERIFY(io::isGzip(test::gzipBytes("a")));
        QVERIFY(!io::isGzip("SIMPLE  ="));
        QCOMPARE(gunzip(test::gzipBytes("spectrum"), "a.gz").value(), std::string("spectrum"));
        QCOMPARE(gunzip(test::gzipBytes(text), "a.gz").value(), text);
    }

    // RFC 1952, 2.2: members simply follow each other. Other bytes behind them are no part of it.
    void takesAllMembers()
    {
        const std::string two = test::gzipBytes("spec") + test::gzipBytes("trum");
        QCOMPARE(gunzip(two, "a.gz").value(), std::string("spectrum"));
        QCOMPARE(gunzip(two + "padding", "a.gz").value(), std::string("spectrum"));
    }

    void refusesDamage()
    {
        const std::string packed = test::gzipBytes("spectrum");
        for (std::size_t length = 2; length < packed.size(); ++length) {
            const auto cut = gunzip(packed.substr(0, length), "a.gz");
            QVERIFY(!cut);
            QCOMPARE(cut.error().code, ErrorCode::FileTruncated);
            QCOMPARE(cut.error().place, std::string("a.gz"));
        }
        std::string damaged = packed;
        damaged[packed.size() - 10] ^= 1;
        QCOMPARE(gunzip(damaged, "a.gz").error().code, ErrorCode::FileDamaged);
    }

    // cfitsio took 4 GiB for such a file of some bytes before it looked at the rest.
    void doesNotBelieveAClaimedSize()
    {
        const auto packed = claiming(test::gzipBytes(std::string("SIMPLE  =")), '\xFF');
        QCOMPARE(gunzip(packed, "a.gz").error().code, ErrorCode::FileDamaged);
    }

    void stopsWhereNoSpectrumEnds()
    {
        const auto large = gunzip(test::gzipBytes(std::string(5000, 'x')), "a.gz", 4000);
        QVERIFY(!large);
        QCOMPARE(large.error().code, ErrorCode::FileDamaged);
    }
};

QTEST_GUILESS_MAIN(TestGunzip)
#include "tst_gunzip.moc"
