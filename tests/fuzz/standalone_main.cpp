// Runs a fuzz target where there is no libFuzzer: on the seeds, then on changes of them that are
// the same in every run. usage: TARGET RUNS FOLDER

#include "tests/fuzz/fuzz_target.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <vector>

namespace {

using Bytes = std::vector<std::uint8_t>;

Bytes bytesOf(const std::filesystem::path& file)
{
    std::ifstream stream(file, std::ios::binary);
    return Bytes(std::istreambuf_iterator<char>(stream), {});
}

/// Changes, copies, cuts out or digits: what breaks headers and lengths.
void change(Bytes& bytes, std::mt19937& random)
{
    if (bytes.empty())
        return;
    const auto place = [&] { return static_cast<std::ptrdiff_t>(random() % bytes.size()); };
    const auto at = bytes.begin() + place();
    const auto length = std::min<std::ptrdiff_t>(
        static_cast<std::ptrdiff_t>(1 + random() % 80), bytes.end() - at);
    switch (random() % 5) {
    case 0:
        *at = static_cast<std::uint8_t>(random());
        break;
    case 1:
        *at = static_cast<std::uint8_t>("0123456789-.E "[random() % 14]);
        break;
    case 2: {
        const Bytes part(at, at + length);
        bytes.insert(bytes.begin() + place(), part.begin(), part.end());
        break;
    }
    case 3:
        bytes.erase(at, at + length);
        break;
    default:
        bytes.resize(static_cast<std::size_t>(place()) + 1);
    }
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 3) {
        std::fputs("usage: TARGET RUNS FOLDER\n", stderr);
        return 2;
    }
    const int runs = std::atoi(argv[1]);
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(argv[2]))
        files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    if (files.empty() || runs <= 0)
        return 1;
    std::vector<Bytes> seeds;
    for (const auto& file : files) {
        seeds.push_back(bytesOf(file));
        LLVMFuzzerTestOneInput(seeds.back().data(), seeds.back().size());
    }
    std::mt19937 random(1);
    for (int run = 0; run < runs; ++run) {
        Bytes bytes = seeds[static_cast<std::size_t>(run) % seeds.size()];
        for (std::uint32_t i = 1 + random() % 4; i > 0; --i)
            change(bytes, random);
        LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
    }
    return 0;
}
