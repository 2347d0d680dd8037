#pragma once

#include "core/train/probed_network.h"

#include <QList>
#include <QString>

#include <utility>

namespace maury::ui {

/// "Hidden layer 2", "Spectral class".
[[nodiscard]] QString layerName(const nn::LayerProbe& layer);

/// What is known of a layer, line by line: what it is and its value. `layer` is a place in
/// NetworkProbe::layers.
[[nodiscard]] QList<std::pair<QString, QString>> layerFacts(
    const train::ProbedNetwork& network, int layer);

/// "raises G2 G5 K0, lowers B5 A0; luminosity: raises V, lowers I": the classes that the output of
/// a unit of the first layer drives most, by path weight.
[[nodiscard]] QString drivenClassesText(const train::ProbedNetwork& network, int unit);

/// A number that may be of any size, with three significant digits: "0.103", "2.1e-05"; "n/a" when
/// not finite.
[[nodiscard]] QString compactText(double value);

} // namespace maury::ui
