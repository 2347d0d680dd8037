#pragma once

#include "core/base/result.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace maury::project {

/// How well a spectrum could be typed: 0 unusable, 1 poor, 2 fair, 3 good, 4 excellent.
inline constexpr int kBestQuality = 4;
[[nodiscard]] std::string qualityWord(int quality);

/// What a classifier can mark beside the type.
struct Flags {
    bool odd = false; ///< not like any standard
    bool bad = false; ///< the spectrum, not the star, is wrong
    bool emission = false;
    bool composite = false;

    bool operator==(const Flags&) const = default;
};
/// The names of those that are set, parted by blanks: "odd emission"; empty for none.
[[nodiscard]] std::string toString(const Flags& flags);
/// Errors: ValueInvalid, naming the unknown word.
[[nodiscard]] base::Result<Flags> flagsFromString(const std::string& text);

/// What somebody said about a spectrum, and all that belongs to having said it.
struct Label {
    std::string type; ///< as chosen or typed: "K3 III"; empty while there is none
    std::optional<int> quality; ///< 0 … 4
    Flags flags;
    std::string notes; ///< one line
    double seconds = 0.0; ///< spent on the star
    std::string atlas; ///< of the standards that it was compared with
    std::string model; ///< whose answer was shown; empty when it was hidden or there was none
    std::string program; ///< name and version of the program
    std::string timeUtc; ///< ISO 8601

    bool operator==(const Label&) const = default;
};

/// What one classifier says about one star: what is being worked on, and what was accepted last.
struct LabelState {
    std::optional<Label> draft;
    std::optional<Label> accepted;

    bool operator==(const LabelState&) const = default;
};

/// A label with whom and what it belongs to, as it is exchanged with other people.
struct SignedLabel {
    std::string star;
    std::string classifier;
    Label label;

    bool operator==(const SignedLabel&) const = default;
};

} // namespace maury::project
