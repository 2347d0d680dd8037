#include "core/base/error.h"

namespace maury::base {

std::string sentence(ErrorCode code)
{
    switch (code) {
    case ErrorCode::FileMissing:
        return "no such file or folder";
    case ErrorCode::FileUnreadable:
        return "cannot be opened for reading";
    case ErrorCode::FileEmpty:
        return "the file is empty";
    case ErrorCode::FileTruncated:
        return "the file is truncated";
    case ErrorCode::FileDamaged:
        return "the file is damaged";
    case ErrorCode::FormatUnknown:
        return "not a format that can be read";
    case ErrorCode::FormatVersion:
        return "written in another version of the format";
    case ErrorCode::ValueMissing:
        return "a needed value is missing";
    case ErrorCode::ValueInvalid:
        return "a value cannot be used";
    case ErrorCode::WavelengthsInvalid:
        return "the wavelengths cannot be used";
    case ErrorCode::CoverageInsufficient:
        return "the spectrum does not cover the range";
    case ErrorCode::AtlasEmpty:
        return "no standard spectra found";
    case ErrorCode::ClassesInsufficient:
        return "too few classes to train on";
    case ErrorCode::TypeUnparsable:
        return "not a spectral type";
    case ErrorCode::ModelMismatch:
        return "model and data do not fit together";
    case ErrorCode::OptionInvalid:
        return "the setting is out of range";
    case ErrorCode::OptionUnknown:
        return "unknown setting";
    case ErrorCode::BackendUnavailable:
        return "the backend cannot be used";
    case ErrorCode::BackendFailed:
        return "the backend failed";
    case ErrorCode::TrainingDiverged:
        return "the training diverged";
    case ErrorCode::WriteFailed:
        return "could not be written";
    case ErrorCode::LibraryFailed:
        return "a library reported an error";
    case ErrorCode::Cancelled:
        return "cancelled";
    }
    return "unknown error";
}

std::string describe(const Error& error)
{
    std::string text = error.place.empty() ? std::string() : error.place + ": ";
    text += sentence(error.code);
    if (!error.found.empty())
        text += ": found " + error.found;
    if (!error.expected.empty())
        text += (error.found.empty() ? ": expected " : ", expected ") + error.expected;
    for (const std::string& circumstance : error.context)
        text += " (" + circumstance + ")";
    return text;
}

} // namespace maury::base
