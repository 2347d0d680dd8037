// The stars of a project and the files of their spectra.

#include "core/project/project.h"

#include <utility>

namespace maury::project {

using base::Unexpected;

/// The first number of the row that a text is found in.
base::Result<std::optional<std::int64_t>> Project::find(
    const char* sql, const std::string& key) const
{
    auto row = m_database.prepare(sql);
    if (!row)
        return Unexpected(row.error());
    row->bind(key);
    const auto found = row->step();
    if (!found)
        return Unexpected(found.error());
    return *found ? std::optional(row->integer(0)) : std::nullopt;
}

base::Result<std::vector<Star>> Project::stars() const
{
    auto rows = m_database.prepare("SELECT s.id, s.name, s.catalogue_type, s.ra_deg, s.dec_deg, "
                                   "f.file FROM stars s LEFT JOIN spectra f ON f.star = s.id "
                                   "ORDER BY s.id, f.id");
    if (!rows)
        return Unexpected(rows.error());
    std::vector<Star> stars;
    for (;;) {
        const auto more = rows->step();
        if (!more)
            return Unexpected(more.error());
        if (!*more)
            return stars;
        if (stars.empty() || stars.back().id != rows->integer(0))
            stars.push_back({ rows->integer(0), rows->text(1), rows->text(2), rows->optionalReal(3),
                rows->optionalReal(4), {} });
        if (!rows->isNull(5))
            stars.back().files.push_back(rows->text(5));
    }
}

/// The star that a new one turns out to be: it has one of its files, or its name where one of the
/// two has no files yet (labels that were taken in before their spectra). Otherwise `name` becomes
/// one that is free.
base::Result<std::optional<StarId>> Project::knownAs(const Star& star, std::string& name) const
{
    for (const std::string& file : star.files) {
        auto known = find("SELECT star FROM spectra WHERE file = ?1", file);
        if (!known || *known)
            return known;
    }
    name = star.name;
    for (int number = 2;; ++number) {
        auto taken = find("SELECT id FROM stars WHERE name = ?1", name);
        if (!taken || !*taken)
            return taken;
        const auto itsFiles = find("SELECT f.id FROM spectra f JOIN stars s ON s.id = f.star "
                                   "WHERE s.name = ?1 LIMIT 1",
            name);
        if (!itsFiles)
            return itsFiles;
        if (star.files.empty() || !*itsFiles)
            return taken;
        name = star.name + " (" + std::to_string(number) + ")";
    }
}

base::Result<StarId> Project::addStar(const Star& star)
{
    std::string name;
    const auto known = knownAs(star, name);
    if (!known)
        return Unexpected(known.error());
    StarId id = known->value_or(0);
    if (!*known) {
        auto insert = m_database.prepare(
            "INSERT INTO stars(name, catalogue_type, ra_deg, dec_deg) VALUES (?1, ?2, ?3, ?4)");
        if (!insert)
            return Unexpected(insert.error());
        insert->bind(name, star.catalogueType, star.raDeg, star.decDeg);
        if (auto inserted = insert->run(); !inserted)
            return Unexpected(inserted.error());
        id = m_database.lastRowId();
    }
    for (const std::string& file : star.files) {
        auto add = m_database.prepare("INSERT OR IGNORE INTO spectra(star, file) VALUES (?1, ?2)");
        if (!add)
            return Unexpected(add.error());
        add->bind(id, file);
        if (auto added = add->run(); !added)
            return Unexpected(added.error());
    }
    return id;
}

base::Result<std::vector<StarId>> Project::addStars(std::span<const Star> stars)
{
    if (auto set = flushCommits(false); !set)
        return Unexpected(set.error());
    auto transaction = Transaction::begin(m_database);
    if (!transaction)
        return Unexpected(transaction.error());
    std::vector<StarId> ids;
    ids.reserve(stars.size());
    for (const Star& star : stars) {
        const auto id = addStar(star);
        if (!id)
            return Unexpected(id.error());
        ids.push_back(*id);
    }
    if (auto committed = transaction->commit(); !committed)
        return Unexpected(committed.error());
    return ids;
}

base::Result<void> Project::describeStar(const Star& star)
{
    if (auto set = flushCommits(false); !set)
        return set;
    auto update = m_database.prepare("UPDATE stars SET catalogue_type = CASE WHEN ?2 = '' THEN "
                                     "catalogue_type ELSE ?2 END, ra_deg = coalesce(?3, ra_deg), "
                                     "dec_deg = coalesce(?4, dec_deg) WHERE id = ?1");
    if (!update)
        return Unexpected(update.error());
    update->bind(star.id, star.catalogueType, star.raDeg, star.decDeg);
    return update->run();
}

} // namespace maury::project
