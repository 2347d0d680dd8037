#include "app/cli/atlas_options.h"

#include "app/cli/report.h"

namespace maury::cli {

base::Result<mk::AtlasPtr> openAtlasWithWarnings(const std::string& nameOrFolder)
{
    auto atlas = mk::openAtlas(nameOrFolder);
    if (atlas)
        for (const std::string& warning : (*atlas)->warnings())
            notice(warning);
    return atlas;
}

std::string relationNote(mk::AtlasRelation relation)
{
    switch (relation) {
    case mk::AtlasRelation::Same:
        return "the test spectra are the training stars or variations of them: the figures show "
               "that the program learns, not that it types unknown stars";
    case mk::AtlasRelation::Smoothed:
        return "the test library is the training stars smoothed (as in the paper): the figures "
               "show that the program is right, not that it types unknown stars";
    case mk::AtlasRelation::Independent:
        break;
    }
    return "the test library is independent of the training library, as far as its spectra tell";
}

} // namespace maury::cli
