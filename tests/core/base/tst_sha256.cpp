#include "core/base/sha256.h"

#include "tests/support/test_data.h"

using namespace maury;

class TestSha256 : public QObject {
    Q_OBJECT
private slots:
    // FIPS 180-4 examples (NIST, "SHA256" example values), and the 56-byte message that needs a
    // second block.
    void publishedDigests_data()
    {
        QTest::addColumn<QByteArray>("message");
        QTest::addColumn<QString>("digest");
        QTest::newRow("empty")
            << QByteArray() << "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        QTest::newRow("abc") << QByteArray("abc")
                             << "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        QTest::newRow("two blocks")
            << QByteArray("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")
            << "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1";
        QTest::newRow("a million a") << QByteArray(
            1000000, 'a') << "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";
    }
    void publishedDigests()
    {
        QFETCH(QByteArray, message);
        QFETCH(QString, digest);
        const std::span<const char> bytes(
            message.constData(), static_cast<std::size_t>(message.size()));
        QCOMPARE(QString::fromStdString(base::sha256(std::as_bytes(bytes))), digest);
    }

    void piecesGiveTheSameAsTheWhole()
    {
        std::string text;
        for (int i = 0; i < 1000; ++i)
            text += static_cast<char>('a' + i % 23);
        const std::span<const char> all(text);
        for (const std::size_t piece : { 1U, 7U, 63U, 64U, 65U, 200U }) {
            base::Sha256 hash;
            for (std::size_t at = 0; at < all.size(); at += piece)
                hash.updateValues(all.subspan(at, std::min(piece, all.size() - at)));
            QCOMPARE(hash.hexDigest(), base::sha256(std::as_bytes(all)));
        }
    }

    void filesAreHashed()
    {
        const test::TemporaryFolder folder;
        const auto digest = base::sha256OfFile(folder.write("a", "abc"));
        QVERIFY_RESULT(digest);
        QCOMPARE(*digest,
            std::string("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
        const auto missing = base::sha256OfFile(folder / "b");
        QVERIFY(!missing && missing.error().code == base::ErrorCode::FileMissing);
    }
};

QTEST_GUILESS_MAIN(TestSha256)
#include "tst_sha256.moc"
