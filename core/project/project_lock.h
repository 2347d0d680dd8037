#pragma once

#include "core/base/result.h"

#include <filesystem>

namespace maury::project {

/// The right to write to a project, which one program has at a time while others may read: a file
/// beside it (`.lock`) that is locked as long as this lives, and by the system no longer than the
/// program does.
class ProjectLock {
public:
    /// Errors: WriteFailed: another process has it (named), or the folder may not be written in.
    [[nodiscard]] static base::Result<ProjectLock> acquire(const std::filesystem::path& project);
    ~ProjectLock();
    ProjectLock(ProjectLock&& other) noexcept;
    ProjectLock& operator=(ProjectLock&&) = delete;
    ProjectLock(const ProjectLock&) = delete;
    ProjectLock& operator=(const ProjectLock&) = delete;

private:
    ProjectLock() = default;

    std::filesystem::path m_file;
    int m_descriptor = -1;
};

} // namespace maury::project
