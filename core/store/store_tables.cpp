// The groups of a store and the attributes of its root.

#include "core/store/store.h"

#include <fmt/format.h>

#include <cmath>

namespace maury::store {
namespace {

using base::ErrorCode;
using base::failure;
using base::Result;
using base::Unexpected;

constexpr std::uint64_t kMostGridPixels = std::uint64_t { 1 } << 28;

} // namespace

std::string toString(StoreKind kind)
{
    return kind == StoreKind::Native ? "native" : "gridded";
}

base::Result<std::optional<StoreGrid>> readGrid(const io::Hdf5Group& root)
{
    const auto kind = root.textAttribute("kind");
    if (!kind)
        return Unexpected(kind.error());
    if (*kind == toString(StoreKind::Native))
        return std::optional<StoreGrid>();
    if (*kind != toString(StoreKind::Gridded))
        return failure(ErrorCode::ValueInvalid, root.place() + ", kind", *kind, "native or gridded");
    const auto name = root.textAttribute("grid_name");
    const auto medium = root.textAttribute("grid_medium");
    for (const auto* text : { &name, &medium })
        if (!*text)
            return Unexpected(text->error());
    const auto logarithmic = root.integerAttribute("grid_logarithmic");
    const auto pixels = root.integerAttribute("grid_pixels");
    for (const auto* number : { &logarithmic, &pixels })
        if (!*number)
            return Unexpected(number->error());
    const auto first = root.realAttribute("grid_first_angstrom");
    const auto step = root.realAttribute("grid_step");
    const auto power = root.realAttribute("grid_resolving_power");
    for (const auto* number : { &first, &step, &power })
        if (!*number)
            return Unexpected(number->error());
    StoreGrid grid { *name,
        *medium == "air" ? spectrum::Medium::Air : spectrum::Medium::Vacuum, *logarithmic != 0,
        *first, *step, static_cast<std::size_t>(*pixels), std::nullopt };
    if (std::isfinite(*power))
        grid.resolvingPower = *power;
    const bool isUsable = *pixels > 1 && static_cast<std::uint64_t>(*pixels) <= kMostGridPixels
        && *first > 0.0 && *step > 0.0 && std::isfinite(grid.wavelength(grid.pixels - 1));
    if (!isUsable)
        return failure(ErrorCode::ValueInvalid, root.place() + ", grid",
            fmt::format("{} pixels from {} Å on in steps of {}", *pixels, *first, *step),
            "finite wavelengths that rise");
    return std::optional<StoreGrid>(std::move(grid));
}

namespace {

Result<void> writeGrid(io::Hdf5Group& root, const std::optional<StoreGrid>& grid)
{
    const StoreKind kind = grid ? StoreKind::Gridded : StoreKind::Native;
    if (auto set = root.setAttribute("kind", toString(kind)); !set || !grid)
        return set;
    for (const auto& [name, text] :
        { std::pair { "grid_name", grid->name }, { "grid_medium", toString(grid->medium) } })
        if (auto set = root.setAttribute(name, text); !set)
            return set;
    for (const auto& [name, number] :
        { std::pair { "grid_logarithmic", std::int64_t { grid->logarithmic } },
            { "grid_pixels", static_cast<std::int64_t>(grid->pixels) } })
        if (auto set = root.setAttribute(name, number); !set)
            return set;
    for (const auto& [name, number] : { std::pair { "grid_first_angstrom", grid->firstAngstrom },
             { "grid_step", grid->step },
             { "grid_resolving_power", grid->resolvingPower.value_or(Entry::kNone) } })
        if (auto set = root.setAttribute(name, number); !set)
            return set;
    return {};
}

} // namespace

Result<StoreTables> StoreTables::open(const io::Hdf5Group& root)
{
    auto grid = readGrid(root);
    if (!grid)
        return Unexpected(grid.error());
    const auto catalogueGroup = root.group("catalogue");
    const auto segmentGroup = root.group("segments");
    const auto provenance = root.group("provenance");
    const auto pixelGroup = root.group(*grid ? "blocks" : "pixels");
    for (const auto* group : { &catalogueGroup, &segmentGroup, &provenance, &pixelGroup })
        if (!*group)
            return Unexpected(group->error());
    auto catalogue = Catalogue::open(*catalogueGroup);
    if (!catalogue)
        return Unexpected(catalogue.error());
    auto segments = SegmentTable::open(*segmentGroup);
    if (!segments)
        return Unexpected(segments.error());
    if (segments->spectra() != catalogue->rows())
        return failure(ErrorCode::FileDamaged, root.place() + "segments",
            fmt::format("segments of {} spectra", segments->spectra()),
            fmt::format("{}, as in the catalogue", catalogue->rows()));
    auto recipes = TextRows::open(*provenance, "recipe");
    auto runs = TextRows::open(*provenance, "run");
    for (const auto* texts : { &recipes, &runs })
        if (!*texts)
            return Unexpected(texts->error());
    StoreTables tables { *std::move(catalogue), *std::move(segments), std::nullopt, std::nullopt,
        *std::move(recipes), *std::move(runs) };
    if (*grid) {
        auto blocks = Blocks::open(*pixelGroup, **grid);
        if (!blocks)
            return Unexpected(blocks.error());
        tables.blocks = *std::move(blocks);
    } else {
        auto pixels = PixelArrays::open(*pixelGroup);
        if (!pixels)
            return Unexpected(pixels.error());
        tables.pixels = *std::move(pixels);
    }
    return tables;
}

Result<StoreTables> StoreTables::create(
    io::Hdf5Group& root, const std::optional<StoreGrid>& grid)
{
    if (auto written = writeGrid(root, grid); !written)
        return Unexpected(written.error());
    auto catalogueGroup = root.createGroup("catalogue");
    auto segmentGroup = root.createGroup("segments");
    auto provenance = root.createGroup("provenance");
    auto pixelGroup = root.createGroup(grid ? "blocks" : "pixels");
    for (const auto* group : { &catalogueGroup, &segmentGroup, &provenance, &pixelGroup })
        if (!*group)
            return Unexpected(group->error());
    auto catalogue = Catalogue::create(*catalogueGroup);
    if (!catalogue)
        return Unexpected(catalogue.error());
    auto segments = SegmentTable::create(*segmentGroup);
    if (!segments)
        return Unexpected(segments.error());
    auto recipes = TextRows::create(*provenance, "recipe");
    auto runs = TextRows::create(*provenance, "run");
    for (const auto* texts : { &recipes, &runs })
        if (!*texts)
            return Unexpected(texts->error());
    StoreTables tables { *std::move(catalogue), *std::move(segments), std::nullopt, std::nullopt,
        *std::move(recipes), *std::move(runs) };
    if (grid) {
        auto blocks = Blocks::create(*pixelGroup, *grid);
        if (!blocks)
            return Unexpected(blocks.error());
        tables.blocks = *std::move(blocks);
    } else {
        auto pixels = PixelArrays::create(*pixelGroup);
        if (!pixels)
            return Unexpected(pixels.error());
        tables.pixels = *std::move(pixels);
    }
    return tables;
}

} // namespace maury::store
