#pragma once

#include "core/train/backend.h"
#include "gpu/device.h"

#include <compare>
#include <optional>
#include <span>
#include <vector>

namespace maury::gpu {

/// Samples in device memory, rows of `width` floats, with their labels or, in the order of the
/// steps' rows, their soft targets.
struct DeviceSamples {
    const float* flux = nullptr;
    const std::uint16_t* sc = nullptr;
    const std::uint16_t* lc = nullptr;
    const float* softSc = nullptr; ///< [steps · batch, scClasses]
    const float* softLc = nullptr;

    auto operator<=>(const DeviceSamples&) const = default;
    [[nodiscard]] bool isSoft() const { return softSc != nullptr; }
};

/// Sets that stay on the device for a whole run. Known by the address of their samples.
class ResidentSets {
public:
    /// Forgets the sets before; where one of the same size stood, its memory is used again.
    /// Errors: BackendFailed.
    base::Result<void> keep(
        Device& device, std::span<const train::LabelledSamples> sets, int inputs);
    /// Nothing when the samples of the batch are in none of the sets.
    [[nodiscard]] std::optional<DeviceSamples> find(const train::Batch& batch) const;
    /// See train::Backend::makeFresh().
    base::Result<bool> makeFresh(Device& device, const train::FreshSamples& fresh);
    void forget() { *this = ResidentSets(); }

private:
    struct Set {
        const float* host = nullptr;
        std::size_t samples = 0;
        Memory flux;
        Memory sc;
        Memory lc;
    };
    static base::Result<Set> take(Device& device, std::size_t samples, int inputs);
    static base::Result<void> fill(
        Device& device, const train::LabelledSamples& from, int inputs, Set& set);

    std::vector<Set> m_sets;
    Memory m_standards; ///< that fresh variations are made of
    Memory m_standardOf;
};

/// The shape of what is staged.
struct StagingShape {
    std::size_t rows = 0; ///< at most
    int inputs = 0;
    int scClasses = 0;
    int lcClasses = 0;
};

/// Brings batches of other samples to the device, through pinned memory.
class Staging {
public:
    /// Gathers the rows of a batch and copies them; those of the batch before are lost. Labels are
    /// copied when the batch has any. The rows on the device are 0, 1, 2 … Errors: BackendFailed.
    base::Result<DeviceSamples> bring(
        Device& device, const StagingShape& shape, const train::Batch& batch);

private:
    base::Result<void> ensure(Device& device, const StagingShape& shape);

    StagingShape m_shape;
    Memory m_hostFlux;
    Memory m_hostSc; ///< labels or soft targets, whichever is larger
    Memory m_hostLc;
    Memory m_flux;
    Memory m_sc;
    Memory m_lc;
};

} // namespace maury::gpu
