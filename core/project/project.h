#pragma once

#include "core/project/label.h"
#include "core/project/project_lock.h"
#include "core/project/sqlite.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace maury::project {

using StarId = std::int64_t;
/// An entry of the history of labels; 0 is the state before the first.
using EntryId = std::int64_t;

/// A star of the project with the files of its spectra.
struct Star {
    StarId id = 0;
    std::string name; ///< no two stars have the same
    std::string catalogueType; ///< as in the file or a catalogue; empty if none
    std::optional<double> raDeg; ///< J2000, degrees
    std::optional<double> decDeg;
    std::vector<std::string> files; ///< absolute paths

    bool operator==(const Star&) const = default;
};

/// What one classifier says about one star at present.
struct StarLabels {
    StarId star = 0;
    std::string classifier;
    LabelState state;
};

/// A training run that was made while the project was open.
struct Run {
    std::string timeUtc;
    std::string summary; ///< JSON
};

/// Where a classifier was when the project was last open.
struct Session {
    std::string classifier;
    std::string program;
    std::string startedUtc;
    std::string seenUtc; ///< last time that something was written
    std::optional<StarId> star;
};

/// How many labels of others were taken in.
struct ImportCount {
    std::size_t added = 0;
    std::size_t changed = 0; ///< a label of the same classifier stood there; the history keeps it
    std::size_t unchanged = 0;
};

/// A user's project: one SQLite file with stars, spectra, labels and their whole history, runs and
/// sessions. Every function that writes has committed when it returns, so that a killed program
/// loses nothing of it; after a power cut accepted labels are there (their commits are flushed to
/// the disk), of what was not yet accepted the last keys may be lost. Errors of all functions:
/// those of Database; WriteFailed in a project that was opened read-only.
class Project {
public:
    enum class Access { Write, ReadOnly };

    /// A new project, complete under its name or not there at all. Errors: also OptionInvalid
    /// (there is such a file already).
    [[nodiscard]] static base::Result<Project> create(const std::filesystem::path& file);
    /// Opens a project after checking it; a file that is refused is left as it was. One program
    /// writes at a time, any number may read. Errors: FileMissing, FileEmpty, FileDamaged,
    /// FormatUnknown, FormatVersion, WriteFailed (open elsewhere, or may not be written; reading
    /// may still work).
    [[nodiscard]] static base::Result<Project> open(
        const std::filesystem::path& file, Access access = Access::Write);
    /// The project of this name, or a new one.
    [[nodiscard]] static base::Result<Project> openOrCreate(const std::filesystem::path& file);
    /// Writes what a project holds, as of now, to a new file. Errors: as open() and create().
    [[nodiscard]] static base::Result<void> copy(
        const std::filesystem::path& from, const std::filesystem::path& to);

    [[nodiscard]] const std::filesystem::path& file() const { return m_database.file(); }
    [[nodiscard]] bool isReadOnly() const { return !m_lock.has_value(); }

    /// In the order in which they were added.
    [[nodiscard]] base::Result<std::vector<Star>> stars() const;
    /// Adds those that are new, all or none. A star is known by a file, or by its name where one of
    /// the two has no files yet; further files are added to it. A name that another star has gets
    /// a number: "HD 1 (2)". Ids in the order of `stars`.
    [[nodiscard]] base::Result<std::vector<StarId>> addStars(std::span<const Star> stars);
    /// What is known of a star after its file has been read. An empty type and missing coordinates
    /// leave what there is.
    [[nodiscard]] base::Result<void> describeStar(const Star& star);

    /// Of all stars and classifiers that have any, by star.
    [[nodiscard]] base::Result<std::vector<StarLabels>> labels() const;
    [[nodiscard]] base::Result<LabelState> labelState(
        StarId star, const std::string& classifier) const;
    /// The last entry of a star's history; 0 when there is none.
    [[nodiscard]] base::Result<EntryId> lastEntry(StarId star, const std::string& classifier) const;
    /// Adds an entry to the history of a star: this is what the classifier says from now on.
    [[nodiscard]] base::Result<EntryId> record(
        StarId star, const std::string& classifier, const LabelState& state);
    /// Adds an entry that makes everything as it was after an earlier one, times included: undoing
    /// and redoing. Errors: also ValueMissing (not an entry of this star and classifier).
    [[nodiscard]] base::Result<EntryId> restore(
        StarId star, const std::string& classifier, EntryId earlier);
    /// Accepted labels with the names of their stars, by star and classifier.
    [[nodiscard]] base::Result<std::vector<SignedLabel>> acceptedLabels() const;
    /// Takes in labels of others, all or none. Precondition: stars of these names are there
    /// (importLabels() sees to it).
    [[nodiscard]] base::Result<ImportCount> takeIn(std::span<const SignedLabel> labels);

    /// How a star's spectrum was prepared when it was typed (JSON); kept when it differs from the
    /// last one. Errors: also ValueMissing (no such file in the project).
    [[nodiscard]] base::Result<void> keepRecipe(const std::string& file, const std::string& recipe);
    /// The last one; empty without.
    [[nodiscard]] base::Result<std::string> recipeOf(const std::string& file) const;

    [[nodiscard]] base::Result<void> addRun(const std::string& summary);
    [[nodiscard]] base::Result<std::vector<Run>> runs() const;

    /// The last session of anybody; nothing in a new project.
    [[nodiscard]] base::Result<std::optional<Session>> lastSession() const;
    /// Begins a session, which keepPlace() speaks of.
    [[nodiscard]] base::Result<void> beginSession(const std::string& classifier);
    /// The star that is shown now.
    [[nodiscard]] base::Result<void> keepPlace(StarId star);

private:
    struct Entry {
        EntryId id = 0;
        std::optional<std::int64_t> draft;
        std::optional<std::int64_t> accepted;
    };

    Project(std::optional<ProjectLock> lock, Database database);

    [[nodiscard]] static base::Result<Project> openForWriting(const std::filesystem::path& file);
    [[nodiscard]] base::Result<Entry> last(StarId star, const std::string& classifier) const;
    [[nodiscard]] base::Result<std::optional<Label>> label(
        const std::optional<std::int64_t>& id) const;
    [[nodiscard]] base::Result<std::optional<std::int64_t>> keep(
        const std::optional<Label>& label, const Entry& before);
    [[nodiscard]] base::Result<EntryId> append(StarId star, const std::string& classifier,
        const char* origin, const LabelState& state, const Entry& before);
    [[nodiscard]] base::Result<EntryId> append(
        StarId star, const std::string& classifier, const char* origin, const Entry& entry);
    [[nodiscard]] base::Result<void> flushCommits(bool flush);
    [[nodiscard]] base::Result<StarId> addStar(const Star& star);
    [[nodiscard]] base::Result<std::optional<StarId>> knownAs(
        const Star& star, std::string& name) const;
    [[nodiscard]] base::Result<std::optional<std::int64_t>> find(
        const char* sql, const std::string& key) const;

    std::optional<ProjectLock> m_lock; ///< none: read-only
    Database m_database;
    std::int64_t m_session = 0;
};

} // namespace maury::project
