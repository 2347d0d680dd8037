#pragma once

#include "core/base/thread_team.h"
#include "core/mk/synthetic/atomic_data.h"

#include <vector>

namespace maury::mk::synthetic {

/// Rosseland mean opacity of the gas over temperature and pressure: 64 temperatures from 2000 to
/// 75,000 K and 56 gas pressures from 10^−2.5 to 10^8.5 dyn/cm², equally spaced in their
/// logarithms.
class RosselandTable {
public:
    /// Computes the table; the rows are shared out among the team.
    RosselandTable(const AtomicData& data, base::ThreadTeam& team);

    /// cm²/g, interpolated linearly in the logarithms; the edges hold outside the table.
    [[nodiscard]] double opacity(double temperature, double pressure) const;

private:
    std::vector<double> m_logOpacity; ///< [temperatures, pressures]
};

} // namespace maury::mk::synthetic
