#pragma once

#include "core/base/atomic_file.h"
#include "core/io/hdf5_bytes.h"

namespace maury::io {

/// A new file that is written as a whole.
class Hdf5Sink : public Hdf5Bytes {
public:
    explicit Hdf5Sink(base::AtomicFile& file)
        : m_descriptor(file.descriptor())
    {
    }

    [[nodiscard]] bool read(std::uint64_t address, void* bytes, std::size_t size) override;
    void write(std::uint64_t address, const void* bytes, std::size_t size) override;
    void truncate(std::uint64_t size) override;
    [[nodiscard]] std::uint64_t size() const override { return 0; }
    [[nodiscard]] int error() const override { return m_error; }

private:
    int m_descriptor;
    int m_error = 0;
};

} // namespace maury::io
