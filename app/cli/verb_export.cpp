#include "app/cli/read_options.h"
#include "app/cli/report.h"
#include "app/cli/store_report.h"
#include "app/cli/verb.h"
#include "core/base/text.h"
#include "core/io/csv_table.h"
#include "core/io/spectrum_writer.h"
#include "core/spectrum/frame.h"
#include "core/spectrum/medium.h"

#include <fmt/core.h>

#include <limits>
#include <memory>
#include <optional>

namespace maury::cli {
namespace {

struct Options {
    std::vector<std::string> files;
    std::string out;
    std::string medium;
    std::string inFrame; ///< empty: as the file gives them
    std::optional<double> velocityKms;
    int segment = -1; ///< −1: all
    bool catalogue = false;
    std::string where;
    ReadFlags read;
};

base::Unexpected outOfRange(const char* option, int value, std::size_t count)
{
    return base::failure(base::ErrorCode::OptionInvalid, option, std::to_string(value),
        fmt::format("0 to {}, for this file", count - 1));
}

/// The segments that were asked for, in the medium that was asked for.
base::Result<std::vector<spectrum::Segment>> choose(
    const spectrum::Spectrum& spectrum, const Options& options)
{
    const auto count = spectrum.segments.size();
    if (options.segment >= 0 && static_cast<std::size_t>(options.segment) >= count)
        return outOfRange("--segment", options.segment, count);
    std::vector<spectrum::Segment> chosen = spectrum.segments;
    if (options.segment >= 0)
        chosen = { spectrum.segments[static_cast<std::size_t>(options.segment)] };
    if (const auto frame = frameOf(options.inFrame))
        for (spectrum::Segment& segment : chosen) {
            const spectrum::Motion motion { options.velocityKms ? options.velocityKms
                                                                : spectrum.radialVelocityKms,
                spectrum.barycentricCorrectionKms };
            auto moved = spectrum::inFrame(std::move(segment), *frame, motion);
            if (!moved) {
                base::Error error = moved.error();
                error.place = spectrum.file.string();
                return base::failureIn(std::move(error), "say it with --frame or --velocity");
            }
            segment = *std::move(moved);
        }
    if (options.medium.empty())
        return chosen;
    const auto medium = options.medium == "air" ? spectrum::Medium::Air : spectrum::Medium::Vacuum;
    for (spectrum::Segment& segment : chosen) {
        auto converted = spectrum::inMedium(std::move(segment), medium);
        if (!converted) {
            base::Error error = converted.error();
            error.place = spectrum.file.string();
            return base::failureIn(std::move(error), "say which with --air or --vacuum");
        }
        segment = *std::move(converted);
    }
    return chosen;
}

std::vector<io::CsvColumn> columnsOf(const std::vector<spectrum::Segment>& segments)
{
    std::vector<io::CsvColumn> columns { { "wavelength_angstrom", {} }, { "flux", {} },
        { "ivar", {} }, { "mask", {} } };
    for (const spectrum::Segment& segment : segments)
        for (std::size_t pixel = 0; pixel < segment.pixels(); ++pixel) {
            columns[0].values.push_back(segment.wavelengthAngstrom[pixel]);
            columns[1].values.push_back(segment.flux[pixel]);
            columns[2].values.push_back(segment.ivar.empty()
                    ? std::numeric_limits<double>::quiet_NaN()
                    : segment.ivar[pixel]);
            columns[3].values.push_back(static_cast<double>(segment.mask[pixel]));
        }
    return columns;
}

/// The catalogue of a store, as a table.
int exportTable(const CommonOptions& common, const Options& options)
{
    const auto where = store::Where::parse(options.where);
    if (!where)
        return report(where.error());
    const auto opened = store::Store::open(options.files.front());
    if (!opened)
        return report(opened.error());
    const auto rows = exportCatalogue(**opened, *where, options.out);
    if (!rows)
        return report(rows.error());
    if (common.json)
        printJson({ { "file", options.files.front() }, { "out", options.out }, { "rows", *rows } });
    else
        fmt::print("{} lines written to {}\n", *rows, options.out);
    return kDone;
}

/// CSV as the reference says; FITS and ECSV as the end of the name says. Returns the pixels written.
base::Result<std::size_t> write(const std::string& out, const spectrum::Spectrum& star,
    const std::vector<spectrum::Segment>& segments)
{
    const auto columns = columnsOf(segments);
    const std::string format = base::lowerCase(std::filesystem::path(out).extension().string());
    io::SpectrumToWrite spectrum { star, {}, {} };
    for (const spectrum::Segment& segment : segments)
        spectrum.segments.push_back({ segment });
    const auto written = format == ".fits" || format == ".ecsv" ? io::writeSpectrum(out, spectrum)
                                                                : io::writeCsv(out, columns);
    if (!written)
        return base::Unexpected(written.error());
    return columns[0].values.size();
}

int run(const CommonOptions& common, const Options& options)
{
    if (options.catalogue)
        return exportTable(common, options);
    const io::SpectrumFiles files(options.files.begin(), options.files.end());
    const auto groups = io::groupFiles(files);
    if (groups.size() != 1)
        return report({ base::ErrorCode::OptionInvalid, options.files.front(),
            fmt::format("files of {} spectra", groups.size()),
            "one file, or the camera files of one star", {} });
    const auto spectrum
        = readItem({ groups.front(), std::nullopt, nullptr, 0 }, options.read.readOptions());
    if (!spectrum)
        return report(spectrum.error());
    const std::string file = groups.front().front().string();
    for (const std::string& warning : (*spectrum)->warnings)
        notice(file + ": " + warning);
    const auto segments = choose(**spectrum, options);
    if (!segments)
        return report(segments.error());
    const auto rows = write(options.out, **spectrum, *segments);
    if (!rows)
        return report(rows.error());
    if (common.json)
        printJson({ { "file", file }, { "out", options.out }, { "rows", *rows },
            { "segments", segments->size() }, { "medium", toString(segments->front().medium) },
            { "frame", toString(segments->front().frame) } });
    else
        fmt::print("{} pixels written to {}\n", *rows, options.out);
    return kDone;
}

} // namespace

void addExport(CLI::App& app, CommonOptions& common, Action& action)
{
    CLI::App* verb = app.add_subcommand("export", "write a spectrum, as read, to a CSV, ECSV or FITS file");
    addCommonOptions(*verb, common);
    auto options = std::make_shared<Options>();
    verb->add_option(
            "file", options->files,
            "the spectrum, the camera files of one star of GALAH, or a store (with --row)")
        ->required();
    verb->add_option("--out", options->out, "file to write: .fits, .ecsv, anything else is CSV")->required();
    verb->add_option("--medium", options->medium, "convert the wavelengths to air or vacuum")
        ->check(CLI::IsMember({ "air", "vacuum" }));
    verb->add_option("--to-frame", options->inFrame,
            "convert the wavelengths to another velocity frame, by the velocities in the file")
        ->check(CLI::IsMember(frameNames()));
    verb->add_option("--velocity", options->velocityKms,
        "radial velocity of the star in km/s, instead of the file's");
    verb->add_option("--segment", options->segment, "only this segment, counted from 0")
        ->check(CLI::NonNegativeNumber);
    verb->add_flag("--catalogue", options->catalogue, "of a store: its catalogue, as CSV");
    addWhereOption(*verb, options->where);
    addReadFlags(*verb, options->read);
    verb->callback([&common, &action, options] {
        action = [&common, options] { return run(common, *options); };
    });
}

} // namespace maury::cli
