#pragma once

#include "core/base/result.h"

#include <QJsonObject>

#include <functional>

namespace maury::gui {

class Workbench;

using BenchDone = std::function<void(base::Result<QJsonObject>)>;

/// `--bench load`: opens a folder of 1000 spectra, made from the atlas, and notes the longest pause
/// of the GUI thread until all are read. Calls `done` once, from the event loop.
void benchLoad(Workbench& workbench, const BenchDone& done);

/// `--bench drag`: drags every slider of the augmentation on the Spectra page while 300 variations
/// are shown: updates of the picture in a second, and the longest pause of the GUI thread.
void benchDrag(Workbench& workbench, const BenchDone& done);

} // namespace maury::gui
