// Labels that were swapped among the standards of real atlases are found again.

#include "core/explain/label_suspicion.h"
#include "tests/support/planted_swaps.h"
#include "tests/support/test_data.h"

#include <QTest>

using namespace maury;
using namespace maury::explain;

namespace {

/// Plants 5 % swapped labels and demands four fifths of them among the most suspect tenth.
void findPlanted(const robust::Library& library)
{
    const auto planted = test::plantSwaps(*library.atlas, 0.05, 1);
    const auto backend = train::createBackend("cpu", 2);
    QVERIFY_RESULT(backend);
    SuspicionSettings settings; // the user's: smaller networks miss one label in twelve
    settings.training.threads = 2;
    const auto ranked
        = suspectLabels({ planted.atlas, library.fwhmAngstrom }, settings, **backend);
    QVERIFY_RESULT(ranked);
    QVERIFY(planted.stars.size() >= 4);
    std::size_t found = 0;
    for (std::size_t i = 0; i < ranked->size() / 10; ++i)
        found += planted.stars.contains((*ranked)[i].star) ? 1 : 0;
    QVERIFY2(static_cast<double>(found) >= 0.8 * static_cast<double>(planted.stars.size()),
        qPrintable(QString("%1 of %2 among the first %3")
                       .arg(found)
                       .arg(planted.stars.size())
                       .arg(ranked->size() / 10)));
}

} // namespace

class TestSuspectStandards : public QObject {
    Q_OBJECT
private slots:
    void ofTheBuiltinAtlas()
    {
        const auto library = robust::openTrainingLibrary("builtin");
        if (!library)
            QSKIP("no built-in atlas in this build");
        findPlanted(*library);
    }

    void ofTheLibraryOfMkclass()
    {
        REQUIRE_TEST_DATA();
        const auto library
            = robust::openTrainingLibrary((test::dataFolder() / "mkclass/libr18").string());
        QVERIFY_RESULT(library);
        findPlanted(*library);
    }
};

QTEST_GUILESS_MAIN(TestSuspectStandards)
#include "tst_suspect_standards.moc"
