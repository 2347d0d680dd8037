#pragma once

#include "core/base/result.h"
#include "gpu/kernels/kernel.h"

#include <cstddef>
#include <memory>
#include <string>
#include <utility>

namespace maury::gpu {

/// Where memory lies. Pinned memory is the host's, and the device reaches it while the host goes
/// on.
enum class Place { Device, Pinned };

/// Queues of work on the device. What is in one happens in order; queues happen side by side.
enum class Stream { Main, Side, Other, Ahead };
inline constexpr int kStreams = 4;

/// What a product does with its result on the way.
enum class Epilogue {
    None,
    BiasGelu, ///< aux = AB + bias; C = gelu(aux), the tanh form
    GeluGradient ///< C = AB ⊙ gelu′(aux)
};

/// C = A·B, or C = scales[0] · A·B + scales[1] · C; all matrices row-major in device memory.
struct Product {
    int rows = 0; ///< of C
    int columns = 0; ///< of C
    int depth = 0; ///< columns of A, rows of B
    const float* a = nullptr; ///< [rows, depth], or its transpose [depth, rows]
    const float* b = nullptr; ///< [depth, columns], or its transpose [columns, depth]
    float* c = nullptr;
    int strideA = 0; ///< from row to row, as they lie
    int strideB = 0;
    int strideC = 0;
    bool transposedA = false;
    bool transposedB = false;
    const float* scales = nullptr; ///< two numbers in device memory; null: 1 and 0
    Epilogue epilogue = Epilogue::None;
    const float* bias = nullptr; ///< [columns]
    float* aux = nullptr; ///< [rows, strideC]; BiasGelu: may be null when nobody needs it
};

/// Work that was recorded once and can be done again and again.
class Graph {
public:
    Graph() = default;
    virtual ~Graph() = default;
    Graph(const Graph&) = delete;
    Graph& operator=(const Graph&) = delete;
};

class Device;

/// A piece of memory that gives itself back.
class Memory {
public:
    Memory() = default;
    Memory(Device& device, Place place, void* address, std::size_t bytes);
    ~Memory();
    Memory(Memory&& other) noexcept;
    Memory& operator=(Memory&& other) noexcept;
    Memory(const Memory&) = delete;
    Memory& operator=(const Memory&) = delete;

    template <typename T> [[nodiscard]] T* as() const { return static_cast<T*>(m_address); }
    [[nodiscard]] std::size_t bytes() const { return m_bytes; }
    [[nodiscard]] bool isEmpty() const { return m_address == nullptr; }

private:
    Device* m_device = nullptr;
    Place m_place = Place::Device;
    void* m_address = nullptr;
    std::size_t m_bytes = 0;
};

/// What the backend needs of a device. All work but allocation is queued and done later; errors of
/// it come out of a later call. Every error is a BackendFailed that names the call, its place in
/// the sources and the device's own message; after a lost device every call fails. Used by one
/// thread.
class Device {
public:
    Device() = default;
    virtual ~Device() = default;
    Device(const Device&) = delete;
    Device& operator=(const Device&) = delete;

    /// Memory for `what`, aligned for every kernel and product. Errors also tell how much was
    /// needed and how much is free.
    [[nodiscard]] base::Result<Memory> allocate(
        Place place, std::size_t bytes, const std::string& what);

    /// Copies between device memory and pinned or other host memory, which must stay as it is until
    /// synchronize() returns.
    virtual base::Result<void> copy(void* to, const void* from, std::size_t bytes, Stream stream)
        = 0;
    /// The same for `rows` rows of `bytes`, which lie `toPitch` and `fromPitch` bytes apart.
    virtual base::Result<void> copyRows(void* to, std::size_t toPitch, const void* from,
        std::size_t fromPitch, std::size_t bytes, std::size_t rows, Stream stream)
        = 0;
    virtual base::Result<void> clear(void* memory, std::size_t bytes, Stream stream) = 0;
    virtual base::Result<void> launch(const Kernel& kernel, Stream stream) = 0;
    /// Chooses how to compute products like this one; false when its epilogue cannot be part of it.
    /// To be called before multiply() and outside of recordings.
    virtual base::Result<bool> prepare(const Product& product) = 0;
    /// Precondition: prepare() of a product of this shape returned true.
    virtual base::Result<void> multiply(const Product& product, Stream stream) = 0;
    /// What is queued in `later` from now on waits for all that is in `earlier` by now.
    virtual base::Result<void> follow(Stream later, Stream earlier) = 0;

    /// From here to finishRecording() work is recorded instead of done. It begins in Stream::Main,
    /// from which the other streams must follow, and which must follow them in the end.
    virtual base::Result<void> beginRecording() = 0;
    virtual base::Result<std::unique_ptr<Graph>> finishRecording() = 0;
    /// Queues recorded work in Stream::Main.
    virtual base::Result<void> replay(Graph& graph) = 0;

    /// Returns when all queued work is done. Errors: of all that went wrong since.
    virtual base::Result<void> synchronize() = 0;

protected:
    friend class Memory;
    virtual base::Result<void*> take(Place place, std::size_t bytes, const std::string& what) = 0;
    virtual void giveBack(Place place, void* address) noexcept = 0;
};

/// Queues work and remembers the first thing that went wrong, after which it does nothing more.
class Work {
public:
    explicit Work(Device& device)
        : m_device(device)
    {
    }

    template <typename Call> Work& then(Call&& call)
    {
        if (m_outcome)
            m_outcome = call(m_device);
        return *this;
    }
    Work& launch(const Kernel& kernel, Stream stream = Stream::Main)
    {
        return then([&](Device& device) { return device.launch(kernel, stream); });
    }
    Work& multiply(const Product& product, Stream stream = Stream::Main)
    {
        return then([&](Device& device) { return device.multiply(product, stream); });
    }
    Work& follow(Stream later, Stream earlier)
    {
        return then([&](Device& device) { return device.follow(later, earlier); });
    }
    Work& copy(void* to, const void* from, std::size_t bytes)
    {
        return then([&](Device& device) { return device.copy(to, from, bytes, Stream::Main); });
    }
    Work& clear(void* memory, std::size_t bytes)
    {
        return then([&](Device& device) { return device.clear(memory, bytes, Stream::Main); });
    }
    Work& synchronize()
    {
        return then([](Device& device) { return device.synchronize(); });
    }
    [[nodiscard]] const base::Result<void>& outcome() const { return m_outcome; }

private:
    Device& m_device;
    base::Result<void> m_outcome;
};

/// Takes several pieces of memory, like Work.
class Allocation {
public:
    Allocation(Device& device, std::string what)
        : m_device(device)
        , m_what(std::move(what))
    {
    }
    /// Overwrites `memory`.
    Allocation& take(Memory& memory, Place place, std::size_t bytes);
    [[nodiscard]] const base::Result<void>& outcome() const { return m_outcome; }

private:
    Device& m_device;
    std::string m_what;
    base::Result<void> m_outcome;
};

} // namespace maury::gpu
