#pragma once

#include "core/base/result.h"
#include "core/train/model.h"

#include <filesystem>

namespace maury::train {

/// Writes a model as arrays of NumPy, named and shaped as in the state_dict() of PyTorch's layers:
/// "hidden.0.weight" [out, in], "hidden.0.bias" [out], …, "sc.weight", "sc.bias", "lc.weight",
/// "lc.bias" (out = in · weightᵀ + bias, the activation after every hidden layer, none after the
/// heads), and a text "metadata" (JSON: activation, classes, grid, protocol …) with which the model
/// comes back from the archive alone. Errors: WriteFailed.
[[nodiscard]] base::Result<void> writeModelNpz(
    const Model& model, const std::filesystem::path& file);

/// Reads such an archive, or one of another program with arrays of these names. Classes, grid,
/// activation and provenance come from `like` where it is given, else from the archive's metadata.
/// Errors: FileMissing, FormatUnknown, FileDamaged …; ValueMissing naming the array, or the metadata
/// when there is neither that nor `like`; ValueInvalid (shapes that are not one network's, numbers
/// that are not finite); ModelMismatch (a network of another shape than `like`'s inputs and
/// classes).
[[nodiscard]] base::Result<Model> readModelNpz(
    const std::filesystem::path& file, const Model* like = nullptr);

} // namespace maury::train
