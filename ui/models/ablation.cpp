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
        { Text::tr("The recipe"), {}, 0.612, 0.722, 0.935 },
        { Text::tr("No blur"), "--widest-fwhm 1.8", 0.652, 0.739, 0.931 },
        { Text::tr("No velocities"), "--velocity-sigma 0", 0.624, 0.728, 0.941 },
        { Text::tr("No rotation"), "--rotation-share 0", 0.616, 0.722, 0.922 },
        { Text::tr("No changes of line depth"), "--depth-sigma 0 --depth-shape-sigma 0", 0.637,
            0.760, 0.938 },
        { Text::tr("No changes of the continuum"), "--continuum-shape-sigma 0", 0.613, 0.722,
            0.935 },
        { Text::tr("No noise"), "--lowest-snr 500", 0.609, 0.725, 0.935 },
        { Text::tr("No dropout"), "--dropout 0", 0.606, 0.742, 0.944 },
        { Text::tr("Half of the variations mixed with a neighbouring type"), "--mix-share 0.5",
            0.622, 0.727, 0.925 },
        { Text::tr("1500 steps instead of 400"), "--steps 1500", 0.669, 0.766, 0.897 },
        { Text::tr("Five networks"), "--members 5", 0.614, 0.712, 0.928 },
        { Text::tr("libnor36 beside libr18"), "--atlas libnor36", 0.613, 0.680, 0.941 },
    };
}

} // namespace maury::ui
