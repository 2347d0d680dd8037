#include "ui/bridge/run_job.h"

#include <exception>
#include <new>
#include <utility>

namespace maury::ui {

void runJob(const std::function<base::Result<RunResultPtr>()>& work, TrainingFeed& feed) noexcept
{
    base::Error error { base::ErrorCode::LibraryFailed, "training thread", {}, {}, {} };
    try {
        const auto result = work();
        if (result && *result && (*result)->failure)
            feed.post(RunFailed { *(*result)->failure, *result });
        else if (result)
            feed.post(RunEnded { *result });
        else if (result.error().code == base::ErrorCode::Cancelled)
            feed.post(RunEnded {});
        else
            feed.post(RunFailed { result.error(), {} });
        return;
    } catch (const std::bad_alloc&) {
        error.found = "not enough memory";
    } catch (const std::exception& exception) {
        error.found = exception.what();
    } catch (...) {
        error.found = "an unknown exception";
    }
    feed.post(RunFailed { std::move(error), {} });
}

} // namespace maury::ui
