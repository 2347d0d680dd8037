#pragma once

#include "core/base/thread_team.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>

namespace maury::base {

/// Pieces 0 … count − 1 of a phase of a ThreadTeam's task. Every member begins with its own share, so
/// that the same pieces come to the same core again and again, and then takes what the others have
/// not begun: a member that another process holds up does not hold up the team.
class SharedWork {
public:
    /// For the team's next task: not while members take pieces.
    void reset(const ThreadTeam& team, std::int64_t count)
    {
        if (m_members != team.size()) {
            m_members = team.size();
            m_shares = std::make_unique<Share[]>(static_cast<std::size_t>(m_members));
        }
        for (int member = 0; member < m_members; ++member) {
            const ThreadTeam::Share share = team.share(count, member);
            m_shares[static_cast<std::size_t>(member)].next.store(
                share.begin, std::memory_order_relaxed);
            m_shares[static_cast<std::size_t>(member)].end = share.end;
        }
    }

    /// A piece for this member; nothing when all are taken. Each piece is given once.
    [[nodiscard]] std::optional<std::int64_t> take(int member)
    {
        for (int i = 0; i < m_members; ++i) {
            Share& share = m_shares[static_cast<std::size_t>((member + i) % m_members)];
            const std::int64_t piece = share.next.fetch_add(1, std::memory_order_relaxed);
            if (piece < share.end)
                return piece;
        }
        return std::nullopt;
    }

private:
    struct alignas(64) Share { // a cache line each: members do not disturb each other
        std::atomic<std::int64_t> next { 0 };
        std::int64_t end = 0;
    };
    int m_members = 0;
    std::unique_ptr<Share[]> m_shares;
};

} // namespace maury::base
