#include "core/preprocess/reduction_file.h"

namespace maury::preprocess {

io::SpectrumToWrite toWrite(const Reduced& reduced)
{
    io::SpectrumToWrite result = io::asRead(reduced.spectrum);
    result.recipe = recipeToJson(reduced.recipe);
    if (!reduced.grid)
        return result;
    result.segments.clear();
    for (const RegriddedSegment& each : reduced.regridded) {
        io::SegmentToWrite segment { each.segment(*reduced.grid), {} };
        segment.more.push_back({ "bad_fraction", each.badFraction, {}, false,
            "share of the weight that is bad or was not observed" });
        if (!each.ivar.empty()) {
            segment.more.push_back(
                { "covariance_1", each.covariance1, {}, false, "with the next pixel" });
            segment.more.push_back(
                { "covariance_2", each.covariance2, {}, false, "with the next but one" });
        }
        result.segments.push_back(std::move(segment));
    }
    return result;
}

} // namespace maury::preprocess
