#include "core/mk/atlas.h"

#include <algorithm>
#include <utility>

namespace maury::mk {

Atlas::Atlas(std::string name, std::filesystem::path source, spectrum::WavelengthGrid grid,
    bool rectified, std::vector<Standard> standards, SpectraMatrix flux,
    Eigen::Matrix<std::uint8_t, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor> good,
    std::vector<std::string> warnings, SpectraMatrix asRead)
    : m_name(std::move(name))
    , m_source(std::move(source))
    , m_grid(grid)
    , m_rectified(rectified)
    , m_standards(std::move(standards))
    , m_flux(std::move(flux))
    , m_asRead(std::move(asRead))
    , m_good(std::move(good))
    , m_warnings(std::move(warnings))
{
    EXPECTS(!m_standards.empty());
    EXPECTS(std::cmp_equal(m_flux.rows(), m_standards.size()));
    EXPECTS(std::cmp_equal(m_flux.cols(), m_grid.pixels));
    EXPECTS(m_good.rows() == m_flux.rows() && m_good.cols() == m_flux.cols());
    if (m_asRead.size() == 0)
        m_asRead = (m_good.array() != 0).select(m_flux, 0.0F);
    EXPECTS(m_asRead.rows() == m_flux.rows() && m_asRead.cols() == m_flux.cols());
    EXPECTS(std::is_sorted(
        m_standards.begin(), m_standards.end(), [](const Standard& left, const Standard& right) {
            return std::pair(left.temperatureCode, left.luminosityCode)
                < std::pair(right.temperatureCode, right.luminosityCode);
        }));
}

AtlasPtr subsetOf(const Atlas& atlas, const std::vector<std::size_t>& rows)
{
    std::vector<Standard> standards;
    for (const std::size_t row : rows)
        standards.push_back(atlas.standards()[row]);
    return std::make_shared<const Atlas>(atlas.name(), atlas.source(), atlas.grid(),
        atlas.rectified(), std::move(standards), atlas.flux()(rows, Eigen::all),
        atlas.good()(rows, Eigen::all), atlas.warnings(), atlas.asRead()(rows, Eigen::all));
}

base::Result<AtlasPtr> openAtlas(const std::string& nameOrFolder)
{
    return nameOrFolder == "builtin" ? builtinAtlas() : readAtlasFolder(nameOrFolder);
}

} // namespace maury::mk
