#include "core/dataset/sample_set.h"

#include "core/io/hdf5_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <new>
#include <utility>

namespace maury::dataset {
namespace {

const io::Hdf5Format kFormat { "maury-sample-set", 1 };

// Writes one after the other until one fails; then the rest does nothing and the failure is kept.
class Writer {
public:
    explicit Writer(io::Hdf5Group& group)
        : m_group(group)
    {
    }
    template <typename T> Writer& attribute(const std::string& name, const T& value)
    {
        if (m_result)
            m_result = m_group.setAttribute(name, value);
        return *this;
    }
    template <typename T>
    Writer& array(
        const std::string& name, std::span<const T> values, const std::vector<std::size_t>& shape)
    {
        if (m_result)
            m_result = m_group.writeArray<T>(name, values, shape);
        return *this;
    }
    Writer& texts(const std::string& name, const std::vector<std::string>& values)
    {
        if (m_result)
            m_result = m_group.writeTexts(name, values);
        return *this;
    }
    [[nodiscard]] const base::Result<void>& result() const { return m_result; }

private:
    io::Hdf5Group& m_group;
    base::Result<void> m_result;
};

base::Result<void> writeContents(
    io::Hdf5Group& root, const SampleSet& set, const std::string& sha256)
{
    const std::size_t samples = set.size();
    return Writer(root)
        .attribute("description", set.description)
        .attribute("provenance", set.provenance)
        .attribute("sha256", sha256)
        .attribute("grid_first_angstrom", set.grid.firstAngstrom)
        .attribute("grid_step_angstrom", set.grid.stepAngstrom)
        .array<float>("flux", { set.flux.data(), static_cast<std::size_t>(set.flux.size()) },
            { samples, set.grid.pixels })
        .array<std::uint16_t>("sc", set.sc, { samples })
        .array<std::uint16_t>("lc", set.lc, { samples })
        .array<std::uint32_t>("standard", set.standard, { samples })
        .texts("standard_names", set.standardNames)
        .texts("class_names", set.scheme.names)
        .array<double>("class_temperature_codes", set.scheme.temperatureCodes,
            { set.scheme.temperatureCodes.size() })
        .result();
}

template <typename T> base::Result<void> take(base::Result<T> from, T& to)
{
    if (!from)
        return base::Unexpected(from.error());
    to = *std::move(from);
    return {};
}

base::Result<void> readHead(const io::Hdf5Group& root, SampleSet& set)
{
    for (const auto& [name, target] : { std::pair { "description", &set.description },
             { "provenance", &set.provenance }, { "sha256", &set.sha256 } })
        if (const auto read = take(root.textAttribute(name), *target); !read)
            return read;
    for (const auto& [name, target] :
        { std::pair { "grid_first_angstrom", &set.grid.firstAngstrom },
            { "grid_step_angstrom", &set.grid.stepAngstrom } })
        if (const auto read = take(root.realAttribute(name), *target); !read)
            return read;
    if (!(std::isfinite(set.grid.firstAngstrom) && set.grid.stepAngstrom > 0.0
            && std::isfinite(set.grid.stepAngstrom)))
        return base::failure(base::ErrorCode::ValueInvalid, root.place() + ", grid",
            fmt::format("first {} Å, step {} Å", set.grid.firstAngstrom, set.grid.stepAngstrom),
            "finite numbers and a step above 0");
    if (const auto read = take(root.readTexts("standard_names"), set.standardNames); !read)
        return read;
    if (const auto read = take(root.readTexts("class_names"), set.scheme.names); !read)
        return read;
    set.scheme.temperatureCodes.resize(set.scheme.names.size());
    return root.readInto<double>(
        "class_temperature_codes", { set.scheme.names.size() }, set.scheme.temperatureCodes);
}

base::Result<void> readSamples(const io::Hdf5Group& root, SampleSet& set)
{
    const auto shape = root.shape("flux");
    if (!shape)
        return base::Unexpected(shape.error());
    constexpr std::size_t kMost = 0xFFFFFFFFU; // rows have 32-bit numbers everywhere
    if (shape->size() != 2 || (*shape)[0] == 0 || (*shape)[1] == 0 || (*shape)[0] > kMost
        || (*shape)[1] > kMost)
        return base::failure(base::ErrorCode::ValueInvalid, root.place() + ", flux",
            fmt::format("shape [{}]", fmt::join(*shape, ", ")),
            fmt::format("[samples, pixels], each 1 … {}", kMost));
    const std::size_t samples = (*shape)[0];
    set.grid.pixels = (*shape)[1];
    try {
        set.flux.resize(static_cast<Eigen::Index>(samples), static_cast<Eigen::Index>((*shape)[1]));
        set.sc.resize(samples);
        set.lc.resize(samples);
        set.standard.resize(samples);
    } catch (const std::bad_alloc&) {
        return base::failure(base::ErrorCode::FileDamaged, root.place() + ", flux",
            fmt::format("{} × {} numbers", samples, (*shape)[1]), "as many as fit into memory");
    }
    if (auto read = root.readInto<std::uint16_t>("sc", { samples }, set.sc); !read)
        return read;
    if (auto read = root.readInto<std::uint16_t>("lc", { samples }, set.lc); !read)
        return read;
    if (auto read = root.readInto<std::uint32_t>("standard", { samples }, set.standard); !read)
        return read;
    return root.readInto<float>(
        "flux", *shape, { set.flux.data(), static_cast<std::size_t>(set.flux.size()) });
}

template <typename T>
base::Result<void> checkLabels(const io::Hdf5Group& root, const std::string& name,
    const std::vector<T>& labels, std::size_t count)
{
    const auto bad
        = std::find_if(labels.begin(), labels.end(), [count](T label) { return label >= count; });
    if (bad == labels.end())
        return {};
    return base::failure(base::ErrorCode::ValueInvalid,
        fmt::format("{}, {}, sample {}", root.place(), name, bad - labels.begin()),
        fmt::format("label {}", *bad), fmt::format("below {}", count));
}

base::Result<void> checkContents(const io::Hdf5Group& root, const SampleSet& set)
{
    if (auto ok = checkLabels(root, "sc", set.sc, set.scheme.size()); !ok)
        return ok;
    if (auto ok = checkLabels(root, "lc", set.lc, mk::kLuminosityGroups); !ok)
        return ok;
    if (auto ok = checkLabels(root, "standard", set.standard, set.standardNames.size()); !ok)
        return ok;
    for (std::size_t row = 0; row < set.size(); ++row)
        if (!set.flux.row(static_cast<Eigen::Index>(row)).allFinite())
            return base::failure(base::ErrorCode::ValueInvalid,
                fmt::format("{}, flux, sample {}", root.place(), row),
                "a flux that is no finite number", "finite numbers");
    if (const std::string found = contentsSha256(set); found != set.sha256)
        return base::failure(base::ErrorCode::FileDamaged, root.place(),
            "contents with SHA-256 " + found, set.sha256);
    return {};
}

} // namespace

base::Result<std::string> writeSampleSet(const SampleSet& set, const std::filesystem::path& file)
{
    EXPECTS(set.sc.size() == set.lc.size() && set.sc.size() == set.standard.size());
    EXPECTS(static_cast<std::size_t>(set.flux.rows()) == set.size()
        && static_cast<std::size_t>(set.flux.cols()) == set.grid.pixels);
    const std::string sha256 = set.sha256.empty() ? contentsSha256(set) : set.sha256;
    const auto written = io::writeHdf5(
        file, kFormat, [&](io::Hdf5Group& root) { return writeContents(root, set, sha256); });
    if (!written)
        return base::Unexpected(written.error());
    return sha256;
}

base::Result<SampleSetPtr> readSampleSet(const std::filesystem::path& file)
{
    const auto root = io::openHdf5(file, kFormat);
    if (!root)
        return base::Unexpected(root.error());
    auto set = std::make_shared<SampleSet>();
    for (const auto step : { readHead, readSamples })
        if (const auto done = step(*root, *set); !done)
            return base::Unexpected(done.error());
    if (const auto ok = checkContents(*root, *set); !ok)
        return base::Unexpected(ok.error());
    return SampleSetPtr(std::move(set));
}

} // namespace maury::dataset
