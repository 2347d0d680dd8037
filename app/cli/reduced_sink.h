#pragma once

#include "app/cli/read_options.h"
#include "core/preprocess/reduction.h"

#include <memory>
#include <string>

namespace maury::cli {

/// Where reduced spectra go.
class ReducedSink {
public:
    virtual ~ReducedSink() = default;
    /// Takes a spectrum, with where it comes from; returns the name of the file it is in. Errors:
    /// WriteFailed …
    [[nodiscard]] virtual base::Result<std::string> add(
        const preprocess::Reduced& reduced, const SpectrumItem& item)
        = 0;
    /// Called once after the last one.
    [[nodiscard]] virtual base::Result<void> finish() = 0;
};

/// For one spectrum the file `out`, whose end says its format; for several, or when `out` is a folder
/// or ends in '/', a file for each in that folder, which is made, with the end `format` ("fits",
/// "ecsv", "csv"). Errors: OptionInvalid for an unknown end; WriteFailed.
[[nodiscard]] base::Result<std::unique_ptr<ReducedSink>> openSink(
    const std::string& out, const std::string& format, std::size_t spectra);

} // namespace maury::cli
