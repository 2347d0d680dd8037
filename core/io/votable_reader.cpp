#include "core/io/votable_reader.h"

#include "core/base/text.h"
#include "core/io/segment_checks.h"
#include "core/io/sky_position.h"
#include "core/io/text_table.h"
#include "core/io/votable_data.h"

#include <fmt/core.h>
#include <pugixml.hpp>

#include <functional>

namespace maury::io {
namespace {

using base::ErrorCode;
using base::failure;

/// The name of an element without its namespace.
std::string_view localName(const pugi::xml_node& node)
{
    const std::string_view name = node.name();
    const std::size_t colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

pugi::xml_node child(const pugi::xml_node& parent, std::string_view name)
{
    for (const pugi::xml_node& node : parent.children())
        if (localName(node) == name)
            return node;
    return {};
}

/// Calls `visit` for all elements of that name below a node, in the order of the document. The
/// walk keeps no stack: a hostile file may be nested deeply.
void forEach(const pugi::xml_node& root, std::string_view name,
    const std::function<void(const pugi::xml_node&)>& visit)
{
    pugi::xml_node node = root.first_child();
    while (node) {
        if (localName(node) == name)
            visit(node);
        if (node.first_child()) {
            node = node.first_child();
            continue;
        }
        while (node && node != root && !node.next_sibling())
            node = node.parent();
        node = node == root ? pugi::xml_node() : node.next_sibling();
    }
}

std::vector<VotableField> fieldsOf(const pugi::xml_node& table)
{
    std::vector<VotableField> fields;
    for (const pugi::xml_node& node : table.children()) {
        if (localName(node) != "FIELD")
            continue;
        VotableField field;
        field.facts = { node.attribute("name").value(), node.attribute("unit").value(),
            node.attribute("ucd").value(), node.attribute("utype").value() };
        if (field.facts.name.empty())
            field.facts.name = node.attribute("ID").value();
        field.datatype = node.attribute("datatype").value();
        if (const auto size = node.attribute("arraysize"))
            field.length = votableLength(size.value());
        field.null = parseNumber(child(node, "VALUES").attribute("null").value());
        fields.push_back(std::move(field));
    }
    return fields;
}

base::Result<std::vector<VotableColumn>> readTableData(
    const pugi::xml_node& data, const std::vector<VotableField>& fields, const std::string& place)
{
    std::vector<VotableColumn> columns(fields.size());
    for (const pugi::xml_node& row : data.children()) {
        if (localName(row) != "TR")
            continue;
        std::size_t cells = 0;
        for (const pugi::xml_node& cell : row.children())
            if (localName(cell) == "TD" && cells < fields.size()) {
                addCell(fields[cells], cell.child_value(), columns[cells]);
                ++cells;
            }
        if (cells != fields.size())
            return failure(ErrorCode::FileDamaged, place,
                fmt::format("{} cells in row {}", cells, columns.front().rows()),
                fmt::format("{}, one for each field", fields.size()));
    }
    return columns;
}

base::Result<std::vector<VotableColumn>> readData(
    const pugi::xml_node& table, const std::vector<VotableField>& fields, const std::string& place)
{
    const pugi::xml_node data = child(table, "DATA");
    if (const auto rows = child(data, "TABLEDATA"))
        return readTableData(rows, fields, place);
    for (const char* kind : { "BINARY", "BINARY2" }) {
        const pugi::xml_node stream = child(child(data, kind), "STREAM");
        if (!stream)
            continue;
        const std::string encoding = stream.attribute("encoding").value();
        if (encoding != "base64" || stream.attribute("href"))
            return failure(ErrorCode::FormatUnknown, place,
                stream.attribute("href") ? std::string("data in another file")
                                         : "the encoding \"" + encoding + "\"",
                "base64 in the file itself");
        return decodeBinary(
            stream.child_value(), fields, std::string_view(kind) == "BINARY2", place);
    }
    return failure(ErrorCode::FormatUnknown, place, "a table without data in it",
        "TABLEDATA, BINARY or BINARY2");
}

spectrum::Frame frameOfPosition(const std::string& position)
{
    const std::string text = base::lowerCase(position);
    if (text.starts_with("bary"))
        return spectrum::Frame::Barycentric;
    if (text.starts_with("helio"))
        return spectrum::Frame::Heliocentric;
    if (text.starts_with("topo"))
        return spectrum::Frame::Topocentric;
    return spectrum::Frame::Unknown;
}

/// What the PARAMs of the document say of the star and of its frame.
struct Params {
    std::string object;
    std::string ra;
    std::string dec;
    spectrum::Frame frame = spectrum::Frame::Unknown;
};

Params paramsOf(const pugi::xml_node& document)
{
    Params params;
    forEach(document, "PARAM", [&params](const pugi::xml_node& node) {
        const std::string name = base::lowerCase(node.attribute("name").value());
        const std::string ucd = base::lowerCase(node.attribute("ucd").value());
        const std::string utype = base::lowerCase(node.attribute("utype").value());
        const std::string value(base::trim(node.attribute("value").value()));
        const auto take = [&value](std::string& target) {
            if (target.empty())
                target = value;
        };
        if (utype.ends_with("target.name") || name == "object" || name == "targetname")
            take(params.object);
        else if (ucd.starts_with("pos.eq.ra") || name == "ra")
            take(params.ra);
        else if (ucd.starts_with("pos.eq.dec") || name == "dec")
            take(params.dec);
        else if (utype.ends_with("spectralframe.refpos"))
            params.frame = frameOfPosition(value);
    });
    return params;
}

base::Result<void> addTable(const std::vector<VotableField>& fields,
    const std::vector<VotableColumn>& columns, const SpectralColumns& chosen,
    const std::string& place, spectrum::Spectrum& spectrum)
{
    const VotableColumn& wavelength = columns[chosen.wavelength];
    const bool isPixelPerRow = wavelength.isScalar() && columns[chosen.flux].isScalar();
    constexpr std::size_t kMostSpectra = 1000;
    const std::size_t spectra = isPixelPerRow ? 1 : wavelength.rows();
    if (wavelength.rows() == 0 || spectra > kMostSpectra)
        return failure(ErrorCode::FormatUnknown, place,
            fmt::format("a table of {} spectra", wavelength.rows()),
            fmt::format("1 to {}: the segments of one star", kMostSpectra));
    for (std::size_t row = 0; row < spectra; ++row) {
        const auto valuesOf = [&](std::optional<std::size_t> column) -> std::vector<double> {
            if (!column)
                return {};
            return isPixelPerRow ? columns[*column].values : columns[*column].cell(row);
        };
        auto segment
            = segmentOf({ valuesOf(chosen.wavelength), valuesOf(chosen.flux),
                            valuesOf(chosen.error), valuesOf(chosen.ivar), valuesOf(chosen.mask) },
                fields[chosen.wavelength].facts, anyBitIsBad, place, spectrum.warnings);
        if (!segment)
            return base::Unexpected(segment.error());
        segment->fluxUnit = fields[chosen.flux].facts.unit;
        segment->origin = isPixelPerRow ? "table" : fmt::format("row {}", row);
        if (auto added = addSegment(spectrum, std::move(*segment), place); !added)
            return added;
    }
    return {};
}

base::Result<spectrum::Spectrum> readDocument(
    const pugi::xml_document& document, const std::filesystem::path& file)
{
    std::vector<pugi::xml_node> tables;
    forEach(document, "TABLE", [&tables](const pugi::xml_node& node) { tables.push_back(node); });
    for (std::size_t i = 0; i < tables.size(); ++i) {
        const auto fields = fieldsOf(tables[i]);
        std::vector<ColumnFacts> facts;
        for (const VotableField& field : fields)
            facts.push_back(field.isText() ? ColumnFacts {} : field.facts);
        const std::string place = fmt::format("{}: TABLE {}", file.string(), i + 1);
        const auto chosen = findSpectralColumns(facts, place);
        if (!chosen)
            continue;
        const auto columns = readData(tables[i], fields, place);
        if (!columns)
            return base::Unexpected(columns.error());
        const Params params = paramsOf(document);
        spectrum::Spectrum spectrum;
        spectrum.file = file;
        spectrum.format = "votable";
        spectrum.object = params.object.empty() ? file.stem().string() : params.object;
        if (const auto position = readSkyPosition(params.ra, params.dec, "", AngleUnit::Degrees)) {
            spectrum.raDeg = position->raDeg;
            spectrum.decDeg = position->decDeg;
        }
        if (auto added = addTable(fields, *columns, *chosen, place, spectrum); !added)
            return base::Unexpected(added.error());
        for (spectrum::Segment& segment : spectrum.segments)
            segment.frame = params.frame;
        return withSegments(std::move(spectrum));
    }
    return failure(ErrorCode::FormatUnknown, file.string(),
        tables.empty() ? std::string("an XML file without a TABLE")
                       : fmt::format("a VOTable with {} table{} without a spectrum", tables.size(),
                           tables.size() == 1 ? "" : "s"),
        "a VOTable with columns of wavelength and flux");
}

} // namespace

base::Result<spectrum::Spectrum> readVotable(
    std::string_view text, const std::filesystem::path& file)
{
    pugi::xml_document document;
    const auto parsed = document.load_buffer(text.data(), text.size());
    if (!parsed)
        return failure(ErrorCode::FileDamaged, file.string(),
            fmt::format("{} at byte {}", parsed.description(), parsed.offset), "well-formed XML");
    return readDocument(document, file);
}

} // namespace maury::io
