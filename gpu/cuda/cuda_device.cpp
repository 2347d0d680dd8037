#include "gpu/cuda/cuda_device.h"

#include "gpu/cuda/call.h"
#include "gpu/cuda/handles.h"
#include "gpu/cuda/kernels.h"
#include "gpu/cuda/products.h"

#include <fmt/format.h>

#include <array>
#include <utility>

namespace maury::gpu {
namespace {

using base::Result;

class RecordedGraph final : public Graph {
public:
    explicit RecordedGraph(CudaGraphExec graph)
        : m_graph(std::move(graph))
    {
    }
    [[nodiscard]] cudaGraphExec_t graph() const { return m_graph.get(); }

private:
    CudaGraphExec m_graph;
};

constexpr std::size_t at(Stream stream)
{
    return static_cast<std::size_t>(stream);
}

std::string megabytes(std::size_t bytes)
{
    return fmt::format("{:.1f} MB", static_cast<double>(bytes) * 1e-6);
}

class CudaDevice final : public Device {
public:
    explicit CudaDevice(CudaProducts products)
        : m_products(std::move(products))
    {
    }

    Result<void> open()
    {
        MAURY_CUDA_TRY(loadKernels);
        for (CudaStream& stream : m_streams) {
            cudaStream_t made = nullptr;
            MAURY_CUDA_TRY(cudaStreamCreateWithFlags, &made, cudaStreamNonBlocking);
            stream.reset(made);
        }
        for (CudaEvent& event : m_events) {
            cudaEvent_t made = nullptr;
            MAURY_CUDA_TRY(cudaEventCreateWithFlags, &made, cudaEventDisableTiming);
            event.reset(made);
        }
        return {};
    }

    Result<void> copy(void* to, const void* from, std::size_t bytes, Stream stream) override
    {
        return MAURY_CUDA_CALL(
            cudaMemcpyAsync, to, from, bytes, cudaMemcpyDefault, streamOf(stream));
    }

    Result<void> copyRows(void* to, std::size_t toPitch, const void* from, std::size_t fromPitch,
        std::size_t bytes, std::size_t rows, Stream stream) override
    {
        return MAURY_CUDA_CALL(cudaMemcpy2DAsync, to, toPitch, from, fromPitch, bytes, rows,
            cudaMemcpyDefault, streamOf(stream));
    }

    Result<void> clear(void* memory, std::size_t bytes, Stream stream) override
    {
        return MAURY_CUDA_CALL(cudaMemsetAsync, memory, 0, bytes, streamOf(stream));
    }

    Result<void> launch(const Kernel& kernel, Stream stream) override
    {
        return MAURY_CUDA_CALL(launchKernel, kernel, streamOf(stream));
    }

    Result<bool> prepare(const Product& product) override { return m_products.prepare(product); }

    Result<void> multiply(const Product& product, Stream stream) override
    {
        return m_products.multiply(product, streamOf(stream), at(stream));
    }

    Result<void> follow(Stream later, Stream earlier) override
    {
        cudaEvent_t event = m_events[at(earlier)].get();
        MAURY_CUDA_TRY(cudaEventRecord, event, streamOf(earlier));
        return MAURY_CUDA_CALL(cudaStreamWaitEvent, streamOf(later), event, 0);
    }

    Result<void> beginRecording() override
    {
        return MAURY_CUDA_CALL(
            cudaStreamBeginCapture, streamOf(Stream::Main), cudaStreamCaptureModeThreadLocal);
    }

    Result<std::unique_ptr<Graph>> finishRecording() override
    {
        cudaGraph_t recorded = nullptr;
        MAURY_CUDA_TRY(cudaStreamEndCapture, streamOf(Stream::Main), &recorded);
        const CudaGraph owner(recorded);
        cudaGraphExec_t graph = nullptr;
        MAURY_CUDA_TRY(cudaGraphInstantiate, &graph, recorded, 0ULL);
        return std::unique_ptr<Graph>(std::make_unique<RecordedGraph>(CudaGraphExec(graph)));
    }

    Result<void> replay(Graph& graph) override
    {
        return MAURY_CUDA_CALL(cudaGraphLaunch, static_cast<const RecordedGraph&>(graph).graph(),
            streamOf(Stream::Main));
    }

    Result<void> synchronize() override
    {
        for (const CudaStream& stream : m_streams)
            MAURY_CUDA_TRY(cudaStreamSynchronize, stream.get());
        return {};
    }

protected:
    Result<void*> take(Place place, std::size_t bytes, const std::string& what) override
    {
        void* memory = nullptr;
        const auto outcome = place == Place::Device
            ? MAURY_CUDA_CALL(cudaMalloc, &memory, bytes)
            : MAURY_CUDA_CALL(cudaMallocHost, &memory, bytes);
        if (outcome)
            return memory;
        (void)cudaGetLastError(); // too little memory is no lasting state of the device
        base::Error error = outcome.error();
        error.expected = fmt::format("{} for {}", megabytes(bytes), what);
        std::size_t free = 0;
        std::size_t total = 0;
        if (place == Place::Device && cudaMemGetInfo(&free, &total) == cudaSuccess)
            error.context.push_back(
                fmt::format("{} of the device's {} are free", megabytes(free), megabytes(total)));
        return base::Unexpected(std::move(error));
    }

    void giveBack(Place place, void* address) noexcept override
    {
        (void)(place == Place::Device ? cudaFree(address) : cudaFreeHost(address));
    }

private:
    [[nodiscard]] cudaStream_t streamOf(Stream stream) const { return m_streams[at(stream)].get(); }

    std::array<CudaStream, kStreams> m_streams;
    std::array<CudaEvent, kStreams> m_events; ///< where follow() found a stream last
    CudaProducts m_products;
};

} // namespace

DriverFacts driverFacts()
{
    DriverFacts facts;
    facts.neededVersion = CUDART_VERSION;
    if (cudaDriverGetVersion(&facts.driverVersion) != cudaSuccess || facts.driverVersion == 0)
        return facts;
    int count = 0;
    const cudaError_t asked = cudaGetDeviceCount(&count);
    if (asked != cudaSuccess && asked != cudaErrorNoDevice) {
        facts.failure = fmt::format("{} ({})", cudaGetErrorString(asked), cudaGetErrorName(asked));
        return facts;
    }
    for (int device = 0; device < count; ++device) {
        cudaDeviceProp properties {};
        if (cudaGetDeviceProperties(&properties, device) == cudaSuccess)
            facts.devices.push_back(
                { properties.name, properties.major, properties.minor, properties.totalGlobalMem });
    }
    return facts;
}

Result<std::unique_ptr<Device>> openCudaDevice(train::Precision precision)
{
    auto products = CudaProducts::make(precision);
    if (!products)
        return base::Unexpected(products.error());
    auto device = std::make_unique<CudaDevice>(*std::move(products));
    if (const auto opened = device->open(); !opened)
        return base::Unexpected(opened.error());
    return std::unique_ptr<Device>(std::move(device));
}

} // namespace maury::gpu
