#pragma once

#include "ui/bridge/run_request.h"

#include <filesystem>
#include <optional>

namespace maury::ui {

/// Remembers the run that goes on, so that a program that was killed can go on with it: the request
/// as a JSON file beside the trainer's checkpoint.
class RunStore {
public:
    /// The folder is made when it is needed.
    explicit RunStore(std::filesystem::path folder);

    /// Where the trainer keeps the checkpoint of the run.
    [[nodiscard]] std::filesystem::path checkpoint() const;
    /// Replaces what was remembered, and removes its checkpoint unless it is to be resumed. Errors:
    /// WriteFailed.
    base::Result<void> remember(const RunRequest& request) const;
    /// Moves checkpoint and kept epochs out of the way of a run that comes from this one, in place
    /// of those set aside before; returns where the checkpoint now lies. Errors: WriteFailed, and
    /// everything is where it was.
    [[nodiscard]] base::Result<std::filesystem::path> setAside() const;
    /// The run has come to its end: nothing is left to resume.
    void forget() const;
    /// The request to resume, with resume and checkpoint set; nothing when there is none or it
    /// cannot be read.
    [[nodiscard]] std::optional<RunRequest> unfinished() const;

private:
    [[nodiscard]] std::filesystem::path requestFile() const;

    std::filesystem::path m_folder;
};

} // namespace maury::ui
