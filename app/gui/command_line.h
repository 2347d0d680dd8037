#pragma once

#include "app/gui/preferences.h"
#include "core/base/result.h"

#include <QSize>
#include <QString>
#include <QStringList>

#include <optional>

namespace maury::gui {

/// What `maury` was asked to do.
struct CommandLine {
    QStringList paths; ///< files and folders to open
    Preferences preferences; ///< those of the settings, where the command line says nothing else
    std::optional<QSize> size;
    QString project; ///< file that labels go to; empty: that of the last time
    QString tourFolder; ///< empty: no tour
    QString bench; ///< "start", "render", "train", "load", "drag", "store", "classify"; empty: none
    bool json = false;
    int stars = 0; ///< with bench "start": of a project that is made for it; 0: none is made
};

/// The command line's help, or its meaning beside the stored preferences. Prints help or version
/// and ends the program when asked for them. Errors: OptionInvalid, OptionUnknown.
[[nodiscard]] base::Result<CommandLine> parseCommandLine(
    const QStringList& arguments, const Preferences& stored = {});

} // namespace maury::gui
