#include "core/spectrum/air_vacuum.h"

namespace maury::spectrum {

double airFromVacuum(double vacuumAngstrom)
{
    const double s = 1e4 / vacuumAngstrom;
    const double s2 = s * s;
    return vacuumAngstrom
        / (1.0 + 8.34254e-5 + 2.406147e-2 / (130.0 - s2) + 1.5998e-4 / (38.9 - s2));
}

double vacuumFromAir(double airAngstrom)
{
    const double s = 1e4 / airAngstrom;
    const double s2 = s * s;
    return airAngstrom
        * (1.0 + 8.336624212083e-5 + 2.408926869968e-2 / (130.1065924522 - s2)
            + 1.599740894897e-4 / (38.92568793293 - s2));
}

} // namespace maury::spectrum
