#include "core/base/thread_team.h"

#include "core/base/contract.h"

#include <algorithm>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace maury::base {
namespace {

// About 20–50 µs: longer than the imbalance between members, shorter than a scheduler's time slice.
constexpr int kSpins = 2000;

void pause()
{
#if defined(__x86_64__)
    _mm_pause();
#else
    std::this_thread::yield();
#endif
}

template <typename T>
void waitWhileEqual(const std::atomic<T>& value, T old)
{
    for (int spin = 0; spin < kSpins; ++spin) {
        if (value.load(std::memory_order_acquire) != old)
            return;
        pause();
    }
    while (value.load(std::memory_order_acquire) == old)
        value.wait(old, std::memory_order_acquire);
}

} // namespace

ThreadTeam::ThreadTeam(int size)
    : m_size(size)
{
    EXPECTS(size >= 1);
    for (int member = 1; member < size; ++member)
        m_threads.emplace_back([this, member] { work(member); });
}

ThreadTeam::~ThreadTeam()
{
    m_quit.store(true, std::memory_order_release);
    m_generation.fetch_add(1, std::memory_order_release);
    m_generation.notify_all();
}

void ThreadTeam::run(const std::function<void(int)>& task)
{
    m_task = &task;
    m_running.store(m_size, std::memory_order_relaxed);
    m_generation.fetch_add(1, std::memory_order_release);
    m_generation.notify_all();
    task(0);
    if (m_running.fetch_sub(1, std::memory_order_acq_rel) != 1) {
        for (int left = m_running.load(std::memory_order_acquire); left != 0;
             left = m_running.load(std::memory_order_acquire))
            waitWhileEqual(m_running, left);
    }
    m_task = nullptr;
}

void ThreadTeam::barrier()
{
    const std::uint32_t generation = m_barrierGeneration.load(std::memory_order_acquire);
    if (m_barrierWaiting.fetch_add(1, std::memory_order_acq_rel) + 1 == m_size) {
        m_barrierWaiting.store(0, std::memory_order_relaxed);
        m_barrierGeneration.fetch_add(1, std::memory_order_release);
        m_barrierGeneration.notify_all();
        return;
    }
    waitWhileEqual(m_barrierGeneration, generation);
}

ThreadTeam::Share ThreadTeam::share(std::int64_t count, int member, std::int64_t granule) const
{
    const std::int64_t granules = (count + granule - 1) / granule;
    const auto edge = [&](std::int64_t index) {
        return std::min(count, granules * index / m_size * granule);
    };
    return { edge(member), edge(member + 1) };
}

void ThreadTeam::work(int member)
{
    std::uint32_t seen = 0;
    for (;;) {
        waitWhileEqual(m_generation, seen);
        seen = m_generation.load(std::memory_order_acquire);
        if (m_quit.load(std::memory_order_acquire))
            return;
        (*m_task)(member);
        if (m_running.fetch_sub(1, std::memory_order_acq_rel) == 1)
            m_running.notify_all();
    }
}

int defaultThreadCount()
{
    return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

} // namespace maury::base
