#include "app/cli/bench_environment.h"

#include "core/base/contract.h"
#include "core/base/simd.h"
#include "core/base/thread_team.h"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <string>
#include <string_view>

namespace maury::cli {
namespace {

std::string cpuModel()
{
    std::ifstream info("/proc/cpuinfo");
    for (std::string line; std::getline(info, line);) {
        const auto colon = line.find(": ");
        if (line.starts_with("model name") && colon != std::string::npos)
            return line.substr(colon + 2);
    }
    return "unknown";
}

std::string compiler()
{
#ifdef __clang__
    return "clang " __clang_version__;
#else
    return "g++ " __VERSION__;
#endif
}

nlohmann::json libraryVariables()
{
    constexpr std::string_view kPrefixes[]
        = { "OPENBLAS_", "OMP_", "GOMP_", "MKL_", "DNNL_", "ONEDNN_" };
    nlohmann::json variables = nlohmann::json::object();
    for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
        const std::string_view text(*entry);
        const bool wanted = std::any_of(std::begin(kPrefixes), std::end(kPrefixes),
            [text](std::string_view prefix) { return text.starts_with(prefix); });
        const auto equals = text.find('=');
        if (wanted && equals != std::string_view::npos)
            variables[std::string(text.substr(0, equals))] = std::string(text.substr(equals + 1));
    }
    return variables;
}

} // namespace

nlohmann::json benchEnvironment()
{
    double load[1] = { -1.0 };
    const bool known = getloadavg(load, 1) == 1;
    return { { "cpu", cpuModel() }, { "cores", base::defaultThreadCount() },
        { "simd", base::simdTarget() }, { "compiler", compiler() },
        { "load_average", known ? nlohmann::json(load[0]) : nlohmann::json() },
        { "variables", libraryVariables() } };
}

double threadMicroseconds()
{
    timespec time {};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_nsec) * 1e-3;
}

double median(std::vector<double> values)
{
    EXPECTS(!values.empty());
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

} // namespace maury::cli
