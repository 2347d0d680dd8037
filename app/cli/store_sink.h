#pragma once

#include "app/cli/reduced_sink.h"

#include <memory>
#include <string>

namespace maury::cli {

/// Whether the name is that of a store (STORE.h5).
[[nodiscard]] bool namesStore(const std::string& out);

/// A store of reduced spectra: on their grid when they have one, else with their own pixels. With
/// `append` they are added to a store that is there. Errors: WriteFailed, and those of
/// store::StoreWriter::append().
[[nodiscard]] base::Result<std::unique_ptr<ReducedSink>> openStoreSink(
    const std::string& out, bool append);

/// Copies the spectra of a store that fulfil the condition into a store of their own. Returns how
/// many. Errors: those of opening, reading and writing stores.
[[nodiscard]] base::Result<std::size_t> copyStore(
    const std::string& from, const store::Where& where, const std::string& out);

} // namespace maury::cli
