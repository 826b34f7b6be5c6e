// Whom a run judged, and what it found out about it beside the verdicts.
#pragma once

#include <string>
#include <vector>

namespace wsconform {

struct Fact {          // found out about the target, not judged
  std::string name;    // "largest text message"; the same thing has the same name in every run
  std::string value;   // in words: "1048576 bytes; beyond: Close 1009, then the end of TCP"
  double amount = 0;   // where there is a unit: the number alone
  std::string unit{};  // "bytes", "ms", ...; "": the fact is no number

  bool operator==(const Fact&) const = default;
};

struct Target {
  std::string name;       // as the user calls it, or the URL
  std::string url;        // as the user gave it: a port that wsconform chose stands as {port}
  std::string profile{};  // path of the file that describes it, or ""
  std::string again{};    // the command that judges it again: "wsconform run ..."; or ""
  std::string server;     // the Server field of its handshake response, or ""
  bool echoes = false;
  double round_trip_ms = 0;
  std::vector<Fact> facts;

  bool operator==(const Target&) const = default;
};

}  // namespace wsconform
