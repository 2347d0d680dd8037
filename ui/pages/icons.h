#pragma once

#include <QIcon>

namespace maury::ui {

enum class Symbol {
    OpenFile,
    OpenFolder,
    Previous,
    Next,
    Up,
    Down,
    ZoomIn,
    ZoomOut,
    ResetZoom,
    Good,
    Warning,
    Error,
    Info,
    Start,
    Pause,
    SingleBatch,
    Stop,
    Rewind,
    NewSeed,
    Reset,
    Add,
    Close
};

/// A vector icon that is drawn in the text colour of the application's palette, at any size and
/// pixel ratio. Warning and Error are drawn in their own fixed colours.
[[nodiscard]] QIcon icon(Symbol symbol);

} // namespace maury::ui
