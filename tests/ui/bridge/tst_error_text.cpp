#include "ui/bridge/error_text.h"

#include "tests/ui/support/ui_test.h"

#include <QSet>

using namespace maury;
using base::ErrorCode;

class TestErrorText : public test::UiTest {
    Q_OBJECT
private slots:
    // Cancelled is the last code: a new one behind it makes the switch in core warn, not this test.
    void everyCodeHasItsOwnSentence()
    {
        QSet<QString> sentences;
        const int codes = static_cast<int>(ErrorCode::Cancelled) + 1;
        for (int code = 0; code < codes; ++code) {
            const QString text = ui::sentenceText(static_cast<ErrorCode>(code));
            QVERIFY2(!text.isEmpty(), qPrintable(QString("code %1").arg(code)));
            sentences.insert(text);
        }
        QCOMPARE(sentences.size(), codes);
    }

    void namesPlaceFoundExpectedAndContext()
    {
        const base::Error error { ErrorCode::ValueInvalid, "star.txt line 7", "abc", "a number",
            { "while reading the folder" } };
        QCOMPARE(ui::errorText(error),
            QString("star.txt line 7: A value cannot be used: found abc, expected a number (while "
                    "reading the folder)"));
    }

    void leavesOutWhatIsEmpty()
    {
        QCOMPARE(ui::errorText({ ErrorCode::Cancelled, {}, {}, {}, {} }), QString("Cancelled"));
        QCOMPARE(ui::errorText({ ErrorCode::FileEmpty, "a.txt", {}, {}, {} }),
            QString("a.txt: The file is empty"));
    }
};

QTEST_MAIN(TestErrorText)
#include "tst_error_text.moc"
