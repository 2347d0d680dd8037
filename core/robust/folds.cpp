#include "core/robust/folds.h"

#include "core/base/contract.h"
#include "core/base/random.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <set>
#include <tuple>

namespace maury::robust {
namespace {

using base::ErrorCode;
using base::Result;
using Cells = std::set<std::string>;

/// The interpolated cells of a library with one of `cells` among their ancestors.
Cells descendantsOf(const mk::Atlas& atlas, const Cells& cells)
{
    Cells tainted = cells;
    Cells descendants;
    // Parents may be interpolated themselves: until no further cell is found.
    for (std::size_t before = tainted.size() + 1; before != tainted.size();) {
        before = tainted.size();
        for (const mk::Standard& standard : atlas.standards()) {
            const bool made = std::any_of(standard.parents.begin(), standard.parents.end(),
                [&tainted](const std::string& parent) { return tainted.contains(parent); });
            if (standard.interpolated && made && !cells.contains(standard.name)) {
                tainted.insert(standard.name);
                descendants.insert(standard.name);
            }
        }
    }
    return descendants;
}

/// Some standards of a library, in both of its ranges.
Library partOf(const Library& library, const std::vector<std::size_t>& rows)
{
    Library part { mk::subsetOf(*library.atlas, rows), library.fwhmAngstrom };
    if (library.wide == nullptr)
        return part;
    Cells names;
    for (const std::size_t row : rows)
        names.insert(library.atlas->standards()[row].name);
    std::vector<std::size_t> wideRows;
    for (std::size_t row = 0; row < library.wide->standards().size(); ++row)
        if (names.contains(library.wide->standards()[row].name))
            wideRows.push_back(row);
    if (!wideRows.empty())
        part.wide = mk::subsetOf(*library.wide, wideRows);
    return part;
}

void addLibrary(const Library& library, const Cells& cells, Fold& fold)
{
    const mk::Atlas& atlas = *library.atlas;
    const Cells descendants = descendantsOf(atlas, cells);
    std::vector<std::size_t> kept;
    std::vector<std::size_t> heldOut;
    for (std::size_t row = 0; row < atlas.standards().size(); ++row) {
        const mk::Standard& standard = atlas.standards()[row];
        if (cells.contains(standard.name)) {
            if (!standard.interpolated)
                heldOut.push_back(row);
        } else if (!descendants.contains(standard.name)) {
            kept.push_back(row);
        }
    }
    for (const std::string& name : descendants)
        fold.descendants.push_back(atlas.name() + "/" + name);
    if (!kept.empty())
        fold.training.push_back(partOf(library, kept));
    if (!heldOut.empty())
        fold.heldOut.push_back(partOf(library, heldOut));
}

/// Names of the observed cells in order of their codes.
std::vector<std::string> observedCells(const std::vector<Library>& libraries)
{
    std::set<std::tuple<double, double, std::string>> cells;
    for (const Library& library : libraries)
        for (const mk::Standard& standard : library.atlas->standards())
            if (!standard.interpolated)
                cells.emplace(standard.temperatureCode, standard.luminosityCode, standard.name);
    std::vector<std::string> names;
    for (const auto& cell : cells)
        names.push_back(std::get<std::string>(cell));
    return names;
}

/// The fold of each cell in order: every run of `count` neighbours meets every fold.
std::vector<std::size_t> spread(std::size_t cells, std::size_t count, std::uint64_t seed)
{
    base::RandomStream random(seed);
    std::vector<std::size_t> order(count);
    std::vector<std::size_t> folds;
    while (folds.size() < cells) {
        std::iota(order.begin(), order.end(), std::size_t { 0 });
        for (std::size_t i = count; i > 1; --i)
            std::swap(order[i - 1], order[random.below(static_cast<std::uint32_t>(i))]);
        folds.insert(folds.end(), order.begin(), order.end());
    }
    folds.resize(cells);
    return folds;
}

} // namespace

Result<std::vector<Fold>> makeFolds(
    const std::vector<Library>& libraries, int count, std::uint64_t seed)
{
    EXPECTS(!libraries.empty());
    const std::vector<std::string> cells = observedCells(libraries);
    if (count < 2 || std::cmp_greater(count, cells.size()))
        return base::failure(ErrorCode::OptionInvalid, "folds", std::to_string(count),
            fmt::format("2 to {}, the number of observed cells", cells.size()));
    const auto foldOf = spread(cells.size(), static_cast<std::size_t>(count), seed);
    std::vector<Fold> folds(static_cast<std::size_t>(count));
    for (std::size_t i = 0; i < cells.size(); ++i)
        folds[foldOf[i]].cells.push_back(cells[i]);
    for (Fold& fold : folds) {
        const Cells heldOut(fold.cells.begin(), fold.cells.end());
        for (const Library& library : libraries)
            addLibrary(library, heldOut, fold);
        if (fold.training.size() < libraries.size())
            return base::failure(ErrorCode::ClassesInsufficient,
                "a fold of " + std::to_string(fold.cells.size()) + " standards held out",
                "a library of which nothing is left", "standards that do not descend from them");
    }
    return folds;
}

} // namespace maury::robust
