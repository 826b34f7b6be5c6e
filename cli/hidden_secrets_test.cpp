// What lets in at a target stands in no output of a run.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "cli/exit_code.h"
#include "cli/tested_program.h"
#include "cli/unpacked_page.h"
#include "core/base64.h"
#include "server-under-test/planted_defects.h"

namespace wsconform::hidden_secrets_test {
namespace {

using tested::Ended;
using tested::run;
using tested::RunningServer;

// The page and all that is packed in it.
std::string with_packed(const std::string& page) {
  std::string all = page;
  for (const auto& [name, text] : tested::blocks_of_page(page)) all += text;
  return all;
}

constexpr const char* formats[] = {"json", "html", "junit", "tap", "sarif", "markdown", "gitlab"};

class HiddenSecrets : public tested::Program {
 protected:
  // All that a run tells which fails.
  std::string outputs_of(std::vector<std::string> options) {
    options.insert(options.begin(), {"run", "--cases", cases(), "--no-limits", "-v", "--github"});
    for (const std::string format : formats)
      options.insert(options.end(), {"--" + format, path("r." + format)});
    const Ended ended = run(std::move(options));
    EXPECT_EQ(ended.exit_code, exit_unexpected) << ended.out << ended.err;
    std::string all = ended.out + ended.err;
    for (const std::string format : formats) {
      std::ifstream file(path("r." + format), std::ios::binary);
      const std::string text{std::istreambuf_iterator<char>(file), {}};
      EXPECT_FALSE(text.empty()) << format;
      all += format == "html" ? with_packed(text) : text;
    }
    return all;
  }
  static RunningServer wrong_server() {
    ServerOptions options;
    options.echo.defect = defect_named("pongs-masked");
    return RunningServer(std::move(options));
  }
  void expect_hidden(const std::string& outputs, const std::string& secret) {
    EXPECT_EQ(outputs.find(secret), outputs.npos) << secret;
    EXPECT_EQ(outputs.find(to_hex(bytes_of(secret))), outputs.npos) << secret << " in hex";
  }
};

TEST_F(HiddenSecrets, OfTheCommandLineStandInNoOutput) {
  RunningServer server = wrong_server();
  const std::vector<std::string> options = {server.url() + "?room=blue&access_token=sesame-url",
                                            "--header",
                                            "Authorization: Bearer sesame-bearer",
                                            "--header",
                                            "Cookie: id=sesame-cookie; theme=dim",
                                            "--header",
                                            "X-Api-Key: sesame-key"};
  const std::string outputs = outputs_of(options);
  for (const char* secret :
       {"sesame-url", "sesame-bearer", "sesame-cookie", "theme=dim", "sesame-key"})
    expect_hidden(outputs, secret);
  for (const char* told :
       {"?room=blue&access_token=<hidden>", "--header 'Authorization: <hidden>'",
        "Authorization: Bearer *************", "Cookie: id=*************; theme=***"})
    EXPECT_NE(outputs.find(told), outputs.npos) << told;
}

TEST_F(HiddenSecrets, OfTheProfileStandInNoOutput) {
  RunningServer server = wrong_server();
  write("p.json", R"({ "url": ")" + server.url() + R"(",
    "headers": { "X-Api-Key": "sesame-key" },
    "policy": { "basic": { "good": [ { "user": "ann", "password": "sesame-password" } ] },
                "cookie": { "name": "id", "good": "sesame-cookie" },
                "ticket": { "parameter": "t", "good": ["sesame-ticket"] } } })");
  const std::string outputs = outputs_of({"--profile", path("p.json")});
  for (const std::string secret :
       {"sesame-key", "sesame-password", "sesame-cookie", "sesame-ticket"})
    expect_hidden(outputs, secret);
  expect_hidden(outputs, base64_encode("ann:sesame-password"));
  for (const char* told :
       {"?t=*************", "Cookie: id=*************", "Authorization: Basic ****"})
    EXPECT_NE(outputs.find(told), outputs.npos) << told;
}

TEST_F(HiddenSecrets, AreToldToWhoAsksForThem) {
  RunningServer server = wrong_server();
  const std::string outputs =
      outputs_of({server.url(), "--header", "Cookie: id=sesame-cookie", "--show-secrets"});
  EXPECT_NE(outputs.find("Cookie: id=sesame-cookie"), outputs.npos);
  EXPECT_NE(outputs.find("--header 'Cookie: id=sesame-cookie' --show-secrets"), outputs.npos);
}

}  // namespace
}  // namespace wsconform::hidden_secrets_test
