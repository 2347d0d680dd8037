#include "core/io/hdf5_file.h"

#include "tests/support/file_size_limit.h"
#include "tests/support/test_data.h"

#include <hdf5.h>

#include <fstream>
#include <iterator>
#include <numeric>

using namespace maury;
using base::ErrorCode;
using base::Result;
using io::Hdf5Group;

namespace {

const io::Hdf5Format kFormat { "maury-test", 3 };

std::vector<float> ramp(std::size_t count)
{
    std::vector<float> values(count);
    std::iota(values.begin(), values.end(), 0.5F);
    return values;
}

/// Two groups, attributes of each kind, texts, a compressed and a plain array.
Result<void> fillSmall(Hdf5Group& root)
{
    const std::vector<float> values = ramp(600);
    const std::vector<std::uint16_t> labels { 0, 1, 65535 };
    if (auto set = root.setAttribute("note", "größer"); !set)
        return set;
    if (auto set = root.setAttribute("epoch", std::int64_t(-7)); !set)
        return set;
    if (auto set = root.setAttribute("rate", 0.01); !set)
        return set;
    if (auto set = root.writeArray<float>("flux", values, { 6, 100 }, { 4 }); !set)
        return set;
    auto group = root.createGroup("labels");
    if (!group)
        return base::Unexpected(group.error());
    if (auto set = group->writeArray<std::uint16_t>("sc", labels, { 3 }); !set)
        return set;
    return group->writeTexts("names", { "O9", "", "B0.5 IV" });
}

std::string contents(const std::filesystem::path& file)
{
    std::ifstream stream(file, std::ios::binary);
    return { std::istreambuf_iterator<char>(stream), {} };
}

auto filesIn(const test::TemporaryFolder& folder)
{
    return std::distance(std::filesystem::directory_iterator(folder.path()), {});
}

/// All that fillSmall() wrote is read back unchanged, or there is an error.
Result<bool> readsAsWritten(const std::filesystem::path& file)
{
    auto root = io::openHdf5(file, kFormat);
    if (!root)
        return base::Unexpected(root.error());
    const auto flux = root->readArray<float>("flux");
    if (!flux)
        return base::Unexpected(flux.error());
    const auto group = root->group("labels");
    if (!group)
        return base::Unexpected(group.error());
    const auto labels = group->readArray<std::uint16_t>("sc");
    if (!labels)
        return base::Unexpected(labels.error());
    const auto names = group->readTexts("names");
    if (!names)
        return base::Unexpected(names.error());
    const auto note = root->textAttribute("note");
    if (!note)
        return base::Unexpected(note.error());
    return flux->values == ramp(600) && flux->shape == std::vector<std::size_t> { 6, 100 }
    && labels->values == std::vector<std::uint16_t> { 0, 1, 65535 }
    && *names == std::vector<std::string> { "O9", "", "B0.5 IV" } && *note == "größer";
}

} // namespace

class TestHdf5File : public QObject {
    Q_OBJECT
private slots:
    void roundTrip()
    {
        const test::TemporaryFolder folder;
        const auto file = folder / "a.h5";
        QVERIFY_RESULT(io::writeHdf5(file, kFormat, fillSmall));
        const auto same = readsAsWritten(file);
        QVERIFY_RESULT(same);
        QVERIFY(*same);
        const auto root = io::openHdf5(file, kFormat);
        QVERIFY_RESULT(root);
        QCOMPARE(root->integerAttribute("epoch").value(), std::int64_t(-7));
        QCOMPARE(root->realAttribute("rate").value(), 0.01);
        QCOMPARE(root->textAttribute("program_version").value(), std::string(MAURY_VERSION));
        QVERIFY(root->has("flux") && !root->has("wavelength"));
        QCOMPARE(filesIn(folder), 1);
    }

    void theSameContentsGiveTheSameBytes()
    {
        const test::TemporaryFolder folder;
        QVERIFY_RESULT(io::writeHdf5(folder / "a.h5", kFormat, fillSmall));
        QTest::qWait(1100); // HDF5 stamps objects with whole seconds unless told not to
        QVERIFY_RESULT(io::writeHdf5(folder / "b.h5", kFormat, fillSmall));
        QVERIFY(contents(folder / "a.h5") == contents(folder / "b.h5"));
    }

    void largeArraysAreReadInPlace()
    {
        const test::TemporaryFolder folder;
        const std::vector<float> values = ramp(700 * 1600);
        QVERIFY_RESULT(io::writeHdf5(folder / "a.h5", kFormat, [&](Hdf5Group& root) {
            return root.writeArray<float>("flux", values, { 700, 1600 });
        }));
        const auto root = io::openHdf5(folder / "a.h5", kFormat);
        QVERIFY_RESULT(root);
        std::vector<float> read(values.size());
        QVERIFY_RESULT(root->readInto<float>("flux", { 700, 1600 }, read));
        QVERIFY(read == values);
        const auto other = root->readInto<float>("flux", { 1600, 700 }, read);
        QVERIFY(!other && other.error().code == ErrorCode::ValueInvalid);
    }

    void emptyArraysSurvive()
    {
        const test::TemporaryFolder folder;
        QVERIFY_RESULT(io::writeHdf5(folder / "a.h5", kFormat, [](Hdf5Group& root) {
            auto written = root.writeArray<float>("none", {}, { 0, 5 });
            return written ? root.writeTexts("texts", {}) : written;
        }));
        const auto root = io::openHdf5(folder / "a.h5", kFormat);
        QVERIFY_RESULT(root);
        const auto none = root->readArray<float>("none");
        QVERIFY_RESULT(none);
        QCOMPARE(none->shape, (std::vector<std::size_t> { 0, 5 }));
        QVERIFY(root->readTexts("texts").value().empty());
    }

    void wrongNamesAndKindsAreErrors()
    {
        const test::TemporaryFolder folder;
        QVERIFY_RESULT(io::writeHdf5(folder / "a.h5", kFormat, fillSmall));
        const auto root = io::openHdf5(folder / "a.h5", kFormat);
        QVERIFY_RESULT(root);
        QVERIFY(root->readArray<float>("none").error().code == ErrorCode::ValueMissing);
        QVERIFY(root->textAttribute("none").error().code == ErrorCode::ValueMissing);
        QVERIFY(root->group("none").error().code == ErrorCode::ValueMissing);
        QVERIFY(root->textAttribute("rate").error().code == ErrorCode::ValueInvalid);
        QVERIFY(root->integerAttribute("note").error().code == ErrorCode::ValueInvalid);
        QVERIFY(root->readTexts("flux").error().code == ErrorCode::ValueInvalid);
        QVERIFY(root->readArray<float>("labels").error().code == ErrorCode::FileDamaged);
    }

    void otherFormatsAndVersionsAreRefused()
    {
        const test::TemporaryFolder folder;
        QVERIFY_RESULT(io::writeHdf5(folder / "a.h5", kFormat, fillSmall));
        const auto other = io::openHdf5(folder / "a.h5", { "maury-model", 3 });
        QVERIFY(!other && other.error().code == ErrorCode::FormatUnknown);
        const auto older = io::openHdf5(folder / "a.h5", { "maury-test", 2 });
        QVERIFY(!older && older.error().code == ErrorCode::FormatVersion);
        QVERIFY_RESULT(io::openHdf5(folder / "a.h5", { "maury-test", 4 }));
    }

    void whatIsNoHdf5File()
    {
        const test::TemporaryFolder folder;
        const auto code = [&](const std::filesystem::path& file) {
            return io::openHdf5(file, kFormat).error().code;
        };
        QVERIFY(code(folder / "none") == ErrorCode::FileMissing);
        QVERIFY(code(folder.path()) == ErrorCode::FileUnreadable);
        QVERIFY(code(folder.write("empty", "")) == ErrorCode::FileEmpty);
        QVERIFY(code(folder.write("text", "a plain text, not HDF5")) == ErrorCode::FormatUnknown);
    }

    void everyTruncationIsAnError()
    {
        const test::TemporaryFolder folder;
        QVERIFY_RESULT(io::writeHdf5(folder / "a.h5", kFormat, fillSmall));
        const std::string whole = contents(folder / "a.h5");
        for (std::size_t size = 0; size < whole.size(); size += size < 200 ? 1 : 97) {
            const auto read = readsAsWritten(folder.write("b.h5", whole.substr(0, size)));
            QVERIFY2(!read, qPrintable(QString("accepted after %1 bytes").arg(size)));
            QVERIFY(read.error().code == ErrorCode::FileTruncated
                || read.error().code == ErrorCode::FileEmpty);
        }
    }

    // Checksums on metadata and arrays: a damaged byte gives an error or, in unused space, changes
    // nothing.
    void damagedBytesNeverGiveOtherValues()
    {
        const test::TemporaryFolder folder;
        QVERIFY_RESULT(io::writeHdf5(folder / "a.h5", kFormat, fillSmall));
        const std::string whole = contents(folder / "a.h5");
        int noticed = 0;
        for (std::size_t at = 0; at < whole.size(); at += 5) {
            std::string damaged = whole;
            damaged[at] = static_cast<char>(damaged[at] ^ 0x5A);
            const auto read = readsAsWritten(folder.write("b.h5", damaged));
            QVERIFY2(!read || *read, qPrintable(QString("byte %1 goes unnoticed").arg(at)));
            noticed += read ? 0 : 1;
        }
        QVERIFY(noticed > 100);
    }

    // Groups that hold themselves, links that lead round in circles and out of the file.
    void cyclesAreErrors_data()
    {
        QTest::addColumn<QString>("kind");
        for (const char* kind : { "itself", "each other", "root", "other file" })
            QTest::newRow(kind) << kind;
    }
    void cyclesAreErrors()
    {
        QFETCH(QString, kind);
        const test::TemporaryFolder folder;
        const auto file = folder / "a.h5";
        QVERIFY_RESULT(io::writeHdf5(file, kFormat, fillSmall));
        QVERIFY(readsAsWritten(file).value());
        const hid_t opened = H5Fopen(file.c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
        H5Ldelete(opened, "labels", H5P_DEFAULT);
        const auto soft = [&](const char* from, const char* to) {
            QVERIFY(H5Lcreate_soft(to, opened, from, H5P_DEFAULT, H5P_DEFAULT) >= 0);
        };
        if (kind == "itself")
            soft("labels", "/labels");
        else if (kind == "each other")
            soft("labels", "/other"), soft("other", "/labels");
        else if (kind == "root")
            QVERIFY(H5Lcreate_hard(opened, "/", opened, "labels", H5P_DEFAULT, H5P_DEFAULT) >= 0);
        else
            QVERIFY(H5Lcreate_external(
                        file.c_str(), "/labels", opened, "labels", H5P_DEFAULT, H5P_DEFAULT)
                >= 0);
        H5Fclose(opened);
        const auto read = readsAsWritten(file);
        QVERIFY(!read);
        QVERIFY(read.error().code == ErrorCode::FileDamaged
            || read.error().code == ErrorCode::ValueMissing);
        QVERIFY(base::describe(read.error()).find("labels") != std::string::npos);
        // Down a group that holds itself one comes as far as one asks, and no further.
        auto group = io::openHdf5(file, kFormat);
        for (int depth = 0; depth < 50 && group; ++depth)
            group = group->group("labels");
        QCOMPARE(group.has_value(), kind == "root");
    }

    void fullDiskIsAnErrorAndLeavesNothing()
    {
        const test::TemporaryFolder folder;
        QVERIFY_RESULT(io::writeHdf5(folder / "a.h5", kFormat, fillSmall));
        const std::string old = contents(folder / "a.h5");
        const std::vector<float> values = ramp(500000);
        for (const rlim_t bytes : { 0U, 10U, 1000U, 300000U, 1500000U, 2000000U }) {
            const test::FileSizeLimit limit(bytes);
            const auto written = io::writeHdf5(folder / "a.h5", kFormat, [&](Hdf5Group& root) {
                auto stored = root.writeArray<float>("flux", values, { 500, 1000 });
                return stored ? root.setAttribute("note", "after") : stored;
            });
            QVERIFY(!written && written.error().code == ErrorCode::WriteFailed);
        }
        QVERIFY(contents(folder / "a.h5") == old);
        QCOMPARE(filesIn(folder), 1);
    }

    void failureOfTheCallerLeavesNothing()
    {
        const test::TemporaryFolder folder;
        const auto written = io::writeHdf5(folder / "a.h5", kFormat,
            [](Hdf5Group&) -> Result<void> { return base::failure(ErrorCode::Cancelled, "here"); });
        QVERIFY(!written && written.error().code == ErrorCode::Cancelled);
        QCOMPARE(filesIn(folder), 0);
    }
};

QTEST_GUILESS_MAIN(TestHdf5File)
#include "tst_hdf5_file.moc"
