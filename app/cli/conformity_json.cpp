#include "app/cli/conformity_json.h"

namespace maury::cli {

using nlohmann::json;

json conformityJson(const classify::Conformity& conformity)
{
    json codes = json::array();
    for (const classify::Doubt& doubt : conformity.doubts) {
        json values = json::object();
        for (const auto& [name, value] : doubt.values)
            values[name] = value;
        codes.push_back(
            { { "code", classify::toString(doubt.code) }, { "values", std::move(values) },
                { "name", doubt.name.empty() ? json(nullptr) : json(doubt.name) } });
    }
    return { { "ok", conformity.ok }, { "reasons", conformity.reasons },
        { "codes", std::move(codes) } };
}

} // namespace maury::cli
