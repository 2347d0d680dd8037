#include "core/store/where.h"

#include "tests/support/store_files.h"
#include "tests/support/test_data.h"

using namespace maury;
using base::ErrorCode;
using Rows = std::vector<std::uint64_t>;

class TestWhere : public QObject {
    Q_OBJECT

    test::TemporaryFolder m_folder;
    store::StorePtr m_store;

    Rows rows(const std::string& condition)
    {
        const auto where = store::Where::parse(condition);
        if (!where) {
            qWarning("%s", base::describe(where.error()).c_str());
            return { 999 };
        }
        return where->rows(*m_store).value();
    }
    std::string refusal(const std::string& condition)
    {
        const auto where = store::Where::parse(condition);
        return where || where.error().code != ErrorCode::OptionInvalid
            ? std::string()
            : base::describe(where.error());
    }

private slots:
    void initTestCase()
    {
        test::writeNativeStore(m_folder / "s.h5", 12);
        m_store = store::Store::open(m_folder / "s.h5").value();
    }

    void conditions_data()
    {
        QTest::addColumn<QString>("condition");
        QTest::addColumn<QList<int>>("expected");
        const auto add = [](const char* condition, const QList<int>& expected) {
            QTest::newRow(condition) << condition << expected;
        };
        add("", { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 });
        add("survey = galah", { 1, 4, 7, 10 });
        add("Survey==GALAH", { 1, 4, 7, 10 });
        add("survey=galah and velocity > -46", { 7, 10 });
        add("velocity_kms >= -40 or row = 2", { 2, 5, 8, 10, 11 });
        add("not survey = galah and not survey=apogee", { 2, 5, 8, 11 });
        add("survey = none", { 2, 5, 8, 11 });
        add("ra = none", { 1, 3, 5, 7, 9, 11 });
        add("ra != none and ra < 0.003", { 0, 2 });
        add("dec > -29.9985", { 4, 6, 8, 10 });
        add("type = \"A0 V\"", { 0, 4, 8 });
        add("type ~ k3 and type !~ v", { 1, 2, 3, 5, 6, 7, 9, 10, 11 });
        add("(object = \"star 1\" or object = \"star 2\") and survey != galah", { 2 });
        add("\"star 11\"", { 11 });
        add("a0 star", { 0, 4, 8 });
        add("recipe > 0", {});
    }
    void conditions()
    {
        QFETCH(QString, condition);
        QFETCH(QList<int>, expected);
        const Rows found = rows(condition.toStdString());
        QCOMPARE(QList<int>(found.begin(), found.end()), expected);
    }

    void whatCannotBeUnderstoodIsSaid()
    {
        const auto says = [this](const std::string& condition, const std::string& part) {
            return refusal(condition).find(part) != std::string::npos;
        };
        QVERIFY(says("colour = red", "column colour"));
        QVERIFY(says("colour = red", "wavelength_min"));
        QVERIFY(says("snr > ", "the end"));
        QVERIFY(says("snr > high", "snr > high"));
        QVERIFY(says("snr > none", "snr > none"));
        QVERIFY(says("snr ~ 5", "snr ~ 5"));
        QVERIFY(says("survey < galah", "survey <"));
        QVERIFY(says("(snr > 5", "expected )"));
        QVERIFY(says("snr > 5)", "found )"));
        QVERIFY(says("snr => 5", "snr => 5"));
        QVERIFY(says("type = \"A0", "a closing"));
        QVERIFY(says("and", "the end") || says("= 5", "the name of a column"));
        QVERIFY(says(std::string(5000, '('), "nested"));
    }

    void rowsAreSorted()
    {
        const auto order = [this](Rows given, const char* column, bool descending) {
            return store::sorted(*m_store, std::move(given), column, descending).value();
        };
        QCOMPARE(order({ 3, 1, 2, 0 }, "velocity_kms", false), (Rows { 0, 1, 2, 3 }));
        QCOMPARE(order({ 3, 1, 2, 0 }, "velocity_kms", true), (Rows { 3, 2, 1, 0 }));
        QCOMPARE(order({ 5, 4, 3, 2 }, "ra_deg", true), (Rows { 4, 2, 5, 3 }));
        QCOMPARE(order({ 0, 1, 2, 3 }, "survey", false), (Rows { 0, 3, 1, 2 }));
    }
};

QTEST_GUILESS_MAIN(TestWhere)
#include "tst_where.moc"
