#include "core/io/fits_reader.h"

#include "core/io/apogee_reader.h"
#include "core/io/fits_image_reader.h"
#include "core/io/fits_table_reader.h"
#include "core/io/galah_reader.h"
#include "core/io/lamost_reader.h"
#include "core/io/multispec_reader.h"
#include "core/io/sdss_reader.h"

#include <array>

namespace maury::io {

base::Result<spectrum::Spectrum> readFits(
    const std::filesystem::path& file, const ReadOptions& options)
{
    const std::array layouts { apogeeStarLayout(), apogeeVisitLayout(), galahLayout(),
        sdssSpecLayout(), sdssSpSpecLayout(), lamostImageLayout(), lamostTableLayout(),
        multispecLayout(), fitsTableLayout() };
    auto source = FitsSource::open(file, options);
    if (!source)
        return base::Unexpected(source.error());
    for (const FitsLayout& layout : layouts) {
        const bool known = layout.recognises(*source);
        if (auto moved = source->fits.moveTo(1); !moved)
            return base::Unexpected(moved.error());
        if (known)
            return layout.read(*source);
    }
    // It takes what nobody else knows, or says what the file holds.
    return readFitsImage(*source);
}

} // namespace maury::io
