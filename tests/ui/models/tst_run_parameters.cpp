#include "tests/ui/support/ui_test.h"
#include "ui/models/run_parameters.h"

#include <set>

using namespace maury;

class tst_RunParameters : public test::UiTest {
    Q_OBJECT
private slots:
    void everyNumberGoesInAndComesOut()
    {
        std::set<std::string> ids;
        for (const auto& parameter : ui::runParameters()) {
            QVERIFY(ids.insert(parameter.id).second);
            const train::TrainingConfig paper;
            QCOMPARE(parameter.get(paper), parameter.spec.paper);
            train::TrainingConfig changed;
            parameter.set(changed, 3.0);
            QCOMPARE(parameter.get(changed), 3.0);
            // One setting never moves another.
            for (const auto& other : ui::runParameters())
                if (other.id != parameter.id)
                    QCOMPARE(other.get(changed), other.get(paper));
            QVERIFY(!parameter.spec.logarithmic || parameter.spec.low > 0.0);
            QVERIFY(parameter.spec.paper <= parameter.spec.high);
        }
    }

    void thePaperCanRun() { QVERIFY_RESULT(train::validate(train::TrainingConfig {})); }

    void layers()
    {
        const auto read = ui::layersFromText(" 768, 256;64 ");
        QVERIFY_RESULT(read);
        QCOMPARE(*read, (std::vector<int> { 768, 256, 64 }));
        QCOMPARE(ui::layersToText(*read), "768, 256, 64");
        QVERIFY(ui::layersFromText("")->empty());
        const auto bad = ui::layersFromText("768, many");
        QVERIFY(!bad);
        QCOMPARE(bad.error().found, "\"many\"");
    }

    void labels()
    {
        QCOMPARE(ui::parameterLabel("lr"), "Learning rate");
        QCOMPARE(ui::parameterLabel("of the future"), "of the future");
    }
};

QTEST_MAIN(tst_RunParameters)
#include "tst_run_parameters.moc"
