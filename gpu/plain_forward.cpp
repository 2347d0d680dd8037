#include "gpu/plain_forward.h"

#include "gpu/layer_products.h"

#include <algorithm>
#include <iterator>

namespace maury::gpu {

using base::Result;

Result<PlainForward> PlainForward::prepare(Device& device, const Network& network, int rows,
    const float* input, float* const (&layers)[2])
{
    PlainForward forward;
    forward.m_rows = rows;
    std::copy(std::begin(layers), std::end(layers), std::begin(forward.m_layers));
    const NetworkLayout& layout = network.layout();
    const bool mayFuse = layout.spec().activation == nn::Activation::GeluTanh;
    for (std::size_t at = 0; at < layout.hidden().size(); ++at) {
        const DenseLayout& layer = layout.hidden()[at];
        const Product plain = forwardProduct(
            network, layer, rows, forward.inputOf(at, input), forward.m_layers[at % 2]);
        auto ready = mayFuse ? device.prepare(withGelu(plain, network, layer, nullptr))
                             : Result<bool>(false);
        forward.m_fuses.push_back(ready && *ready);
        if (ready && !*ready)
            ready = device.prepare(plain);
        if (!ready)
            return base::Unexpected(ready.error());
    }
    return forward;
}

HeadsInput PlainForward::queue(Work& work, const Network& network, const float* input) const
{
    const NetworkLayout& layout = network.layout();
    for (std::size_t at = 0; at < layout.hidden().size(); ++at) {
        const DenseLayout& layer = layout.hidden()[at];
        float* output = m_layers[at % 2];
        const Product plain = forwardProduct(network, layer, m_rows, inputOf(at, input), output);
        if (m_fuses[at])
            work.multiply(withGelu(plain, network, layer, nullptr));
        else
            work.multiply(plain).launch(
                Activate { output, network.values() + layer.biases, output,
                    { nullptr, m_rows, layer.fanOut, static_cast<int>(at) },
                    layout.spec().activation });
    }
    const DenseLayout& heads = layout.heads();
    return { inputOf(layout.hidden().size(), input), network.values() + heads.weights,
        network.values() + heads.biases, m_rows, heads.fanIn, heads.fanOut,
        layout.spec().scClasses, layout.spec().lcClasses };
}

} // namespace maury::gpu
