// The part of the HTML report's view that shows cases: sections, cases, wire logs.
#pragma once

#include <kainjow/mustache.hpp>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace wsconform {

struct CaseResult;
struct Results;

// The cases that check each requirement of the catalogue, by its id.
using CasesOfRequirement = std::map<std::string_view, std::vector<const CaseResult*>>;

// The cases of a section are HTML already: the template takes them as they are.
kainjow::mustache::data sections_view(const Results& results, const CasesOfRequirement& catalogue);

// The name of a case inside the page, for links: "case:" and the id, and which repetition it is
// where that is not the first.
std::string anchor_of(const CaseResult& result);

// "RFC 6455 §5.5 control frames" of "rfc6455/5.5-control-frames"; other names stay as they are.
std::string heading_of(std::string_view section);

// A section of a template is left out for false, not for an empty string.
kainjow::mustache::data unless_empty(const std::string& text);

// Each made visible.
kainjow::mustache::data list_of(const std::vector<std::string>& texts);

}  // namespace wsconform
