// Small rules by which conversations reach their verdicts (cases/README.md).
#pragma once

#include <optional>

#include "core/http_head.h"
#include "core/permessage_deflate.h"
#include "reports/results/verdict.h"
#include "runner/casebook/expectation.h"
#include "runner/conversation/ground.h"
#include "runner/conversation/reaction.h"

namespace wsconform {

struct Case;

// Pass is the least; a verdict replaces only a lesser one.
int severity(Verdict verdict);
// What a broken expectation counts in a case of the level: must fail, should lenient, may and
// observe observed.
Verdict broken_at_level(Level level);

// A field of a response that is not as the case wants it.
std::optional<ground::FieldFault> field_fault(const FieldCheck& check, const HttpHead& response);
// A field that HTTP demands beside the status of a refusal, and that is missing (RFC 9110 §15.5.2,
// §15.5.6, §15.5.22).
std::optional<ground::CompanionMissing> companion_fault(int status, const HttpHead& response);
// The status is one of those.
bool demands_companion(int status);
std::optional<ground::OtherSubprotocol> subprotocol_fault(const ExpectResponse& step,
                                                          const HttpHead& response);

// Why a case that needs permessage-deflate is not about this connection: any offer may be declined
// (RFC 7692 §5.1), and a server may add parameters of its own.
std::optional<Ground> other_agreement(const Case& made,
                                      const std::optional<DeflateAgreement>& agreed);

// A target may bound what it takes (RFC 6455 §10.4): 1009 in answer to a message larger than any
// small one is a limit, not a failure.
bool refused_as_too_big(const Reaction& reaction);

}  // namespace wsconform
