#pragma once

#include "core/io/spectrum_writer.h"
#include "core/project/project.h"

#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace maury::project {

/// A row of a label file that cannot be used, and why.
struct UnusableRow {
    std::size_t line = 0; ///< counted from 1
    std::string reason;
};

/// What a file of labels holds.
struct LabelFile {
    std::filesystem::path file;
    std::vector<SignedLabel> labels;
    std::vector<std::size_t> lines; ///< of the labels
    std::vector<UnusableRow> unusable;
};

/// Reads labels from CSV or ECSV: a column `star` and one `type` are needed; classifier, quality,
/// flags, notes, seconds, atlas, model, program and time_utc are taken when they are there. Rows
/// without a classifier get `classifier`. A type that cannot be parsed, an empty one without the
/// flag "bad", a quality outside 0 … 4, an unknown flag, or a star that comes twice under one
/// classifier makes its row unusable. Errors: those of io::CsvTable, ValueMissing (a column).
[[nodiscard]] base::Result<LabelFile> readLabels(
    const std::filesystem::path& file, const std::string& classifier);

/// The table of labels: what writeLabels() writes and readLabels() reads back unchanged.
[[nodiscard]] io::TableToWrite labelTable(std::span<const SignedLabel> labels);
/// Writes labels by the end of the name: .csv, .ecsv, .fits. Errors: those of io::writeTable.
[[nodiscard]] base::Result<void> writeLabels(
    const std::filesystem::path& file, std::span<const SignedLabel> labels);

struct ImportOptions {
    bool addStars = false; ///< stars that the project does not have, otherwise unusable rows
    bool skipUnusable = false; ///< otherwise one unusable row refuses the whole file
};

struct ImportReport {
    ImportCount count;
    std::size_t newStars = 0;
    std::vector<UnusableRow> skipped;
};

/// Takes a file's labels into a project, all or none. Errors: ValueInvalid (unusable rows, the
/// first of them named), those of Project.
[[nodiscard]] base::Result<ImportReport> importLabels(
    Project& project, LabelFile labels, const ImportOptions& options);

} // namespace maury::project
