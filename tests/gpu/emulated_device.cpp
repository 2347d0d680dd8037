#include "tests/gpu/emulated_device.h"

#include "core/base/contract.h"
#include "core/base/random.h"
#include "core/nn/activation.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <barrier>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <mutex>
#include <thread>

namespace maury::test {
namespace {

using base::Result;
using gpu::Place;
using gpu::Product;
using gpu::Stream;

/// One thread of one block.
class EmulatedBlock {
public:
    EmulatedBlock(int count, int thread, int threads, float* shared, std::barrier<>* barrier)
        : m_count(count)
        , m_thread(thread)
        , m_threads(threads)
        , m_shared(shared)
        , m_barrier(barrier)
    {
    }
    void become(int index) { m_index = index; }

    [[nodiscard]] int index() const { return m_index; }
    [[nodiscard]] int count() const { return m_count; }
    [[nodiscard]] int thread() const { return m_thread; }
    [[nodiscard]] int threads() const { return m_threads; }
    [[nodiscard]] float* shared() const { return m_shared; }
    void sync() const
    {
        if (m_barrier != nullptr)
            m_barrier->arrive_and_wait();
    }

private:
    int m_index = 0;
    int m_count;
    int m_thread;
    int m_threads;
    float* m_shared;
    std::barrier<>* m_barrier;
};

template <typename K> void runKernel(const K& kernel, int threads)
{
    const gpu::Grid grid = kernel.grid();
    // Exactly as much as is asked for; doubles and Float4 fit, too.
    const std::unique_ptr<float, decltype(&std::free)> shared(
        static_cast<float*>(std::aligned_alloc(16, (grid.sharedBytes + 31) / 16 * 16)), std::free);
    std::barrier<> barrier(threads);
    const auto work = [&](int thread) {
        EmulatedBlock block(static_cast<int>(grid.blocks), thread, threads, shared.get(),
            threads > 1 ? &barrier : nullptr);
        for (int index = 0; index < static_cast<int>(grid.blocks); ++index) {
            block.become(index);
            kernel(block);
            block.sync();
        }
    };
    std::vector<std::thread> others;
    for (int thread = 1; thread < threads; ++thread)
        others.emplace_back(work, thread);
    work(0);
    for (std::thread& other : others)
        other.join();
}

/// What the tensor cores keep of a factor in tf32: 10 bits after the binary point, rounded.
float asTf32(float value)
{
    std::uint32_t bits = 0;
    std::memcpy(&bits, &value, sizeof(bits));
    constexpr std::uint32_t kHalf = 1U << 12U;
    constexpr std::uint32_t kKept = ~((1U << 13U) - 1U);
    if (std::isfinite(value))
        bits = (bits + kHalf) & kKept;
    std::memcpy(&value, &bits, sizeof(value));
    return value;
}

float factor(const float* matrix, int stride, bool transposed, int row, int column, bool tf32)
{
    const auto at = transposed ? static_cast<std::ptrdiff_t>(column) * stride + row
                               : static_cast<std::ptrdiff_t>(row) * stride + column;
    return tf32 ? asTf32(matrix[at]) : matrix[at];
}

void runProduct(const Product& product, bool tf32)
{
    const auto columns = static_cast<std::size_t>(product.columns);
    std::vector<float> sums(columns);
    std::vector<float> b(static_cast<std::size_t>(product.depth) * columns);
    for (int k = 0; k < product.depth; ++k)
        for (int column = 0; column < product.columns; ++column)
            b[static_cast<std::size_t>(k) * columns + static_cast<std::size_t>(column)]
                = factor(product.b, product.strideB, product.transposedB, k, column, tf32);
    const float alpha = product.scales != nullptr ? product.scales[0] : 1.0F;
    const float beta = product.scales != nullptr ? product.scales[1] : 0.0F;
    for (int row = 0; row < product.rows; ++row) {
        std::fill(sums.begin(), sums.end(), 0.0F);
        for (int k = 0; k < product.depth; ++k) {
            const float a = factor(product.a, product.strideA, product.transposedA, row, k, tf32);
            const float* of = b.data() + static_cast<std::size_t>(k) * columns;
            for (std::size_t column = 0; column < columns; ++column)
                sums[column] += a * of[column];
        }
        for (std::size_t column = 0; column < columns; ++column) {
            const std::ptrdiff_t at = static_cast<std::ptrdiff_t>(row) * product.strideC
                + static_cast<std::ptrdiff_t>(column);
            float sum = alpha * sums[column];
            if (beta != 0.0F)
                sum += beta * product.c[at];
            if (product.epilogue == gpu::Epilogue::BiasGelu) {
                sum += product.bias[column];
                if (product.aux != nullptr)
                    product.aux[at] = sum;
                sum = nn::geluTanh(sum);
            } else if (product.epilogue == gpu::Epilogue::GeluGradient) {
                sum *= nn::geluTanhDerivative(product.aux[at]);
            }
            product.c[at] = sum;
        }
    }
}

/// Work that is done when all that it needs is.
struct Node {
    std::function<void()> work;
    std::vector<std::size_t> needs; ///< earlier nodes of the same list
};

/// Queues in which nothing happens until it must.
class Queues {
public:
    void add(Stream stream, std::function<void()> work)
    {
        auto& waits = m_waits[static_cast<std::size_t>(stream)];
        m_nodes.push_back({ std::move(work), waits });
        waits = { m_nodes.size() - 1 }; // the next one comes after this
    }
    void follow(Stream later, Stream earlier)
    {
        const auto& from = m_waits[static_cast<std::size_t>(earlier)];
        auto& to = m_waits[static_cast<std::size_t>(later)];
        to.insert(to.end(), from.begin(), from.end());
    }
    /// Whether all that was done can be waited for in `stream` alone.
    [[nodiscard]] bool endsIn(Stream stream) const
    {
        std::vector<bool> reached(m_nodes.size(), false);
        std::vector<std::size_t> open = m_waits[static_cast<std::size_t>(stream)];
        while (!open.empty()) {
            const std::size_t at = open.back();
            open.pop_back();
            if (reached[at])
                continue;
            reached[at] = true;
            open.insert(open.end(), m_nodes[at].needs.begin(), m_nodes[at].needs.end());
        }
        return std::all_of(reached.begin(), reached.end(), [](bool one) { return one; });
    }
    /// Does everything, in the order of the calls or in a drawn one.
    void run(std::uint64_t order) const
    {
        std::vector<bool> done(m_nodes.size(), false);
        base::RandomStream random(order);
        for (std::size_t finished = 0; finished < m_nodes.size(); ++finished) {
            std::vector<std::size_t> ready;
            for (std::size_t at = 0; at < m_nodes.size(); ++at) {
                const auto& needs = m_nodes[at].needs;
                if (!done[at] && std::all_of(needs.begin(), needs.end(), [&](std::size_t need) {
                        return done[need];
                    }))
                    ready.push_back(at);
                if (!ready.empty() && order == 0)
                    break;
            }
            EXPECTS(!ready.empty());
            const std::size_t next
                = ready[order == 0 ? 0 : random.below(static_cast<std::uint32_t>(ready.size()))];
            m_nodes[next].work();
            done[next] = true;
        }
    }

private:
    std::vector<Node> m_nodes;
    std::array<std::vector<std::size_t>, gpu::kStreams> m_waits;
};

class EmulatedGraph final : public gpu::Graph {
public:
    explicit EmulatedGraph(Queues queues)
        : m_queues(std::move(queues))
    {
    }
    void run(std::uint64_t order) const { m_queues.run(order); }

private:
    Queues m_queues;
};

class EmulatedDevice final : public gpu::Device {
public:
    explicit EmulatedDevice(Emulation& emulation)
        : m_emulation(emulation)
    {
    }

    Result<void> copy(void* to, const void* from, std::size_t bytes, Stream stream) override
    {
        return queue("copy", stream, [=] { std::memcpy(to, from, bytes); });
    }

    Result<void> copyRows(void* to, std::size_t toPitch, const void* from, std::size_t fromPitch,
        std::size_t bytes, std::size_t rows, Stream stream) override
    {
        return queue("copyRows", stream, [=] {
            for (std::size_t row = 0; row < rows; ++row)
                std::memcpy(static_cast<std::byte*>(to) + row * toPitch,
                    static_cast<const std::byte*>(from) + row * fromPitch, bytes);
        });
    }

    Result<void> clear(void* memory, std::size_t bytes, Stream stream) override
    {
        return queue("clear", stream, [=] { std::memset(memory, 0, bytes); });
    }

    Result<void> launch(const gpu::Kernel& kernel, Stream stream) override
    {
        return queue("launch", stream, [kernel, threads = m_emulation.threads] {
            std::visit([threads](const auto& one) { runKernel(one, threads); }, kernel);
        });
    }

    Result<bool> prepare(const Product& product) override
    {
        EXPECTS(!m_recording);
        if (const auto alive = call("prepare"); !alive)
            return base::Unexpected(alive.error());
        const bool can = m_emulation.fuses || product.epilogue == gpu::Epilogue::None;
        if (can)
            m_prepared.push_back(shapeOf(product));
        return can;
    }

    Result<void> multiply(const Product& product, Stream stream) override
    {
        const auto shape = shapeOf(product);
        EXPECTS(std::find(m_prepared.begin(), m_prepared.end(), shape) != m_prepared.end());
        const bool tf32 = m_emulation.precision == train::Precision::Tf32;
        return queue("multiply", stream, [product, tf32] { runProduct(product, tf32); });
    }

    Result<void> follow(Stream later, Stream earlier) override
    {
        if (const auto alive = call("follow"); !alive)
            return alive;
        queues().follow(later, earlier);
        return {};
    }

    Result<void> beginRecording() override
    {
        EXPECTS(!m_recording);
        if (const auto alive = call("beginRecording"); !alive)
            return alive;
        m_recording.emplace();
        return {};
    }

    Result<std::unique_ptr<gpu::Graph>> finishRecording() override
    {
        EXPECTS(m_recording);
        Queues recorded = *std::move(m_recording);
        m_recording.reset();
        if (const auto alive = call("finishRecording"); !alive)
            return base::Unexpected(alive.error());
        EXPECTS(recorded.endsIn(Stream::Main));
        ++m_emulation.recorded;
        return std::unique_ptr<gpu::Graph>(std::make_unique<EmulatedGraph>(std::move(recorded)));
    }

    Result<void> replay(gpu::Graph& graph) override
    {
        ++m_emulation.replayed;
        const auto& recorded = static_cast<const EmulatedGraph&>(graph);
        return queue("replay", Stream::Main,
            [&recorded, order = m_emulation.order] { recorded.run(order); });
    }

    Result<void> synchronize() override
    {
        EXPECTS(!m_recording);
        if (const auto alive = call("synchronize"); !alive) {
            m_queues = {};
            return alive;
        }
        std::exchange(m_queues, {}).run(m_emulation.order);
        return {};
    }

protected:
    Result<void*> take(Place, std::size_t bytes, const std::string& what) override
    {
        if (const auto alive = call("take"); !alive)
            return base::Unexpected(alive.error());
        if (m_emulation.inUse + bytes > m_emulation.memory)
            return base::failure(base::ErrorCode::BackendFailed, "take (emulated)",
                fmt::format(
                    "out of memory: {} bytes are free", m_emulation.memory - m_emulation.inUse),
                fmt::format("{} bytes for {}", bytes, what));
        // The last sixteen bytes may be read by nobody: no rounding up.
        void* memory = nullptr;
        EXPECTS(posix_memalign(&memory, 256, bytes) == 0);
        std::memset(memory, 0xFF, bytes); // NaN
        m_sizes[memory] = bytes;
        m_emulation.inUse += bytes;
        return memory;
    }

    void giveBack(Place, void* address) noexcept override
    {
        const auto known = m_sizes.find(address);
        m_emulation.inUse -= known->second;
        m_sizes.erase(known);
        std::free(address);
    }

private:
    using Shape = std::array<int, 10>;

    static Shape shapeOf(const Product& p)
    {
        return { p.rows, p.columns, p.depth, p.strideA, p.strideB, p.strideC,
            2 * int { p.transposedA } + int { p.transposedB }, int { p.scales != nullptr },
            int { p.aux != nullptr }, static_cast<int>(p.epilogue) };
    }

    Queues& queues() { return m_recording ? *m_recording : m_queues; }

    Result<void> queue(const char* name, Stream stream, std::function<void()> work)
    {
        if (const auto alive = call(name); !alive)
            return alive;
        queues().add(stream, std::move(work));
        return {};
    }

    Result<void> call(const char* name)
    {
        const std::int64_t number = m_emulation.calls++;
        if (m_emulation.lostAtCall >= 0 && number >= m_emulation.lostAtCall)
            return base::failure(base::ErrorCode::BackendFailed,
                fmt::format("{} (emulated_device.cpp)", name), "the device was lost");
        return {};
    }

    Emulation& m_emulation;
    Queues m_queues;
    std::optional<Queues> m_recording;
    std::vector<Shape> m_prepared;
    std::map<void*, std::size_t> m_sizes;
};

} // namespace

std::unique_ptr<gpu::Device> emulateDevice(Emulation& emulation)
{
    return std::make_unique<EmulatedDevice>(emulation);
}

} // namespace maury::test
