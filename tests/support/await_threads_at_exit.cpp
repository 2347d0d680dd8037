// Linked into every test of a build with AddressSanitizer. QtTest's watchdog is a detached thread:
// it has said "finished" before it frees its thread data, and a leak check that comes in between
// reports 152 bytes of QtCore. So the process waits at its end until it is alone; LeakSanitizer
// looks after this.

#include <chrono>
#include <filesystem>
#include <iterator>
#include <thread>

namespace {

std::ptrdiff_t threadCount()
{
    std::error_code ignored;
    return std::distance(std::filesystem::directory_iterator("/proc/self/task", ignored), {});
}

struct AwaitThreads {
    ~AwaitThreads()
    {
        using namespace std::chrono;
        // A thread that stays longer is a leak, and for the leak check to tell.
        const auto deadline = steady_clock::now() + seconds(5);
        while (threadCount() > 1 && steady_clock::now() < deadline)
            std::this_thread::sleep_for(milliseconds(1));
    }
};

const AwaitThreads awaitThreads;

} // namespace
