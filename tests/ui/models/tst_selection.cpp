#include "ui/models/selection.h"

#include "tests/ui/support/ui_test.h"

#include <QSignalSpy>

using namespace maury;

class TestSelection : public test::UiTest {
    Q_OBJECT
private slots:
    void tellsChangesOnly()
    {
        ui::Selection selection;
        QCOMPARE(selection.spectrum(), ui::kNoSpectrum);
        QSignalSpy spectrum(&selection, &ui::Selection::spectrumChanged);
        QSignalSpy standards(&selection, &ui::Selection::standardsChanged);
        selection.setSpectrum(3);
        selection.setSpectrum(3);
        selection.setStandards({ 4, 5 });
        selection.setStandards({ 4, 5 });
        selection.setStandards({ 5, 4 });
        QCOMPARE(spectrum.size(), 1);
        QCOMPARE(spectrum.first().first().value<ui::SpectrumId>(), 3);
        QCOMPARE(standards.size(), 2);
        QCOMPARE(selection.standards(), (QList<int> { 5, 4 }));
    }
};

QTEST_MAIN(TestSelection)
#include "tst_selection.moc"
