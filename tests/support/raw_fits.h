#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace maury::test {

/// An HDU as its bytes are: read without any library and without our readers, to hold these against.
struct RawHdu {
    std::map<std::string, std::string> cards; ///< values without quotes, blanks and comments
    std::string data;

    /// NaN when there is no such card.
    [[nodiscard]] double number(const std::string& key) const;
    [[nodiscard]] std::size_t axis(int i) const;
    /// Pixel i of an image.
    [[nodiscard]] double pixel(std::size_t i) const;
    /// Element i of a cell of the column of that name, in a table of numbers.
    [[nodiscard]] double cell(const std::string& name, std::size_t row, std::size_t i) const;

private:
    [[nodiscard]] double valueAt(std::size_t byte, char kind) const;
};

/// All HDUs of a file. Precondition: it can be read and is not damaged.
[[nodiscard]] std::vector<RawHdu> rawHdus(const std::filesystem::path& file);

} // namespace maury::test
