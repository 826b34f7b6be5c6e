// A certificate for development, which nobody vouches for but itself.
#pragma once

#include <string>

namespace wsconform {

struct DevelopmentCertificate {
  std::string certificate;  // PEM
  std::string key;          // PEM
  std::string fingerprint;  // SHA-256 of the certificate: "3A:F0:..."
};

// Made anew each time: for localhost, 127.0.0.1 and ::1, from an hour ago for 30 days, with a key
// on the curve P-256. Throws std::bad_alloc where OpenSSL has no memory.
DevelopmentCertificate make_development_certificate();

}  // namespace wsconform
