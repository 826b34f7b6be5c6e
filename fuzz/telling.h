// All that a Connection tells and writes for a stream, in a form that can be compared.
#pragma once

#include <cstddef>
#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "core/connection.h"
#include "fuzz/breach.h"

namespace wsconform {

struct Telling {
  // "text 48656c6c6f", "failed 1002 rsv1-without-extension", "closed clean 1000"
  std::vector<std::string> events{};
  Bytes output{};
  std::size_t held = 0;  // bytes of the heap that were in use for it between two pieces, at most
  // What the first of the events is, where it is one of these.
  bool opened = false;
  std::optional<int> refused{};  // the status, or 0
};

// From the opening on to the end of the peer's stream. Each piece lies in memory of its own, freed
// when the next comes.
Telling hear(const ConnectionOptions& options, const std::vector<ByteView>& pieces);
// The same through receive_next.
Telling hear_one_at_a_time(const ConnectionOptions& options, const std::vector<ByteView>& pieces);

// The same for the pieces of `cut`, in a form that costs little, for targets whose every
// execution compares it. The endpoint is open from the start; behind its end nothing is cut.
struct Record {
  std::string events{};
  Bytes output{};
  std::size_t held = 0;  // as above, looked at now and then
};
// Empties it and gives it room for what a stream of the size usually gives.
void prepare(Record& record, ByteView stream);
void record(const ConnectionOptions& options, ByteView stream, std::uint8_t cut_choice,
            bool one_at_a_time, Record& told);
// Adds an event to those of a record: equal events are equal bytes.
void add(const Event& event, std::string& events);

// Whether both told and wrote the same.
Breach difference(const Telling& expected, const Telling& told);

// The event as a line of a Telling.
std::string line_of(const Event& event);
struct OutputRules {
  bool rsv1_defined = false;        // permessage-deflate is agreed
  bool pongs_behind_close = false;  // the endpoint closes of itself, and then answers Pings still
};
// The frames of an endpoint's output as lines: "pong 6869", "close 1002". Unexpected is what breaks
// a rule of §5 or §7: an illegal frame, half a frame, anything else behind a Close.
std::expected<std::vector<std::string>, std::string> lines_of_output(Role sender, ByteView output,
                                                                     OutputRules rules = {});

}  // namespace wsconform
