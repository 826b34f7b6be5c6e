// What an endpoint may do about a session: a set of reactions, as the endings of a case, made from
// the reading of the reference. Races are sets: where a Close meets an end of TCP, or a fault the
// rest of its message, each order is allowed.
//
// Of an opening that a case writes, the set is that case's own. One that was changed since is
// judged only where every case about each of its faults demands a refusal.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/handshake_fault.h"
#include "fuzz/live/live_session.h"
#include "fuzz/live/reading.h"

namespace wsconform {

struct Case;

class Oracle {
 public:
  // Learns from the cases which faults of an opening have to be refused, and which requirements
  // a subject breaks.
  explicit Oracle(const std::vector<Case>& cases);

  // The session as a case under the id, whose expectations are what is allowed. Of a target that
  // does not echo, echoes are not awaited. `reading` is the session's.
  Case case_of(const LiveSession& session, const Reading& reading, std::string id,
               bool echoes) const;

  // Of the subject of a reading: what most cases about it cite; of one that no case is about, what
  // those about legal sessions do. Empty only where there is none.
  std::vector<std::string> requirements_of(const std::string& subject) const;

 private:
  bool demands_refusal(const HandshakeFaultSet& faults) const;

  HandshakeFaultSet demanded_;
  std::map<std::string, std::vector<std::string>> requirements_;  // by subject
};

// Cuts off what follows an end, and ends our direction of TCP where a target may go on waiting for
// the rest of a frame.
void make_whole(LiveSession& session);

}  // namespace wsconform
