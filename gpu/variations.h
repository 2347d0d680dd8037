#pragma once

#include "core/robust/local_continuum.h"
#include "core/robust/variation.h"
#include "gpu/device.h"
#include "gpu/samples.h"

#include <cstdint>

namespace maury::gpu {

/// Makes batches of the robust protocol's variations on the device.
class Variations {
public:
    explicit Variations(Device& device)
        : m_device(&device)
    {
    }

    /// Copies what variations are made of to the device. False when a block's shared memory is too
    /// small for spectra of so many pixels. Errors: BackendFailed.
    base::Result<bool> take(
        const robust::VariationMaker& maker, const robust::Standardisation& standardisation);

    /// Queues making variations (step, 0 … samples − 1) of `steps` steps from `firstStep` on, one
    /// behind the other, with soft targets. Precondition: taken. Errors: BackendFailed.
    base::Result<DeviceSamples> make(
        const robust::VariationMaker& maker, std::uint64_t firstStep, int samples, int steps);

    void forget() { *this = Variations(*m_device); }

private:
    base::Result<void> ensure(int samples);

    Device* m_device;
    VaryTable m_table {};
    Memory m_memory; ///< of all that the table points to
    int m_samples = 0; ///< that there is room for
    Memory m_input;
    Memory m_temperature;
    Memory m_luminosity;
};

} // namespace maury::gpu
