#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <thread>
#include <vector>

namespace maury::base {

/// A fixed team of threads that works on one task at a time. The calling thread is member 0, so a team of
/// one starts no thread. Members are joined by the destructor. Not reentrant.
class ThreadTeam {
public:
    /// Threads in all, the caller included. Precondition: size >= 1.
    explicit ThreadTeam(int size);
    ~ThreadTeam();
    ThreadTeam(const ThreadTeam&) = delete;
    ThreadTeam& operator=(const ThreadTeam&) = delete;

    [[nodiscard]] int size() const { return m_size; }

    /// Calls task(member) once on every member, 0 … size − 1, and returns when all are done. The task must
    /// not throw.
    void run(const std::function<void(int)>& task);

    /// Only inside a task: waits until every member has called it. Spins briefly, then sleeps, so that
    /// the team does not collapse when another process wants the cores.
    void barrier();

    /// The part of [0, count) that belongs to a member: shares differ by at most `granule` items and begin
    /// at multiples of it.
    struct Share {
        std::int64_t begin;
        std::int64_t end;
        [[nodiscard]] std::int64_t size() const { return end - begin; }
    };
    [[nodiscard]] Share share(std::int64_t count, int member, std::int64_t granule = 1) const;

private:
    void work(int member);

    int m_size;
    const std::function<void(int)>* m_task = nullptr;
    std::atomic<std::uint32_t> m_generation { 0 };
    std::atomic<int> m_running { 0 };
    std::atomic<std::uint32_t> m_barrierGeneration { 0 };
    std::atomic<int> m_barrierWaiting { 0 };
    std::atomic<bool> m_quit { false };
    std::vector<std::jthread> m_threads;
};

/// Threads to use when the user did not say: the hardware's, or 1 if unknown.
[[nodiscard]] int defaultThreadCount();

} // namespace maury::base
