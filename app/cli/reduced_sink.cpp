#include "app/cli/reduced_sink.h"

#include "core/io/spectrum_writer.h"
#include "core/preprocess/reduction_file.h"

#include <fmt/format.h>

#include <filesystem>
#include <set>
#include <system_error>

namespace maury::cli {
namespace {

class FileSink : public ReducedSink {
public:
    explicit FileSink(std::filesystem::path file)
        : m_file(std::move(file))
    {
    }
    base::Result<std::string> add(const preprocess::Reduced& reduced, const SpectrumItem&) override
    {
        if (const auto written = io::writeSpectrum(m_file, toWrite(reduced)); !written)
            return base::Unexpected(written.error());
        return m_file.string();
    }
    base::Result<void> finish() override { return {}; }

private:
    std::filesystem::path m_file;
};

class FolderSink : public ReducedSink {
public:
    FolderSink(std::filesystem::path folder, std::string end)
        : m_folder(std::move(folder))
        , m_end(std::move(end))
    {
    }
    base::Result<std::string> add(
        const preprocess::Reduced& reduced, const SpectrumItem& item) override
    {
        const auto& source = reduced.spectrum;
        std::string stem = source.file.stem().string();
        if (source.row > 0)
            stem += fmt::format("_row{}", source.row);
        // Files of the same name from several folders stay apart.
        std::string name = stem + m_end;
        for (int count = 2; !m_names.insert(name).second; ++count)
            name = fmt::format("{}_{}{}", stem, count, m_end);
        return FileSink(m_folder / name).add(reduced, item);
    }
    base::Result<void> finish() override { return {}; }

private:
    std::filesystem::path m_folder;
    std::string m_end;
    std::set<std::string> m_names;
};

} // namespace

base::Result<std::unique_ptr<ReducedSink>> openSink(
    const std::string& out, const std::string& format, std::size_t spectra)
{
    std::error_code error;
    const std::filesystem::path path(out);
    const bool isFolder
        = spectra != 1 || out.ends_with('/') || std::filesystem::is_directory(path, error);
    if (!isFolder) {
        if (const auto known = io::checkTableFormat(path); !known)
            return base::Unexpected(known.error());
        return std::unique_ptr<ReducedSink>(std::make_unique<FileSink>(path));
    }
    std::filesystem::create_directories(path, error);
    if (error || !std::filesystem::is_directory(path))
        return base::failure(base::ErrorCode::WriteFailed, out,
            error ? error.message() : "a file", "a folder for several spectra");
    return std::unique_ptr<ReducedSink>(std::make_unique<FolderSink>(path, "." + format));
}

} // namespace maury::cli
