// A payload as a case describes it: built when it is sent, so that large ones cost nothing before.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "core/bytes.h"

namespace wsconform {

struct PayloadPart {
  enum class Kind { repeated, random, prose };
  Kind kind = Kind::repeated;
  Bytes unit;  // repeated: so often `times`
  // random, prose: how many bytes, from a generator seeded with the count; prose is made-up words
  // of ASCII.
  std::uint64_t times = 1;

  bool operator==(const PayloadPart&) const = default;
};

class Payload {
 public:
  Payload() = default;
  explicit Payload(Bytes bytes);
  // None of the parts is empty.
  explicit Payload(std::vector<PayloadPart> parts) : parts_(std::move(parts)) {}

  std::uint64_t size() const;  // in bytes
  // The same bytes at every call.
  Bytes build() const;
  const std::vector<PayloadPart>& parts() const { return parts_; }

  // Made of the same parts: more than the same bytes.
  bool operator==(const Payload&) const = default;

 private:
  std::vector<PayloadPart> parts_;
};

}  // namespace wsconform
