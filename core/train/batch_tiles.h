#pragma once

#include "core/nn/panel_kernels.h"

#include <algorithm>
#include <array>

namespace maury::train {

/// Neighbouring samples of a batch that are worked on together: whole tiles.
struct Tiles {
    std::size_t first;
    std::size_t last;
    std::size_t firstSample;
    std::size_t lastSample;
};

/// The samples of a batch cut into tiles for the kernels, and the tiles into pieces for the threads.
class BatchTiles {
public:
    BatchTiles() = default;
    /// As many tiles for each of `shares`, and pieces of at most `mostTogether` tiles.
    BatchTiles(std::size_t batch, std::size_t shares, std::size_t mostTogether)
        : m_tiling(batch, shares)
        , m_together(std::clamp<std::size_t>(m_tiling.tiles / shares, 1, mostTogether))
    {
    }

    [[nodiscard]] const nn::kernels::Tiling& tiling() const { return m_tiling; }
    [[nodiscard]] std::size_t pieces() const
    {
        return (m_tiling.tiles + m_together - 1) / m_together;
    }
    [[nodiscard]] Tiles piece(std::size_t index) const
    {
        return tiles(
            index * m_together, std::min((index + 1) * m_together, m_tiling.tiles));
    }
    [[nodiscard]] Tiles all() const { return tiles(0, m_tiling.tiles); }

    /// Pointers to the rows of a tile, the last one again beyond its height; rowAt(sample) points
    /// to a row.
    using RowPointers = std::array<const float*, nn::kernels::kMaximumTile>;
    template <typename RowAt>
    [[nodiscard]] RowPointers rowsOf(std::size_t tile, const RowAt& rowAt) const
    {
        RowPointers rows {};
        for (std::size_t i = 0; i < rows.size(); ++i)
            rows[i] = rowAt(m_tiling.begin(tile) + std::min(i, m_tiling.height(tile) - 1));
        return rows;
    }

    /// Packs tiles of a matrix with `depth` columns for nn::kernels::multiplyPanel(). Rows that come
    /// from far (`fetch`) are fetched while the tile before is packed.
    template <typename RowAt>
    void pack(
        const Tiles& tiles, std::size_t depth, float* packed, bool fetch, const RowAt& rowAt) const
    {
        for (std::size_t tile = tiles.first; tile < tiles.last; ++tile) {
            const RowPointers rows = rowsOf(tile, rowAt);
            const RowPointers next = rowsOf(std::min(tile + 1, m_tiling.tiles - 1), rowAt);
            nn::kernels::packTile(rows.data(), m_tiling.height(tile), depth,
                packed + m_tiling.begin(tile) * depth, fetch ? next.data() : nullptr);
        }
    }

private:
    [[nodiscard]] Tiles tiles(std::size_t first, std::size_t last) const
    {
        return { first, last, m_tiling.begin(first), m_tiling.begin(last) };
    }

    nn::kernels::Tiling m_tiling;
    std::size_t m_together = 1;
};

} // namespace maury::train
