// Which rules the data of a case breaks, as a target that judges by our own page of
// rules would see it.
#pragma once

#include "core/handshake_fault.h"
#include "core/role.h"
#include "core/violation.h"

namespace wsconform {

struct Case;

// Violations in what the case sends to a target of the role: the first on each of its connections.
// Only the beginning of very large sends is looked at.
ViolationSet violations_reached(const Case& made, Role target = Role::server);

// Faults of its opening handshakes' requests; none for a target that is a client, for no case
// writes a response. Placeholders are filled in with those of a target at 127.0.0.1.
HandshakeFaultSet handshake_faults_reached(const Case& made, Role target = Role::server);

// What the cases of a whole suite have to reach, for a target of the role: everything but the
// limits that an endpoint sets for itself and what only its own policy refuses.
ViolationSet violations_to_reach(Role target = Role::server);
HandshakeFaultSet handshake_faults_to_reach(Role target = Role::server);

}  // namespace wsconform
