#include "app/cli/read_options.h"

namespace maury::cli {

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

} // namespace maury::cli
