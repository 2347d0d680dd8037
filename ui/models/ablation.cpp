#include "ui/models/ablation.h"

#include <QCoreApplication>

namespace maury::ui {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(maury::ui::Ablation)
};

} // namespace

std::vector<AblationRow> ablation()
{
    return {
        { Text::tr("The recipe"), {}, 0.638, 0.736, 0.935 },
        { Text::tr("No blur"), "--widest-fwhm 1.8", 0.655, 0.748, 0.893 },
        { Text::tr("No velocities"), "--velocity-sigma 0", 0.654, 0.742, 0.935 },
        { Text::tr("No rotation"), "--rotation-share 0", 0.631, 0.736, 0.935 },
        { Text::tr("No changes of line depth"), "--depth-sigma 0 --depth-shape-sigma 0", 0.681,
            0.782, 0.935 },
        { Text::tr("No changes of the continuum"), "--continuum-shape-sigma 0", 0.638, 0.736,
            0.939 },
        { Text::tr("No noise"), "--lowest-snr 500", 0.635, 0.738, 0.921 },
        { Text::tr("No dropout"), "--dropout 0", 0.614, 0.745, 0.897 },
        { Text::tr("Half of the variations mixed with a neighbouring type"), "--mix-share 0.5",
            0.629, 0.739, 0.907 },
    };
}

} // namespace maury::ui
