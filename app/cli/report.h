#pragma once

#include "core/base/result.h"

#include <nlohmann/json.hpp>

#include <string>

namespace maury::cli {

/// Prints a document to stdout: with --json, stdout holds this and nothing else. NaN becomes null.
void printJson(const nlohmann::json& document);

/// A notice or progress line on stderr.
void notice(const std::string& text);

/// The error on stderr; returns the exit status kFailed, or kWrongUsage for settings out of range.
[[nodiscard]] int report(const base::Error& error);

} // namespace maury::cli
