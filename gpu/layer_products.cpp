#include "gpu/layer_products.h"

namespace maury::gpu {

Product forwardProduct(
    const Network& network, const DenseLayout& layer, int rows, const float* x, float* z)
{
    Product product;
    product.rows = rows;
    product.columns = layer.fanOut;
    product.depth = layer.fanIn;
    product.a = x;
    product.strideA = layer.fanIn;
    product.b = network.values() + layer.weights;
    product.strideB = layer.fanOut;
    product.c = z;
    product.strideC = layer.fanOut;
    return product;
}

Product backwardProduct(
    const Network& network, const DenseLayout& layer, int rows, const float* dz, float* dx)
{
    Product product;
    product.rows = rows;
    product.columns = layer.fanIn;
    product.depth = layer.fanOut;
    product.a = dz;
    product.strideA = layer.fanOut;
    product.b = network.values() + layer.weights;
    product.strideB = layer.fanOut;
    product.transposedB = true;
    product.c = dx;
    product.strideC = layer.fanIn;
    return product;
}

Product weightsProduct(const Network& network, const DenseLayout& layer, int rows, const float* x,
    const float* dz, const float* scales)
{
    Product product;
    product.rows = layer.fanIn;
    product.columns = layer.fanOut;
    product.depth = rows;
    product.a = x;
    product.strideA = layer.fanIn;
    product.transposedA = true;
    product.b = dz;
    product.strideB = layer.fanOut;
    product.c = (scales != nullptr ? network.values() : network.gradients()) + layer.weights;
    product.strideC = layer.fanOut;
    product.scales = scales;
    return product;
}

Product withGelu(Product product, const Network& network, const DenseLayout& layer, float* aux)
{
    product.epilogue = Epilogue::BiasGelu;
    product.bias = network.values() + layer.biases;
    product.aux = aux;
    return product;
}

Product withGeluGradient(Product product, float* z)
{
    product.epilogue = Epilogue::GeluGradient;
    product.aux = z;
    return product;
}

} // namespace maury::gpu
