// A validator of JSON Schema that others wrote, compiled apart: its templates take long, and only
// tests compare with it.
#pragma once

#include <memory>
#include <string>

namespace wsconform {

class Valijson {
 public:
  // A schema of draft-07 as text; a wrong one throws std::exception.
  explicit Valijson(const std::string& schema);
  ~Valijson();
  Valijson(const Valijson&) = delete;
  Valijson& operator=(const Valijson&) = delete;

  bool keeps(const std::string& document) const;

 private:
  struct Parsed;
  std::unique_ptr<Parsed> parsed_;
};

}  // namespace wsconform
