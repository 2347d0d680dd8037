#pragma once

#include "core/base/result.h"
#include "core/io/npz_file.h"
#include "core/train/parameters_file.h"

#include <filesystem>
#include <string>
#include <vector>

namespace maury::train {

/// The text in an archive that says what its arrays are, as JSON.
inline constexpr const char* kNpzMetadata = "metadata";

/// The numbers of a network as arrays named and shaped as in the state_dict() of PyTorch's layers,
/// behind a prefix ("" or "blue.0."): "hidden.0.weight" [out, in], "hidden.0.bias" [out], …,
/// "sc.weight", "sc.bias", "lc.weight", "lc.bias".
[[nodiscard]] std::vector<io::NumpyArray> networkArrays(
    const nn::Parameters& parameters, const std::string& prefix = {});

/// The arrays of an .npz archive by name.
class NpzArchive {
public:
    /// Errors: those of readBytes() and readNpz().
    [[nodiscard]] static base::Result<NpzArchive> open(const std::filesystem::path& file);

    [[nodiscard]] const std::string& place() const { return m_place; }
    /// Null when there is none of that name.
    [[nodiscard]] const io::NumpyArray* find(const std::string& name) const;
    /// Whether any name begins so.
    [[nodiscard]] bool has(const std::string& prefix) const;
    /// The network whose arrays begin with `prefix`; which activation it has they do not tell.
    /// Errors: ValueMissing naming the array; ValueInvalid (shapes that are not one network's,
    /// numbers that are not finite).
    [[nodiscard]] base::Result<StoredNetwork> network(
        nn::Activation activation, const std::string& prefix = {}) const;

private:
    NpzArchive(std::vector<io::NumpyArray> arrays, std::string place);
    [[nodiscard]] base::Result<nn::DenseParameters<float>> layer(
        const std::string& name, std::size_t fanIn) const;
    [[nodiscard]] base::Result<const io::NumpyArray*> array(
        const std::string& name, std::size_t dimensions) const;

    std::vector<io::NumpyArray> m_arrays;
    std::string m_place;
};

} // namespace maury::train
