#pragma once

#include "app/gui/appearance.h"
#include "core/base/result.h"

#include <QSize>
#include <QString>
#include <QStringList>

#include <optional>

namespace maury::gui {

/// What `maury` was asked to do.
struct CommandLine {
    QStringList paths; ///< files and folders to open
    QString atlas = "builtin";
    Style style = Style::System;
    QString language; ///< empty: the system's
    std::optional<QSize> size;
    QString tourFolder; ///< empty: no tour
    QString bench; ///< "start", "render", "train"; empty: none
    bool json = false;
};

/// The command line's help, or its meaning. Prints help or version and ends the program when asked
/// for them. Errors: OptionInvalid, OptionUnknown.
[[nodiscard]] base::Result<CommandLine> parseCommandLine(const QStringList& arguments);

} // namespace maury::gui
