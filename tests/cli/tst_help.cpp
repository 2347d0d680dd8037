#include "tests/support/cli.h"

#include <QRegularExpression>
#include <QTest>

using namespace maury::test;

namespace {

/// The verbs that the program's own help lists.
QStringList verbsOf(const QStringList& command)
{
    const QString help = runCli(command + QStringList { "--help" }).out;
    QStringList verbs;
    const QRegularExpression line("^  ([a-z]+) +[^ ]");
    for (const QString& text : help.section("Subcommands:", 1).split('\n'))
        if (const auto match = line.match(text); match.hasMatch())
            verbs << match.captured(1);
    return verbs;
}

} // namespace

class TestHelp : public QObject {
    Q_OBJECT
private slots:
    void everyLevelHasHelp()
    {
        const QStringList verbs = verbsOf({});
        for (const char* verb : { "atlas", "backends", "export", "inspect", "lines" })
            QVERIFY2(verbs.contains(verb), verb);
        for (const QString& verb : verbs) {
            QStringList commands { verb };
            for (const QString& subverb : verbsOf({ verb }))
                commands << verb + " " + subverb;
            for (const QString& command : commands) {
                const auto result = runCli(command.split(' ') + QStringList { "--help" });
                QVERIFY2(result.status == 0, qPrintable(command));
                QVERIFY2(result.out.contains("Usage:"), qPrintable(command));
                QVERIFY2(result.err.isEmpty(), qPrintable(command));
            }
        }
    }

    void unknownOptionsAreWrongUsageEverywhere()
    {
        for (const QString& verb : verbsOf({})) {
            const auto result = runCli({ verb, "--no-such-option" });
            QVERIFY2(result.status == 2, qPrintable(verb));
            QVERIFY2(result.out.isEmpty(), qPrintable(verb));
            QVERIFY2(!result.err.isEmpty(), qPrintable(verb));
        }
    }

    void withoutAVerb()
    {
        const auto nothing = runCli({});
        QCOMPARE(nothing.status, 2);
        const auto unknown = runCli({ "frobnicate" });
        QCOMPARE(unknown.status, 2);
        QVERIFY(unknown.err.contains("frobnicate"));
        const auto version = runCli({ "--version" });
        QCOMPARE(version.status, 0);
        QVERIFY(version.out.startsWith("maury-cli "));
    }
};

QTEST_GUILESS_MAIN(TestHelp)
#include "tst_help.moc"
