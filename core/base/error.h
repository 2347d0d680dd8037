#pragma once

#include <string>
#include <vector>

namespace maury::base {

/// What went wrong. The window maps each code to a translated sentence (ui/bridge/error_text).
enum class ErrorCode {
    FileMissing, ///< nothing there
    FileUnreadable, ///< there, but may not be opened or is a directory
    FileEmpty,
    FileTruncated,
    FileDamaged, ///< structure or checksum wrong
    FormatUnknown, ///< no reader accepts the content
    FormatVersion, ///< written by a newer program
    ValueMissing, ///< a column, keyword, data set is absent
    ValueInvalid, ///< present, but not usable (NaN, not a number, out of range in a file)
    WavelengthsInvalid, ///< not increasing, too few, not finite
    CoverageInsufficient, ///< does not reach the range asked for
    AtlasEmpty, ///< a folder without standards
    ClassesInsufficient, ///< too few classes left to train on
    TypeUnparsable,
    ModelMismatch, ///< model and atlas, or model and data, do not fit
    OptionInvalid, ///< a setting outside its range
    OptionUnknown,
    BackendUnavailable,
    BackendFailed,
    TrainingDiverged,
    WriteFailed, ///< disk full, no permission
    LibraryFailed, ///< a library reported an error; its text is the context
    Cancelled
};

/// A failure of the world: what (code), where (place), what was found and what was expected, and the
/// circumstances from the inside outwards (context). Empty strings are left out of the message.
struct Error {
    ErrorCode code {};
    std::string place;
    std::string found;
    std::string expected;
    std::vector<std::string> context;
};

/// The English sentence of a code, without place and details ("the file is truncated").
[[nodiscard]] std::string sentence(ErrorCode code);

/// One line in English: `place: sentence: found X, expected Y (context; context)`.
[[nodiscard]] std::string describe(const Error& error);

} // namespace maury::base
