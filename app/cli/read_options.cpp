#include "app/cli/read_options.h"

#include "app/cli/report.h"

#include <map>

namespace maury::cli {
namespace {

using spectrum::Frame;

constexpr Frame kFrames[]
    = { Frame::Rest, Frame::Barycentric, Frame::Heliocentric, Frame::Topocentric };

} // namespace

io::ReadOptions MediumFlags::readOptions() const
{
    io::ReadOptions options;
    if (air)
        options.medium = spectrum::Medium::Air;
    if (vacuum)
        options.medium = spectrum::Medium::Vacuum;
    return options;
}

void addMediumFlags(CLI::App& verb, MediumFlags& flags)
{
    CLI::Option* air = verb.add_flag("--air", flags.air, "the wavelengths are in air");
    verb.add_flag("--vacuum", flags.vacuum, "the wavelengths are in vacuum")->excludes(air);
}

std::vector<std::string> frameNames()
{
    std::vector<std::string> names;
    for (const Frame each : kFrames)
        names.push_back(toString(each));
    return names;
}

void addFrameOption(CLI::App& verb, std::string& frame)
{
    verb.add_option("--frame", frame, "velocity frame, whatever files say")
        ->check(CLI::IsMember(frameNames()));
}

std::optional<Frame> frameOf(const std::string& name)
{
    for (const Frame each : kFrames)
        if (toString(each) == name)
            return each;
    return std::nullopt;
}

io::ReadOptions ReadFlags::readOptions() const
{
    io::ReadOptions options = choice;
    options.medium = medium.readOptions().medium;
    options.frame = frameOf(frame);
    return options;
}

void addReadFlags(CLI::App& verb, ReadFlags& flags)
{
    addMediumFlags(verb, flags.medium);
    addFrameOption(verb, flags.frame);
    verb.add_option("--row", flags.choice.row,
            "this one of several spectra in a file (visits, apertures), counted from 0")
        ->check(CLI::NonNegativeNumber)
        ->capture_default_str();
    verb.add_option(
            "--plane", flags.choice.plane, "this plane of a cube (IRAF multispec), counted from 0")
        ->check(CLI::NonNegativeNumber)
        ->capture_default_str();
    verb.add_flag("--normalised", flags.choice.normalised,
        "the normalised spectrum of a file that holds both (GALAH: at rest)");
}

std::vector<SpectrumItem> listSpectra(const std::vector<std::string>& paths)
{
    std::vector<std::filesystem::path> all;
    std::map<std::filesystem::path, base::Error> failed;
    for (const std::string& path : paths) {
        const auto files = io::listFiles(path);
        if (!files) {
            failed.emplace(path, files.error());
            all.emplace_back(path);
            continue;
        }
        if (files->empty())
            notice(path + ": an empty folder");
        all.insert(all.end(), files->begin(), files->end());
    }
    std::vector<SpectrumItem> items;
    for (io::SpectrumFiles& files : io::groupFiles(all)) {
        const auto error = failed.find(files.front());
        SpectrumItem item { std::move(files), std::nullopt, nullptr, 0 };
        if (error != failed.end())
            item.error = error->second;
        items.push_back(std::move(item));
    }
    return items;
}

void addWhereOption(CLI::App& verb, std::string& where)
{
    verb.add_option("--where", where,
        "of stores only the spectra that fulfil this: \"survey = galah and snr > 50\"");
}

std::vector<SpectrumItem> expandStores(
    std::vector<SpectrumItem> items, const store::Where& where)
{
    std::vector<SpectrumItem> all;
    for (SpectrumItem& item : items) {
        if (item.error || !store::Store::isStore(item.files.front())) {
            all.push_back(std::move(item));
            continue;
        }
        const auto opened = store::Store::open(item.files.front());
        const auto rows = opened ? where.rows(**opened)
                                 : base::Result<std::vector<std::uint64_t>>(
                                     base::Unexpected(opened.error()));
        if (!rows) {
            item.error = rows.error();
            all.push_back(std::move(item));
            continue;
        }
        for (const std::uint64_t row : *rows)
            all.push_back({ item.files, std::nullopt, *opened, row });
    }
    return all;
}

std::string nameOf(const SpectrumItem& item)
{
    const std::string file = item.files.front().string();
    return item.store == nullptr ? file : file + "#" + std::to_string(item.row);
}

base::Result<spectrum::SpectrumPtr> readItem(
    const SpectrumItem& item, const io::ReadOptions& options)
{
    if (item.error)
        return base::Unexpected(*item.error);
    store::StorePtr opened = item.store;
    std::uint64_t row = item.row;
    if (opened == nullptr) {
        if (!store::Store::isStore(item.files.front()))
            return io::readSpectrumFiles(item.files, options);
        auto store = store::Store::open(item.files.front());
        if (!store)
            return base::Unexpected(store.error());
        opened = *std::move(store);
        row = static_cast<std::uint64_t>(options.row);
    }
    auto stored = opened->spectrum(row);
    if (!stored || (!options.medium && !options.frame))
        return stored;
    spectrum::Spectrum told = **stored;
    for (spectrum::Segment& segment : told.segments) {
        segment.medium = options.medium.value_or(segment.medium);
        segment.frame = options.frame.value_or(segment.frame);
    }
    return std::make_shared<const spectrum::Spectrum>(std::move(told));
}

} // namespace maury::cli
