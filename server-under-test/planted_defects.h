// The table of planted defects. A row is one way to be wrong.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "server-under-test/defect.h"

namespace wsconform {

// All defects, each id once.
std::span<const Defect> defects();
// nullptr: there is none of that id.
const Defect* defect_named(std::string_view id);

// The same, a theme each.
std::vector<Defect> ignored_rules();              // of frames: one for each rule, generated
std::vector<Defect> wrong_close_codes();          // one for each rule, generated
std::vector<Defect> request_defects();            // requests taken or read wrongly
std::vector<Defect> strictness_defects();         // right requests refused
std::vector<Defect> answer_defects();             // wrong 101s
std::vector<Defect> origin_defects();             // of access_defects, those about the Origin
std::vector<Defect> path_defects();               // of access_defects, those about paths
std::vector<Defect> plain_defects();              // answers to requests that ask for no WebSocket
std::vector<Defect> access_defects();             // foreigners let in, or friends kept out
std::vector<Defect> flow_defects();               // ways around sessions and tickets
std::vector<Defect> resource_defects();           // redirects, and what is not there
std::vector<Defect> chat_defects();               // rooms that pass messages on wrongly
std::vector<Defect> refusal_defects();            // wrong refusals
std::vector<Defect> reading_defects();            // lengths and masks misread
std::vector<Defect> parted_defects();             // what comes in two reads, lost or misjudged
std::vector<Defect> writing_defects();            // headers that no server may send
std::vector<Defect> echo_defects();               // messages that come back changed, or not
std::vector<Defect> fragmentation_defects();      // fragments joined wrongly
std::vector<Defect> utf8_defects();               // texts judged wrongly
std::vector<Defect> deflate_agreement_defects();  // compression agreed to wrongly, or not as said
std::vector<Defect> deflate_data_defects();       // compressed messages written and read wrongly
std::vector<Defect> control_defects();            // pings and pongs
std::vector<Defect> closing_defects();            // the closing handshake and the end of TCP

}  // namespace wsconform
