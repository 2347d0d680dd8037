#include "core/base/text.h"

#include <QTest>

using namespace maury;

class TestText : public QObject {
    Q_OBJECT
private slots:
    void trims()
    {
        QCOMPARE(base::trim("  a b\t\r\n"), std::string_view("a b"));
        QCOMPARE(base::trim(" \t "), std::string_view());
        QCOMPARE(base::trim(""), std::string_view());
        QCOMPARE(base::trim("'a '", "' "), std::string_view("a"));
    }

    void lowersAsciiAlone()
    {
        QCOMPARE(base::lowerCase("Flux [ERG] Å"), std::string("flux [erg] Å"));
    }
};

QTEST_GUILESS_MAIN(TestText)
#include "tst_text.moc"
