#pragma once

#include "tests/support/test_data.h"
#include "tests/support/tiny_run.h"
#include "tests/ui/support/page_fixture.h"
#include "ui/pages/train_page.h"

#include <memory>
#include <vector>

namespace maury::test {

/// A run on the tiny atlas that takes a tenth of a second: 10 batches an epoch.
[[nodiscard]] ui::RunRequest smallRun(int epochs);

/// The same with the robust protocol on robustLibrary(): three epochs of 20 small batches.
[[nodiscard]] ui::RunRequest smallRobustRun();

/// A Train page on the tiny atlas with a checkpoint folder of its own, and what its session says.
class RunFixture : public PageFixture {
public:
    RunFixture();

    void startEndless();
    /// Starts the run of the panel, waits for its first batch, and holds it there.
    [[nodiscard]] bool startAndHold();
    /// Waits for the end of the run that goes on.
    [[nodiscard]] bool finish();

    TemporaryFolder folder;
    int steps = 0;
    std::vector<train::SettingChanged> changes;
    std::unique_ptr<ui::TrainPage> page;
};

} // namespace maury::test
