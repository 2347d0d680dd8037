// Writes the seeds of the fuzz targets: a folder for each.

#include "core/io/file_bytes.h"
#include "core/io/npz_file.h"
#include "tests/support/npz_bytes.h"
#include "tests/support/store_files.h"
#include "tests/support/survey_files.h"
#include "tests/support/votable_text.h"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

namespace {

using namespace maury::test;

void write(const std::filesystem::path& file, const std::string& bytes)
{
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << bytes;
}

/// The last byte of a file for the registry chooses row, plane and the normalised spectrum.
constexpr char kNoChoice = '\0';
constexpr char kNormalised = '\x08';

void writeFits(const std::filesystem::path& folder)
{
    const auto add = [&folder](const std::string& name, const Hdus& hdus, char choice = kNoChoice) {
        write(folder / name, fitsBytes(hdus) + choice);
    };
    add("apstar", apStar(1));
    add("aspcapstar", aspcapStar());
    add("apvisit", apVisit());
    add("galah", galahCamera(1));
    add("galah-normalised", galahCamera(4, 80), kNormalised);
    add("galah6", galahCamera6(2));
    add("sdss", sdssSpec());
    add("spspec", sdssSpSpec());
    add("lamost-dr1", lamostImage(true));
    add("lamost", lamostImage(false));
    add("lamost-dr8", lamostTable());
    add("mrs", lamostMrs());
    add("eso", esoPhase3(2));
    add("multispec", multispec({ "1 1 0 5000.0 0.5 40 0 1 2", "2 2 1 3.5 0.0001 40 0 1 2" }));
    add("image",
        { { { "CRVAL1  = 4000.0", "CDELT1  = 0.5", "CUNIT1  = 'Angstrom'" }, { 60 },
            steps(1.0, 0.01, 60) } });
    write(folder / "gzip", gzipBytes(fitsBytes(galahCamera(2))) + kNoChoice);
}

void writeStores(const std::filesystem::path& folder)
{
    std::filesystem::create_directories(folder / "store");
    writeNativeStore(folder / "store/native", 5);
    writeGriddedStore(folder / "store/gridded", 5);
    for (const char* name : { "native", "gridded" })
        write(folder / "store_library" / name,
            maury::io::readBytes(folder / "store" / name).value());
    // Which store, then twice which array, where in it, and a number.
    for (int array = 0; array < 40; ++array) {
        std::string one(1, static_cast<char>(array));
        one += std::string("\1\0\0\0", 4) + std::string("\xff\xff\xff\xff\xff\xff\xff\x7f", 8);
        for (const char kind : { '\0', '\1' })
            write(folder / "store_values" / (std::to_string(array) + (kind == 0 ? "n" : "g")),
                std::string(1, kind) + one + one);
    }
}

/// The first byte says whether an archive follows or an array in one.
void writeNpz(const std::filesystem::path& folder)
{
    std::filesystem::create_directories(folder);
    const auto archive = folder / "archive";
    (void)maury::io::writeNpz(archive,
        { { "hidden.0.weight", { 2, 3 }, { 1.0, 2.0, 3.0, 4.0, 5.0, 6.0 }, {}, false },
            { "metadata", {}, {}, "{\"α\": 1}", true } });
    write(archive, '\0' + maury::io::readBytes(archive).value());
    write(folder / "deflated", '\0' + compressedNpz());
    const auto array = [](const std::string& type, const std::string& facts, std::size_t bytes) {
        const std::string header = "{'descr': '" + type + "', " + facts + ", }\n";
        return std::string("\1\x93NUMPY\1\0", 9) + static_cast<char>(header.size()) + '\0' + header
            + std::string(bytes, '\x40');
    };
    write(folder / "fortran", array("<f8", "'fortran_order': True, 'shape': (2, 3)", 48));
    write(folder / "big-endian", array(">i2", "'fortran_order': False, 'shape': (5,)", 10));
    write(folder / "text", array("<U3", "'fortran_order': False, 'shape': ()", 12));
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 2) {
        std::fputs("usage: make_corpus DIR\n", stderr);
        return 2;
    }
    const std::filesystem::path folder = argv[1];
    writeStores(folder);
    writeFits(folder / "registry");
    writeNpz(folder / "npz");
    const std::string rows = "5000 1 0.1\n5001 2 0.1\n5002 NaN 0.1\n";
    write(folder / "text/plain", rows);
    write(folder / "text/named", "wave_nm,flux,ivar,mask\n500,1,4,0\n501,2,4,2\n502,3,4,0\n");
    write(folder / "text/ecsv",
        "# %ECSV 1.0\n# ---\n# datatype:\n# - {name: wave, unit: nm, datatype: float64}\n"
        "# - name: flux\n#   unit: Jy\nwave flux\n500 1\n501 2\n502 3\n");
    write(folder / "votable/rows", votableText());
    write(folder / "votable/binary", votableBinary(false));
    write(folder / "votable/binary2", votableBinary(true));
    write(folder / "registry/votable", votableText() + kNoChoice);
    write(folder / "multispec/linear", "spec1 = \"1 1 0 5000.0 0.5 40 0 1 2\"");
    write(folder / "multispec/sums",
        "spec1 = \"1 1 2 0 0 40 0 1 2 1.0 0.0 1 3 1 41 4000 10 2\" "
        "spec2 = \"2 2 2 0 0 40 0 1 2 1.0 0.0 3 1 1 41 700 700 700 700\"");
    return 0;
}
