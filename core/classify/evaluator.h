#pragma once

#include "core/base/result.h"
#include "core/classify/star_classifier.h"
#include "core/classify/statistics.h"
#include "core/dataset/sample_set.h"
#include "core/io/reader_registry.h"
#include "core/mk/spectral_type.h"
#include "core/preprocess/what_if.h"
#include "core/train/model.h"

#include <filesystem>
#include <functional>
#include <span>
#include <vector>

namespace maury::classify {

/// Scores a model on a set. With an atlas, the nearest of its standards that belong to the scheme
/// (least squares with a fitted scale, every pixel alike) is scored beside it. Errors:
/// ModelMismatch, BackendUnavailable, BackendFailed.
[[nodiscard]] base::Result<Evaluation> evaluateSamples(const train::Model& model,
    const dataset::SampleSet& set, const mk::Atlas* baseline, int threads);

/// A star whose type is known.
struct LabelledFile {
    std::filesystem::path file;
    mk::SpectralType type;
};

/// How stars become what is typed.
struct StarTyping {
    io::ReadOptions read;
    PrepareOptions prepare;
    /// Done to every star first; its noise differs from star to star. Zeros: nothing.
    preprocess::WhatIf change;
};

using AnswerObserver = std::function<void(const LabelledFile&, const Prediction&)>;

/// Reads a table with columns `file` and `type` and finds its files in a folder by base name, with
/// or without their extension. A row whose type cannot be read or whose file is not there goes to
/// `leftOut` with the reason. Errors: those of reading the table; FileMissing, FileUnreadable for
/// the folder; ValueMissing when no row is left.
[[nodiscard]] base::Result<std::vector<LabelledFile>> readLabels(const std::filesystem::path& table,
    const std::filesystem::path& folder, std::vector<std::string>& leftOut);

/// Classifies stars and scores the answers, with the nearest standard beside the network. A star
/// that cannot be read or prepared counts as refused and is passed to `refusal`. A star whose class
/// is not within 0.75 of one of the model's counts in code and subclass alone; one whose label has
/// no luminosity class not in LC. `answered` is told of every answer, in order. Errors: Cancelled.
/// Precondition: validate(typing.change).
[[nodiscard]] base::Result<Evaluation> evaluateStars(StarClassifier& classifier,
    std::span<const LabelledFile> stars, const StarTyping& typing,
    const std::function<void(const base::Error&)>& refusal, std::stop_token stop = {},
    const AnswerObserver& answered = {});

} // namespace maury::classify
