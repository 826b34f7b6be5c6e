#include "core/tls_session.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>

#include "core/tested_certificate.h"

namespace wsconform::tls_session_test {
namespace {

using testing::HasSubstr;

// Both ends of a connection, and what each has read of the other.
struct Pair {
  TlsSession client;
  TlsSession server;
  Bytes client_read = {};
  Bytes server_read = {};

  // Carries bytes both ways, `chunk` at a time, until neither end has more to say.
  void settle(std::size_t chunk = 1'000'000) {
    for (bool more = true; more;) {
      const Bytes to_server = client.take_output();
      const Bytes to_client = server.take_output();
      more = !to_server.empty() || !to_client.empty();
      carry(to_server, chunk, server, server_read);
      carry(to_client, chunk, client, client_read);
    }
  }

  static void carry(ByteView wire, std::size_t chunk, TlsSession& to, Bytes& read) {
    for (; !wire.empty(); wire = wire.subspan(std::min(chunk, wire.size())))
      append(read, to.receive(wire.first(std::min(chunk, wire.size()))));
  }
};

class Tls : public testing::Test {
 protected:
  Pair pair(const TlsContext::Trust& trust, const std::string& host = "localhost") const {
    return {TlsSession(TlsContext::client(trust), host),
            TlsSession(TlsContext::server(certificate_.certificate(), certificate_.key()))};
  }
  TlsContext::Trust trusting() const { return {.authorities = certificate_.certificate()}; }

  TestedCertificate certificate_;
};

TEST_F(Tls, CarriesBytesBothWays) {
  Pair ends = pair(trusting());
  ends.settle();
  ASSERT_TRUE(ends.client.established());
  ASSERT_TRUE(ends.server.established());
  ends.client.send(bytes_of("to the server"));
  ends.server.send(bytes_of("to the client"));
  ends.settle();
  EXPECT_EQ(text_of(ends.server_read), "to the server");
  EXPECT_EQ(text_of(ends.client_read), "to the client");
}

TEST_F(Tls, CarriesTheSameByteByByte) {
  Pair ends = pair(trusting(), "127.0.0.1");
  ends.settle(1);
  ASSERT_TRUE(ends.client.established()) << *ends.client.failure();
  const Bytes large(100'000, 0x2a);
  ends.client.send(large);
  ends.settle(1);
  EXPECT_EQ(ends.server_read, large);
}

TEST_F(Tls, TellsTheEndOfThePeer) {
  Pair ends = pair(trusting());
  ends.settle();
  ends.client.end();
  ends.settle();
  EXPECT_TRUE(ends.server.peer_ended());
  EXPECT_FALSE(ends.client.peer_ended());
  ends.server.send(bytes_of("still heard"));
  ends.settle();
  EXPECT_EQ(text_of(ends.client_read), "still heard");
}

TEST_F(Tls, RefusesACertificateThatNobodyVouchesFor) {
  Pair ends = pair({});
  ends.settle();
  ASSERT_TRUE(ends.client.failure());
  EXPECT_THAT(*ends.client.failure(), HasSubstr("not trusted: self-signed certificate"));
  EXPECT_TRUE(ends.server.failure()) << "the alert did not arrive";
}

TEST_F(Tls, RefusesACertificateOfAnotherHost) {
  Pair ends = pair(trusting(), "example.test");
  ends.settle();
  ASSERT_TRUE(ends.client.failure());
  EXPECT_THAT(*ends.client.failure(), HasSubstr("hostname mismatch"));
}

TEST_F(Tls, TakesAnyCertificateWhereTold) {
  Pair ends = pair({.anything = true}, "example.test");
  ends.settle();
  EXPECT_TRUE(ends.client.established());
}

TEST_F(Tls, FailsForBytesThatAreNoTls) {
  Pair ends = pair(trusting());
  ends.server.receive(bytes_of("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"));
  EXPECT_TRUE(ends.server.failure());
  ends.client.receive(bytes_of("HTTP/1.1 400 Bad Request\r\n\r\n"));
  EXPECT_TRUE(ends.client.failure());
}

TEST_F(Tls, CertificatesForDevelopmentAreTakenByWhoTrustsThem) {
  const DevelopmentCertificate made = make_development_certificate();
  const std::string file = certificate_.certificate() + ".development";
  std::FILE* stream = std::fopen(file.c_str(), "w");
  std::fputs(made.certificate.c_str(), stream);
  std::fclose(stream);
  for (const std::string host : {"localhost", "127.0.0.1", "::1"}) {
    Pair ends{TlsSession(TlsContext::client({.authorities = file}), host),
              TlsSession(TlsContext::server(made))};
    ends.settle();
    EXPECT_TRUE(ends.client.established()) << host << ": " << ends.client.failure().value_or("");
  }
  EXPECT_NE(made.fingerprint, make_development_certificate().fingerprint);
  EXPECT_EQ(made.fingerprint.size(), 32U * 3 - 1);
}

TEST_F(Tls, ClientsHaveToShowACertificateWhereTheyAreAsked) {
  Pair ends{TlsSession(TlsContext::client(trusting()), "localhost"),
            TlsSession(TlsContext::server(certificate_.certificate(), certificate_.key(),
                                          certificate_.certificate()))};
  ends.settle();
  ASSERT_TRUE(ends.server.failure());
  EXPECT_THAT(*ends.server.failure(), HasSubstr("peer did not return a certificate"));
}

}  // namespace
}  // namespace wsconform::tls_session_test
