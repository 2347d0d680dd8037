#include "core/store/store.h"

#include "tests/support/file_size_limit.h"
#include "tests/support/store_files.h"
#include "tests/support/test_data.h"

#include <cmath>
#include <fstream>
#include <iterator>

using namespace maury;
using base::ErrorCode;
using store::Store;
using store::StoreWriter;

namespace {

std::string bytesOf(const std::filesystem::path& file)
{
    std::ifstream stream(file, std::ios::binary);
    return { std::istreambuf_iterator<char>(stream), {} };
}

bool same(const spectrum::Segment& a, const spectrum::Segment& b)
{
    return a.wavelengthAngstrom == b.wavelengthAngstrom && a.flux == b.flux && a.ivar == b.ivar
        && a.mask == b.mask && a.medium == b.medium && a.frame == b.frame
        && a.rectified == b.rectified && a.fluxUnit == b.fluxUnit
        && a.resolvingPower == b.resolvingPower && a.origin == b.origin;
}

bool same(const spectrum::Spectrum& a, const spectrum::Spectrum& b)
{
    if (a.segments.size() != b.segments.size())
        return false;
    for (std::size_t i = 0; i < a.segments.size(); ++i)
        if (!same(a.segments[i], b.segments[i]))
            return false;
    return a.object == b.object && a.raDeg == b.raDeg && a.decDeg == b.decDeg
        && a.radialVelocityKms == b.radialVelocityKms
        && a.barycentricCorrectionKms == b.barycentricCorrectionKms
        && a.spectralType == b.spectralType && a.format == b.format && a.file == b.file
        && a.moreFiles == b.moreFiles && a.row == b.row && a.rows == b.rows
        && a.warnings == b.warnings;
}

/// Everything in a store is what was put in; nothing is said of what could not be read.
base::Result<bool> holds(const std::filesystem::path& file, std::uint64_t count)
{
    const auto opened = Store::open(file);
    if (!opened)
        return base::Unexpected(opened.error());
    if ((*opened)->size() != count)
        return false;
    for (std::uint64_t i = 0; i < count; ++i) {
        const auto star = (*opened)->spectrum(i);
        if (!star)
            return base::Unexpected(star.error());
        if (!same(**star, *test::storedSpectrum(i)))
            return false;
    }
    return true;
}

} // namespace

class TestStore : public QObject {
    Q_OBJECT
private slots:
    void spectraComeBackAsTheyWere()
    {
        const test::TemporaryFolder folder;
        test::writeNativeStore(folder / "s.h5", 25);
        const auto held = holds(folder / "s.h5", 25);
        QVERIFY_RESULT(held);
        QVERIFY(*held);
        QVERIFY(Store::isStore(folder / "s.h5"));
        QVERIFY(!Store::isStore(folder.write("t", "text")) && !Store::isStore(folder / "none"));
        const auto opened = Store::open(folder / "s.h5");
        QVERIFY_RESULT(opened);
        QVERIFY((*opened)->kind() == store::StoreKind::Native && !(*opened)->grid());
        QVERIFY_RESULT((*opened)->verify());
        const auto beyond = (*opened)->spectrum(25);
        QVERIFY(!beyond && beyond.error().code == ErrorCode::OptionInvalid);
        QCOMPARE((*opened)->runs().value().size(), std::size_t(1));
    }

    void anEmptyStoreIsOne()
    {
        const test::TemporaryFolder folder;
        test::writeNativeStore(folder / "s.h5", 0);
        const auto opened = Store::open(folder / "s.h5");
        QVERIFY_RESULT(opened);
        QCOMPARE((*opened)->size(), std::uint64_t(0));
        QVERIFY((*opened)->entries(0, 0).value().empty());
        QVERIFY((*opened)->texts("object").value().empty());
        QVERIFY(!(*opened)->spectrum(0));
    }

    void theCatalogueIsReadByRowsAndColumns()
    {
        const test::TemporaryFolder folder;
        test::writeNativeStore(folder / "s.h5", 30);
        const auto opened = Store::open(folder / "s.h5");
        QVERIFY_RESULT(opened);
        const auto entries = (*opened)->entries(10, 5);
        QVERIFY_RESULT(entries);
        QCOMPARE(entries->size(), std::size_t(5));
        const store::Entry& twelve = (*entries)[2];
        QCOMPARE(twelve.object, std::string("star 12"));
        QCOMPARE(twelve.survey, std::string("apogee"));
        QCOMPARE(twelve.medium, std::string("vacuum"));
        QCOMPARE(twelve.notices, std::string("medium assumed\ngrößer"));
        QCOMPARE(twelve.raDeg, 0.012);
        QCOMPARE(twelve.pixels, 70.0);
        QCOMPARE(twelve.goodPixels, 69.0);
        QCOMPARE(twelve.segments, 2.0);
        QCOMPARE(twelve.wavelengthMin, 4000.0);
        QCOMPARE(twelve.wavelengthMax, 5014.5);
        QCOMPARE(twelve.resolvingPower, 22500.0);
        // Pixels 0 … 39 without the masked one, flux rising: the median is the 20th of 39.
        const auto star = test::storedSpectrum(12);
        const auto& first = star->segments[0];
        QCOMPARE(twelve.snr, first.flux[20] * std::sqrt(first.ivar[20]));
        QVERIFY(std::isnan((*entries)[1].raDeg) && std::isnan(twelve.recipe));
        QCOMPARE((*opened)->texts("survey").value()[13], std::string("galah"));
        QCOMPARE((*opened)->numbers("velocity_kms").value()[7], -43.0);
    }

    void storesGrow()
    {
        const test::TemporaryFolder folder;
        test::writeNativeStore(folder / "s.h5", 3);
        for (std::uint64_t at = 3; at < 60; at += 19) {
            auto writer = StoreWriter::append(folder / "s.h5");
            QVERIFY_RESULT(writer);
            QCOMPARE(writer->size(), at);
            for (std::uint64_t i = at; i < at + 19; ++i)
                QVERIFY_RESULT(writer->add(
                    test::storedSpectrum(i), store::entryOf(*test::storedSpectrum(i))));
            QVERIFY_RESULT(writer->flush());
        }
        const auto held = holds(folder / "s.h5", 60);
        QVERIFY_RESULT(held);
        QVERIFY(*held);
        const auto opened = Store::open(folder / "s.h5");
        QCOMPARE((*opened)->generation(), std::uint64_t(4));
        QCOMPARE((*opened)->runs().value().size(), std::size_t(4));
    }

    void wavelengthsThatAreSharedAreKeptOnce()
    {
        const test::TemporaryFolder folder;
        test::writeNativeStore(folder / "few.h5", 1);
        test::writeNativeStore(folder / "many.h5", 200);
        const auto few = std::filesystem::file_size(folder / "few.h5");
        const auto many = std::filesystem::file_size(folder / "many.h5");
        // 199 more stars of 70 pixels of 8 bytes for the flux alone: wavelengths would double it.
        QVERIFY2(many - few < 199 * 70 * 8 * 2, qPrintable(QString::number(many - few)));
    }

    void regriddedSpectraComeBackAsTheyWere()
    {
        const test::TemporaryFolder folder;
        test::writeGriddedStore(folder / "g.h5", 40);
        const auto opened = Store::open(folder / "g.h5");
        QVERIFY_RESULT(opened);
        QVERIFY((*opened)->kind() == store::StoreKind::Gridded);
        QVERIFY(*(*opened)->grid() == test::storedGrid());
        for (std::uint64_t i = 0; i < 40; ++i) {
            const auto star = (*opened)->gridded(i);
            QVERIFY_RESULT(star);
            const auto expected = test::storedGridded(i);
            QVERIFY(star->segments == expected.segments);
            QVERIFY(star->frame == spectrum::Frame::Rest);
            QCOMPARE(star->entry.object, expected.entry.object);
            QCOMPARE(star->entry.segments, static_cast<double>(expected.segments.size()));
            QCOMPARE(star->entry.recipe, 0.0);
        }
        QCOMPARE((*opened)->recipes().value(), std::vector<std::string> { "{\"recipe\":1}" });
        // As segments: three pixels of each are bad, three tell that they were touched.
        const auto star = (*opened)->spectrum(1);
        QVERIFY_RESULT(star);
        const auto& segment = (*star)->segments.front();
        QCOMPARE(segment.goodPixels(), std::size_t(57));
        QCOMPARE(segment.mask[4], spectrum::mask::kSuspect);
        QCOMPARE(segment.ivar[0], 0.0);
        QCOMPARE(segment.ivar[10], 400.0);
        QCOMPARE(segment.wavelengthAngstrom[0], 5000.0 * std::exp(1e-4 * 81));
        QVERIFY((*opened)->spectrum(5).value()->segments.front().ivar.empty());
    }

    // Segments of a survey share a block although velocities move them by a few pixels.
    void theCoverageIndexKnowsWhoIsWhere()
    {
        const test::TemporaryFolder folder;
        test::writeGriddedStore(folder / "g.h5", 30);
        const auto opened = Store::open(folder / "g.h5");
        QVERIFY_RESULT(opened);
        const auto coverage = (*opened)->coverage();
        QCOMPARE(coverage.size(), std::size_t(6)); // two for each of three surveys
        std::uint64_t rows = 0;
        for (std::size_t block = 0; block < coverage.size(); ++block) {
            rows += coverage[block].rows;
            const auto spectra = (*opened)->spectraOf(block);
            QVERIFY_RESULT(spectra);
            QCOMPARE(spectra->size(), coverage[block].rows);
            for (const std::uint64_t star : *spectra)
                QCOMPARE((*opened)->entry(star).value().survey, coverage[block].survey);
        }
        QCOMPARE(rows, std::uint64_t(30 + 15));
    }

    void griddedStoresGrow()
    {
        const test::TemporaryFolder folder;
        test::writeGriddedStore(folder / "g.h5", 7);
        auto writer = StoreWriter::append(folder / "g.h5");
        QVERIFY_RESULT(writer);
        QVERIFY(writer->grid() == test::storedGrid());
        for (std::uint64_t i = 7; i < 20; ++i)
            QVERIFY_RESULT(
                writer->add(test::storedGridded(i), i == 19 ? "{\"recipe\":2}" : "{\"recipe\":1}"));
        QVERIFY_RESULT(writer->flush());
        const auto opened = Store::open(folder / "g.h5");
        QVERIFY_RESULT(opened);
        for (std::uint64_t i = 0; i < 20; ++i)
            QVERIFY((*opened)->gridded(i).value().segments == test::storedGridded(i).segments);
        QCOMPARE((*opened)->entry(19).value().recipe, 1.0);
        QCOMPARE((*opened)->recipes().value().size(), std::size_t(2));
        QCOMPARE((*opened)->coverage().size(), std::size_t(6));
    }

    void whatDoesNotReachTheGridIsRefused()
    {
        const test::TemporaryFolder folder;
        auto writer = StoreWriter::create(folder / "g.h5", test::storedGrid());
        QVERIFY_RESULT(writer);
        auto star = test::storedGridded(1);
        star.segments.clear();
        const auto added = writer->add(std::move(star), {});
        QVERIFY(!added && added.error().code == ErrorCode::ValueInvalid);
    }

    void aFullDiskLeavesTheStoreAsItWas()
    {
        const test::TemporaryFolder folder;
        test::writeNativeStore(folder / "s.h5", 10);
        const std::string before = bytesOf(folder / "s.h5");
        auto writer = StoreWriter::append(folder / "s.h5");
        QVERIFY_RESULT(writer);
        for (std::uint64_t i = 10; i < 500; ++i)
            QVERIFY_RESULT(
                writer->add(test::storedSpectrum(i), store::entryOf(*test::storedSpectrum(i))));
        // From nearly no room to nearly enough: every place where a disk can be full.
        for (const std::uint64_t room : { 0U, 1000U, 4000U, 12'000U }) {
            const test::FileSizeLimit limit(before.size() + room);
            const auto flushed = writer->flush();
            QVERIFY(!flushed && flushed.error().code == ErrorCode::WriteFailed);
            QVERIFY(bytesOf(folder / "s.h5") == before);
            QVERIFY(!std::filesystem::exists(store::journalOf(folder / "s.h5")));
        }
        QVERIFY_RESULT(writer->flush()); // nothing that waited was lost
        const auto held = holds(folder / "s.h5", 500);
        QVERIFY_RESULT(held);
        QVERIFY(*held);
    }

    // A byte that changes anywhere gives an error or, where nobody looked, changes nothing.
    void damagedStoresAreRefused()
    {
        const test::TemporaryFolder folder;
        test::writeNativeStore(folder / "s.h5", 40);
        const std::string whole = bytesOf(folder / "s.h5");
        int refused = 0;
        for (std::size_t at = 0; at < whole.size(); at += 2003) {
            std::string damaged = whole;
            damaged[at] = static_cast<char>(damaged[at] ^ 0x41);
            const auto held = holds(folder.write("d.h5", damaged), 40);
            QVERIFY2(!held || *held, qPrintable(QString("byte %1 gave other values").arg(at)));
            refused += held ? 0 : 1;
            const auto opened = Store::open(folder / "d.h5");
            QVERIFY(!opened || !(*opened)->verify());
        }
        QVERIFY(refused > 10);
        for (std::size_t size = 0; size < whole.size(); size += 3001)
            QVERIFY(!Store::open(folder.write("t.h5", whole.substr(0, size))));
        const auto damaged = [&] {
            std::string bytes = whole;
            char& byte = bytes[store::SealedHead::kBytes + 1000];
            byte = static_cast<char>(byte ^ 1);
            return folder.write("d.h5", bytes);
        }();
        const auto opened = Store::open(damaged);
        const auto error = opened ? (*opened)->verify().error() : opened.error();
        QVERIFY(error.code == ErrorCode::FileDamaged);
        QVERIFY2(base::describe(error).find("d.h5: bytes ") != std::string::npos,
            base::describe(error).c_str());
    }

    void otherFilesAreNamedForWhatTheyAre()
    {
        const test::TemporaryFolder folder;
        const auto code
            = [](const std::filesystem::path& file) { return Store::open(file).error().code; };
        QVERIFY(code(folder.write("a.h5", "text")) == ErrorCode::FormatUnknown);
        QVERIFY(code(folder.path()) == ErrorCode::FileUnreadable);
        QVERIFY(code(folder / "none") == ErrorCode::FileMissing);
        QVERIFY_RESULT(io::writeHdf5(folder / "model.h5", { "maury-model", 1 },
            [](io::Hdf5Group& root) { return root.setAttribute("a", "b"); }));
        QVERIFY(code(folder / "model.h5") == ErrorCode::FormatUnknown);
    }

    void partsOfStoresAreStores()
    {
        const test::TemporaryFolder folder;
        test::writeNativeStore(folder / "s.h5", 20);
        const auto whole = Store::open(folder / "s.h5");
        QVERIFY_RESULT(whole);
        QVERIFY_RESULT(store::writeSubset(**whole, { 17, 3, 4 }, folder / "part.h5"));
        const auto part = Store::open(folder / "part.h5");
        QVERIFY_RESULT(part);
        QCOMPARE((*part)->size(), std::uint64_t(3));
        QVERIFY(same(*(*part)->spectrum(0).value(), *test::storedSpectrum(17)));
        QVERIFY(same(*(*part)->spectrum(2).value(), *test::storedSpectrum(4)));
        const auto itself = store::writeSubset(**whole, { 1 }, folder / "s.h5");
        QVERIFY(!itself && itself.error().code == ErrorCode::OptionInvalid);
        const auto ended = store::writeSubset(
            **whole, { 1, 2, 3 }, folder / "ended.h5", [](std::size_t done) { return done < 2; });
        QVERIFY(!ended && ended.error().code == ErrorCode::Cancelled);
        QVERIFY(!std::filesystem::exists(folder / "ended.h5"));

        test::writeGriddedStore(folder / "g.h5", 20);
        const auto gridded = Store::open(folder / "g.h5");
        QVERIFY_RESULT(store::writeSubset(**gridded, { 11, 2 }, folder / "gpart.h5"));
        const auto gpart = Store::open(folder / "gpart.h5");
        QVERIFY_RESULT(gpart);
        QVERIFY((*gpart)->gridded(0).value().segments == test::storedGridded(11).segments);
        QCOMPARE((*gpart)->entry(1).value().recipe, 0.0);
    }
};

QTEST_GUILESS_MAIN(TestStore)
#include "tst_store.moc"
