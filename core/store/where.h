#pragma once

#include "core/store/store.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace maury::store {

/// A condition on the columns of a catalogue, as people type it:
///   survey = galah and (snr > 50 or type ~ B) and not medium = air
/// Comparisons: = != < <= > >= of numbers; = != of texts, without regard to case; ~ and !~: the
/// text holds the other. Texts with blanks or operators stand in double quotes. `none` is what is
/// not known: `ra_deg = none`; an unknown number fulfils no other comparison than != . Words
/// without a comparison are looked for in object, type, survey and file.
class Where {
public:
    /// Errors: OptionInvalid, naming what was found and expected; an unknown column names all.
    [[nodiscard]] static base::Result<Where> parse(const std::string& text);
    ~Where();
    Where(Where&&) noexcept;
    Where& operator=(Where&&) noexcept;
    Where(const Where&) = delete;
    Where& operator=(const Where&) = delete;

    /// The rows of the store that fulfil it, in their order; all for an empty condition. Errors:
    /// those of Store's columns.
    [[nodiscard]] base::Result<std::vector<std::uint64_t>> rows(const Store& store) const;

private:
    struct Node;
    class Parser;
    explicit Where(std::unique_ptr<Node> root);

    std::unique_ptr<Node> m_root; ///< null: all
};

/// Sorts rows by a column (a name of textColumns() or numberColumns()), what is not known last,
/// equal ones as they stand. Errors: those of Store's columns.
[[nodiscard]] base::Result<std::vector<std::uint64_t>> sorted(const Store& store,
    std::vector<std::uint64_t> rows, const std::string& column, bool descending);

} // namespace maury::store
