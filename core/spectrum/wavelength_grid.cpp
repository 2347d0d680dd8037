#include "core/spectrum/wavelength_grid.h"

namespace maury::spectrum {

std::vector<double> WavelengthGrid::wavelengths() const
{
    std::vector<double> result(pixels);
    for (std::size_t pixel = 0; pixel < pixels; ++pixel)
        result[pixel] = wavelength(pixel);
    return result;
}

} // namespace maury::spectrum
