#include "core/io/votable_reader.h"

#include "core/io/reader_registry.h"
#include "core/io/votable_data.h"
#include "tests/support/test_data.h"
#include "tests/support/votable_text.h"

#include <QTest>

#include <cmath>

using namespace maury;
using namespace maury::test;
using base::ErrorCode;
using spectrum::Frame;
using spectrum::Medium;

namespace {

std::string replaced(std::string text, const std::string& part, const std::string& by)
{
    const std::size_t at = text.find(part);
    EXPECTS(at != std::string::npos);
    return text.replace(at, part.size(), by);
}

} // namespace

class TestVotableReader : public QObject {
    Q_OBJECT
private slots:
    void allSerialisations_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("TABLEDATA") << QByteArray::fromStdString(votableText());
        QTest::newRow("BINARY") << QByteArray::fromStdString(votableBinary(false));
        QTest::newRow("BINARY2") << QByteArray::fromStdString(votableBinary(true));
        QTest::newRow("arrays, with a namespace") << QByteArray::fromStdString(votableArrays());
    }
    void allSerialisations()
    {
        QFETCH(QByteArray, text);
        const TemporaryFolder folder;
        const auto read = io::readSpectrum(folder.write("a.xml", text.toStdString()));
        QVERIFY_RESULT(read);
        QCOMPARE((*read)->format, std::string("votable"));
        QCOMPARE((*read)->object, std::string("Vega"));
        QCOMPARE((*read)->raDeg, std::optional(279.25));
        QCOMPARE((*read)->decDeg, std::optional(38.75));
        QCOMPARE((*read)->segments.size(), std::size_t { 1 });
        const auto& segment = (*read)->segments[0];
        QVERIFY(segment.medium == Medium::Air && segment.frame == Frame::Barycentric);
        QCOMPARE(segment.pixels(), std::size_t { 5 });
        QVERIFY(std::abs(segment.wavelengthAngstrom[4] - 5004.0) < 1e-9);
        QCOMPARE(segment.flux[4], 5.0);
        QCOMPARE(segment.mask[3], spectrum::mask::kNoData);
        QCOMPARE(segment.goodPixels(), std::size_t { 4 });
        QCOMPARE(segment.ivar[0], 4.0);
        QCOMPARE(segment.fluxUnit, std::string("Jy"));
    }

    void lengths()
    {
        QCOMPARE(io::votableLength("1"), std::optional<std::size_t>(1));
        QCOMPARE(io::votableLength("12"), std::optional<std::size_t>(12));
        QCOMPARE(io::votableLength("3x4"), std::optional<std::size_t>(12));
        QVERIFY(!io::votableLength("*").has_value());
        QVERIFY(!io::votableLength("3x*").has_value());
        QCOMPARE(io::votableLength("-3"), std::optional<std::size_t>(0));
        QCOMPARE(io::votableLength("99999999x99999999"), std::optional<std::size_t>(0));
    }

    void nulls()
    {
        const std::string text = replaced(votableText(), "unit=\"Jy\" datatype=\"double\"/>",
            "unit=\"Jy\" datatype=\"int\"><VALUES null=\"2\"/></FIELD>");
        const auto read = io::readVotable(text, "a.xml");
        QVERIFY_RESULT(read);
        QCOMPARE(read->segments[0].mask[1], spectrum::mask::kNoData);
    }

    void damage_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("code");
        const auto row = [](const char* name, const std::string& text, ErrorCode code) {
            QTest::newRow(name) << QByteArray::fromStdString(text) << int(code);
        };
        const std::string text = votableText();
        row("cut", text.substr(0, text.size() / 2), ErrorCode::FileDamaged);
        row("no table", "<?xml version=\"1.0\"?><html/>", ErrorCode::FormatUnknown);
        row("no spectrum", replaced(text, "phot.flux.density;em.wl\"", "phys.temperature\""),
            ErrorCode::FormatUnknown);
        row("a cell too few", replaced(text, "<TD>0.5</TD>", ""), ErrorCode::FileDamaged);
        row("unit", replaced(text, "unit=\"nm\"", "unit=\"furlong\""), ErrorCode::ValueInvalid);
        row("no rows",
            "<?xml version=\"1.0\"?>"
                + text.substr(text.find("<VOTABLE"), text.find("<TR>") - text.find("<VOTABLE"))
                + "</TABLEDATA></DATA></TABLE></RESOURCE></VOTABLE>",
            ErrorCode::FormatUnknown);
        row("data elsewhere",
            replaced(votableBinary(false), "<STREAM ", "<STREAM href=\"http://x\" "),
            ErrorCode::FormatUnknown);
        row("no base64", replaced(votableBinary(false), "base64\">", "base64\">!!"),
            ErrorCode::FileDamaged);
        row("half a row", replaced(votableBinary(false), "</STREAM>", "AAAA</STREAM>"),
            ErrorCode::FileTruncated);
    }
    void damage()
    {
        QFETCH(QByteArray, text);
        const auto read = io::readVotable(text.toStdString(), "a.xml");
        QVERIFY(!read);
        QTEST(int(read.error().code), "code");
        QVERIFY(read.error().place.find("a.xml") != std::string::npos);
    }

    // A hundred thousand elements inside each other end no stack.
    void deepNesting()
    {
        std::string text = "<?xml version=\"1.0\"?>";
        for (int i = 0; i < 100'000; ++i)
            text += "<VOTABLE>";
        for (int i = 0; i < 100'000; ++i)
            text += "</VOTABLE>";
        QVERIFY(!io::readVotable(text, "a.xml").has_value());
    }
};

QTEST_GUILESS_MAIN(TestVotableReader)
#include "tst_votable_reader.moc"
