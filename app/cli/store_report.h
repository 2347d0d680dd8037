#pragma once

#include "core/store/where.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <string>

namespace maury::cli {

/// What `inspect` is asked about stores.
struct StoreReportOptions {
    std::string where; ///< how many spectra fulfil this condition; empty: do not ask
    bool verify = false; ///< check all checksums
};

/// What `inspect` says of a store.
struct StoreReport {
    nlohmann::json entry;
    std::string text; ///< the same for people
};

/// Errors: those of opening and reading a store and of the condition.
[[nodiscard]] base::Result<StoreReport> reportStore(
    const std::filesystem::path& file, const StoreReportOptions& options);

/// Writes the catalogue's lines that fulfil the condition as CSV, with the number of the spectrum
/// in the store first; unknown numbers are empty fields. Returns how many lines. Errors: those of
/// reading, WriteFailed.
[[nodiscard]] base::Result<std::size_t> exportCatalogue(
    const store::Store& store, const store::Where& where, const std::filesystem::path& out);

} // namespace maury::cli
