#include "core/io/npz_file.h"

#include "core/io/file_bytes.h"
#include "core/io/zip_archive.h"
#include "tests/support/npz_bytes.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace maury;
using namespace maury::io;
using base::ErrorCode;
using maury::test::TemporaryFolder;

namespace {

/// An .npy file by hand.
std::string npy(const std::string& dictionary, const std::string& data)
{
    std::string header = dictionary;
    header += std::string((64 - (10 + header.size() + 1) % 64) % 64, ' ') + '\n';
    std::string bytes = "\x93NUMPY";
    bytes += '\x01';
    bytes += '\0';
    bytes += static_cast<char>(header.size() & 0xFF);
    bytes += static_cast<char>(header.size() >> 8);
    return bytes + header + data;
}

std::string zipOf(const std::vector<ZipEntry>& entries)
{
    const TemporaryFolder folder;
    EXPECTS(writeZip(folder / "a.zip", entries).has_value());
    return readBytes(folder / "a.zip").value();
}

std::string bytesOf(std::initializer_list<int> values)
{
    std::string bytes;
    for (const int value : values)
        bytes += static_cast<char>(value);
    return bytes;
}

} // namespace

class TestNpzFile : public QObject {
    Q_OBJECT
private slots:
    void arraysComeBack()
    {
        const TemporaryFolder folder;
        const float tiny = std::numeric_limits<float>::denorm_min();
        const std::vector<NumpyArray> given {
            { "hidden.0.weight", { 2, 3 }, { 1, 2.5, -3, double(tiny), 0.1F, 6e30F }, {}, false },
            { "none", { 0 }, {}, {}, false }, { "one", {}, { 42 }, {}, false },
            { "metadata", {}, {}, "{\"class\": \"Å – 𝛼\"}", true }
        };
        QVERIFY_RESULT(writeNpz(folder / "a.npz", given));
        const auto read = readNpz(readBytes(folder / "a.npz").value(), "a.npz");
        QVERIFY_RESULT(read);
        QCOMPARE(read->size(), given.size());
        for (std::size_t i = 0; i < given.size(); ++i) {
            QCOMPARE((*read)[i].name, given[i].name);
            QCOMPARE((*read)[i].shape, given[i].shape);
            QCOMPARE((*read)[i].values, given[i].values);
            QCOMPARE((*read)[i].text, given[i].text);
        }
    }

    void compressedByNumpy()
    {
        const std::string archive = test::compressedNpz();
        const auto read = readNpz(archive, "a.npz");
        QVERIFY_RESULT(read);
        QCOMPARE(read->size(), std::size_t { 1 });
        QCOMPARE((*read)[0].name, std::string("a"));
        QCOMPARE((*read)[0].shape, (std::vector<std::size_t> { 3, 4 }));
        for (std::size_t i = 0; i < 12; ++i)
            QCOMPARE((*read)[0].values[i], static_cast<double>(i));
        std::string damaged = archive;
        damaged[100] = static_cast<char>(damaged[100] + 1);
        QCOMPARE(readNpz(damaged, "a.npz").error().code, ErrorCode::FileDamaged);
    }

    // Fortran's order: the first index runs fastest. 1 2 3 / 4 5 6 lie as 1 4 2 5 3 6.
    void otherTypesAndOrders()
    {
        const std::string archive = zipOf(
            { { "f.npy",
                  npy("{'descr': '|i1', 'fortran_order': True, 'shape': (2, 3), }",
                      bytesOf({ 1, 4, 2, 5, 3, -6 })) },
                { "big.npy",
                    npy("{'descr': '>i2', 'fortran_order': False, 'shape': (2,), }",
                        bytesOf({ 0x01, 0x02, 0xFF, 0xFE })) },
                { "d.npy",
                    npy("{'descr': '>f8', 'fortran_order': False, 'shape': (), }",
                        bytesOf({ 0x3F, 0xF8, 0, 0, 0, 0, 0, 0 })) },
                { "complex.npy",
                    npy("{'descr': '<c8', 'fortran_order': False, 'shape': (), }",
                        std::string(8, '\0')) } });
        const auto read = readNpz(archive, "a.npz");
        QVERIFY_RESULT(read);
        QCOMPARE(read->size(), std::size_t { 3 }); // complex numbers are left out
        QCOMPARE((*read)[0].values, (std::vector<double> { 1, 2, 3, 4, 5, -6 }));
        QCOMPARE((*read)[1].values, (std::vector<double> { 258, -2 }));
        QCOMPARE((*read)[2].values, (std::vector<double> { 1.5 }));
    }

    void damageIsNoticed()
    {
        const std::string archive = zipOf({ { "x.npy",
            npy("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", std::string(8, 'x')) } });
        QVERIFY_RESULT(readNpz(archive, "a.npz"));
        QCOMPARE(readNpz("no archive", "a.npz").error().code, ErrorCode::FormatUnknown);
        QCOMPARE(readNpz({}, "a.npz").error().code, ErrorCode::FormatUnknown);
        QCOMPARE(readNpz(archive.substr(0, archive.size() - 1), "a.npz").error().code,
            ErrorCode::FileTruncated);
        std::string changed = archive;
        changed[changed.find("xxxxxxxx")] = 'y';
        const auto damaged = readNpz(changed, "a.npz");
        QVERIFY(!damaged);
        QCOMPARE(damaged.error().code, ErrorCode::FileDamaged);
        const std::string text = base::describe(damaged.error());
        QVERIFY(text.find("a.npz: x.npy") != std::string::npos);
        QVERIFY(text.find("CRC-32") != std::string::npos);
        for (std::size_t end = 0; end < archive.size(); ++end) // whatever is missing
            QVERIFY(!readNpz(archive.substr(0, end), "a.npz"));
    }

    void impossibleArrays_data()
    {
        QTest::addColumn<QByteArray>("dictionary");
        QTest::addColumn<ErrorCode>("code");
        QTest::newRow("too large") << QByteArray("{'descr': '<f4', 'fortran_order': False, 'shape': "
                                                 "(4000000000, 4000000000), }")
                                   << ErrorCode::FileTruncated;
        QTest::newRow("longer than its data")
            << QByteArray("{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }")
            << ErrorCode::FileTruncated;
        QTest::newRow("no shape") << QByteArray("{'descr': '<f4', 'fortran_order': False}")
                                  << ErrorCode::FormatUnknown;
        QTest::newRow("negative")
            << QByteArray("{'descr': '<f4', 'fortran_order': False, 'shape': (-3,), }")
            << ErrorCode::FormatUnknown;
        QTest::newRow("no type") << QByteArray("{'fortran_order': False, 'shape': (2,), }")
                                 << ErrorCode::FormatUnknown;
    }
    void impossibleArrays()
    {
        QFETCH(QByteArray, dictionary);
        const auto read = readNpz(
            zipOf({ { "x.npy", npy(dictionary.toStdString(), std::string(8, '\0')) } }), "a.npz");
        QVERIFY(!read);
        QTEST(read.error().code, "code");
        QVERIFY(base::describe(read.error()).find("x.npy") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestNpzFile)
#include "tst_npz_file.moc"
