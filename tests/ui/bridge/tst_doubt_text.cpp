#include "ui/bridge/doubt_text.h"

#include "tests/ui/support/ui_test.h"

#include <QTest>

using namespace maury;
using classify::Doubt;
using classify::DoubtCode;

namespace {

/// A doubt with every number that any of them has.
Doubt doubtOf(DoubtCode code)
{
    Doubt doubt;
    doubt.code = code;
    doubt.name = "t160l50p00";
    for (const char* name : { "missing_percent", "from_angstrom", "to_angstrom",
             "longest_from_angstrom", "longest_to_angstrom", "velocity_kms", "signal_to_noise",
             "trained", "lowest", "highest", "lowest_limit", "highest_limit", "level",
             "offset_limit", "slope", "curvature", "slope_limit", "curvature_limit",
             "fwhm_angstrom", "limit_angstrom", "percent", "limit_percent", "distance", "pixels",
             "share_percent", "angstrom", "wavelength_angstrom", "height", "strength_percent",
             "least_percent", "hgamma_angstrom", "least_angstrom", "redshift", "correlation" })
        doubt.values.emplace_back(name, 12.0);
    return doubt;
}

} // namespace

class TestDoubtText : public test::UiTest {
    Q_OBJECT
private slots:
    void everyCodeHasItsOwnSentence()
    {
        QStringList texts;
        for (int code = 0; code <= static_cast<int>(DoubtCode::PerhapsAir); ++code) {
            const QString text = ui::doubtText(doubtOf(static_cast<DoubtCode>(code)));
            const char* name = classify::toString(static_cast<DoubtCode>(code));
            QVERIFY2(text.size() > 10, name);
            QVERIFY2(!text.contains('%' + QString::number(1)), name); // nothing left to fill in
            QVERIFY2(!texts.contains(text), name);
            texts.append(text);
        }
    }

    void numbersStandInTheSentence()
    {
        const Doubt far { DoubtCode::FarShifted,
            { { "redshift", 0.1234 }, { "velocity_kms", 34000.0 }, { "correlation", 0.9 } }, {} };
        const QString text = ui::doubtText(far);
        QVERIFY2(text.contains("0.1234") && text.contains("+34,000 km/s"), qPrintable(text));
        const auto conformity = classify::conformityOf({ { far, "far" }, { far, "far" } });
        QCOMPARE(ui::doubtTexts(conformity), QStringList({ text, text }));
    }
};

QTEST_MAIN(TestDoubtText)
#include "tst_doubt_text.moc"
