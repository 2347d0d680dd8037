#pragma once

#include "tests/support/star_atlas.h"
#include "tests/ui/support/tiny_atlas.h"
#include "ui/bridge/edit_history.h"
#include "ui/bridge/run_store.h"
#include "ui/bridge/status_reporter.h"
#include "ui/bridge/training_session.h"
#include "ui/models/selection.h"
#include "ui/models/spectrum_list_model.h"
#include "ui/models/workspace.h"
#include "ui/pages/page.h"

namespace maury::test {

[[nodiscard]] inline mk::AtlasPtr robustLibrary()
{
    return starAtlas({ 14.0, 16.0, 18.0, 20.0, 22.0, 24.0 }, robust::libraryGrid());
}

/// What a page needs, without a window: the tiny atlas is open, every atlas that is asked for is
/// the tiny one, and every library of the robust protocol eighteen made-up stars.
class PageFixture {
public:
    PageFixture()
    {
        workspace.setAtlas(tinyAtlas());
        spectra.setAtlas(workspace.atlas());
    }

    ui::Workspace workspace;
    ui::SpectrumListModel spectra;
    ui::Selection selection;
    ui::StatusReporter status;
    ui::EditHistory history;
    ui::PageContext context { workspace, spectra, selection, status, &history };
    ui::TrainingSession session { [](const std::string& name) {
                                     return base::Result<mk::AtlasPtr>(tinyAtlas(name));
                                 },
        nullptr,
        [](const ui::RunLibrary& library) {
            return base::Result<robust::Library>(
                robust::Library { robustLibrary(), library.fwhmAngstrom.value_or(1.8) });
        } };
};

} // namespace maury::test
