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
  // random, prose: how many bytes, from a generator seeded with the count; prose is made-up words of ASCII
  std::uint64_t times = 1;
};

class Payload {
 public:
  Payload() = default;
  explicit Payload(Bytes bytes);
  explicit Payload(std::vector<PayloadPart> parts) : parts_(std::move(parts)) {}

  std::uint64_t size() const;
  Bytes build() const;
  const std::vector<PayloadPart>& parts() const { return parts_; }

 private:
  std::vector<PayloadPart> parts_;
};

}  // namespace wsconform
