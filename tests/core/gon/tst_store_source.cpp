#include "core/gon/store_source.h"

#include "tests/support/store_files.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <cmath>

using namespace maury;
using namespace maury::gon;
using test::TemporaryFolder;

class TestStoreSource : public QObject {
    Q_OBJECT
private slots:
    // Stars 0 … 5 of test::storedGridded(): segments of 60 pixels from 80 + star % 5 on and, of odd
    // stars, of 50 from 280 + star % 5 on, of which the first three are bad.
    void spectraLieOnThePixelsOfTheStore()
    {
        const TemporaryFolder folder;
        test::writeGriddedStore(folder / "s.h5", 6);
        const auto opened = store::Store::open(folder / "s.h5");
        QVERIFY_RESULT(opened);
        const auto set = storeSet(**opened, { 0, 1, 2, 3, 4, 5 });
        QVERIFY_RESULT(set);
        QVERIFY_RESULT(check(*set));
        QCOMPARE(set->spectra(), std::size_t { 6 });
        const store::StoreGrid grid = test::storedGrid();
        std::size_t first = 0; // pixel of the grid
        while (grid.wavelength(first) < set->wavelengthAngstrom.front())
            ++first;
        QVERIFY(first <= 80 && first + set->pixels() >= 283 + 50);
        QCOMPARE(set->wavelengthAngstrom.front(), grid.wavelength(first));
        const auto column
            = [first](std::size_t pixel) { return static_cast<Eigen::Index>(pixel - first); };
        QCOMPARE(set->stars[3], std::string("star 3"));
        QCOMPARE(set->types[4], std::string("A0 V"));
        QVERIFY(std::abs(set->label(kLuminosityLabel)->values[4] - 5.0) < 1e-12);
        QCOMPARE(usablePixels(*set, 1), std::size_t { 57 + 47 });
        QCOMPARE(usablePixels(*set, 2), std::size_t { 57 });
        // Star 2 begins at pixel 82 and is not rectified: its flux is 1 + 0.01 (i + 2), its median
        // over the good pixels 3 … 59 that of i = 31.
        const auto good = column(82 + 10);
        QVERIFY(std::abs(set->flux(2, good) - 1.12F / 1.33F) < 1e-6F);
        QVERIFY(std::abs(set->ivar(2, good) / (400.0F * 1.33F * 1.33F) - 1.0F) < 1e-5F);
        QCOMPARE(set->ivar(2, column(82)), 0.0F); // bad
        QCOMPARE(set->ivar(2, column(200)), 0.0F); // in the gap between the segments
    }

    // Whichever spectra of a survey are chosen: what is trained on some fits the others.
    void pixelsAreThoseOfTheSurvey()
    {
        const TemporaryFolder folder;
        test::writeGriddedStore(folder / "s.h5", 6);
        const auto opened = store::Store::open(folder / "s.h5");
        const auto one = storeSet(**opened, { 1 });
        const auto both = storeSet(**opened, { 1, 4 });
        QVERIFY_RESULT(one);
        QVERIFY_RESULT(both);
        QCOMPARE(one->wavelengthAngstrom, both->wavelengthAngstrom);
    }

    // Stars 0 and 5 have no errors: a straight line has no noise, so nothing is known of them.
    void withoutErrorsTheNoiseOfThePixelsCounts()
    {
        const TemporaryFolder folder;
        const auto file = folder / "s.h5";
        auto writer = store::StoreWriter::create(file, test::storedGrid());
        QVERIFY_RESULT(writer);
        store::GriddedSpectrum star = test::storedGridded(0);
        for (std::size_t i = 0; i < star.segments[0].flux.size(); ++i)
            star.segments[0].flux[i] = 1.0F + (i % 2 == 0 ? 0.01F : -0.01F);
        star.segments[0].rectified = true;
        QVERIFY_RESULT(writer->add(star, "{}"));
        QVERIFY_RESULT(writer->flush());
        const auto opened = store::Store::open(file);
        const auto set = storeSet(**opened, { 0 });
        QVERIFY_RESULT(set);
        QCOMPARE(usablePixels(*set, 0), std::size_t { 57 });
        const double sigma = 1.0 / std::sqrt(static_cast<double>(set->ivar.maxCoeff()));
        QVERIFY2(sigma > 0.01 && sigma < 0.05, qPrintable(QString::number(sigma)));
    }

    void refusesWhatIsOnNoGrid()
    {
        const TemporaryFolder folder;
        test::writeNativeStore(folder / "n.h5", 3);
        test::writeGriddedStore(folder / "g.h5", 3);
        const auto native = store::Store::open(folder / "n.h5");
        const auto refused = storeSet(**native, { 0, 1 });
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, base::ErrorCode::OptionInvalid);
        const auto gridded = store::Store::open(folder / "g.h5");
        QCOMPARE(storeSet(**gridded, {}).error().code, base::ErrorCode::OptionInvalid);
        QVERIFY(!storeSet(**gridded, { 7 }));
    }
};

QTEST_GUILESS_MAIN(TestStoreSource)
#include "tst_store_source.moc"
