#include "server-under-test/defect.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "server-under-test/battery_of_bytes.h"
#include "server-under-test/planted_defects.h"
#include "server-under-test/tested_defect.h"

namespace wsconform::defect_test {
namespace {

EchoEndpoint endpoint_with(const Defect* defect) {
  EchoOptions options;
  options.policy.subprotocols = {"chat"};
  options.site = std::make_shared<Site>([] { return std::chrono::sys_seconds(); });
  options.access = std::make_shared<Access>();
  options.access->policy = tested_access();
  options.access->used_tickets = {"used"};
  options.defect = defect;
  return EchoEndpoint(std::move(options), test_start);
}

EchoEndpoint opened_with(const Defect* defect) {
  EchoEndpoint endpoint = endpoint_with(defect);
  Bytes request = to_bytes(good_request);
  endpoint.receive(request);
  return endpoint;
}

enum class Reads { whole, two, bytes };

std::vector<ByteView> pieces_of(ByteView stream, Reads reads) {
  constexpr std::size_t longest_by_bytes = 1000;
  if (reads == Reads::whole || (reads == Reads::bytes && stream.size() > longest_by_bytes))
    return {stream};
  if (reads == Reads::bytes) {
    std::vector<ByteView> pieces;
    for (std::size_t at = 0; at < stream.size(); ++at) pieces.push_back(stream.subspan(at, 1));
    return pieces;
  }
  const std::size_t at = std::min<std::size_t>(stream.size() - 1, 9);
  return {stream.first(at), stream.subspan(at)};
}

std::string answer_to_request(const Defect* defect, std::string_view request, Reads reads) {
  EchoEndpoint endpoint = endpoint_with(defect);
  return told(endpoint, pieces_of(bytes_of(request), reads));
}

std::string answer_to_frames(const Defect* defect, ByteView stream, Reads reads) {
  EchoEndpoint endpoint = opened_with(defect);
  return told(endpoint, pieces_of(stream, reads));
}

struct Battery {
  std::vector<std::string> requests = battery_of_requests();
  std::vector<Bytes> streams = battery_of_frames();
  // What an endpoint without a defect answers; the cuts make no difference to it.
  std::vector<std::string> to_requests = {};
  std::vector<std::string> to_streams = {};
};

const Battery& battery() {
  static const Battery all = [] {
    Battery made;
    std::ranges::move(battery_of_compression(), std::back_inserter(made.requests));
    for (const std::string& request : made.requests)
      made.to_requests.push_back(answer_to_request(nullptr, request, Reads::whole));
    for (const Bytes& stream : made.streams)
      made.to_streams.push_back(answer_to_frames(nullptr, stream, Reads::whole));
    return made;
  }();
  return all;
}

bool shows_in_requests(const Defect* defect, Reads reads) {
  const Battery& all = battery();
  for (std::size_t i = 0; i < all.requests.size(); ++i)
    if (answer_to_request(defect, all.requests[i], reads) != all.to_requests[i]) return true;
  return false;
}

bool shows_in_frames(const Defect* defect, Reads reads) {
  const Battery& all = battery();
  for (std::size_t i = 0; i < all.streams.size(); ++i)
    if (answer_to_frames(defect, all.streams[i], reads) != all.to_streams[i]) return true;
  return false;
}

// Whether the endpoint answers to anything in the battery otherwise than one without a defect.
bool shows(const Defect* defect) {
  // Saves time: most defects of frames show in frames.
  if (defect && (defect->incoming || defect->outgoing) && shows_in_frames(defect, Reads::whole))
    return true;
  for (const Reads reads : {Reads::whole, Reads::two, Reads::bytes})
    if (shows_in_requests(defect, reads) || shows_in_frames(defect, reads)) return true;
  return false;
}

TEST(Defects, AreAtLeast150) {
  EXPECT_GE(defects().size(), 150U);
}

TEST(Defects, HaveOneIdEach) {
  std::set<std::string> ids;
  for (const Defect& defect : defects()) EXPECT_TRUE(ids.insert(defect.id).second) << defect.id;
}

TEST(Defects, AreFoundById) {
  for (const Defect& defect : defects()) EXPECT_EQ(defect_named(defect.id), &defect);
  EXPECT_EQ(defect_named("no-such-defect"), nullptr);
}

TEST(Defects, HaveAnIdInKebabCaseAndSayWhatTheyDoInOneSentence) {
  for (const Defect& defect : defects()) {
    EXPECT_EQ(defect.id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-."),
              std::string::npos)
        << defect.id;
    EXPECT_TRUE(defect.says.ends_with(".")) << defect.id;
    EXPECT_EQ(std::ranges::count(defect.says, '\n'), 0) << defect.id;
  }
}

// The endpoint of the battery has no flows: those that show in them alone are held
// against cases (proof).
TEST(Defects, EachChangeWhatTheEndpointAnswers) {
  for (std::size_t i = 0; i < defects().size(); i += WSCONFORM_ONE_IN) {
    const Defect& defect = defects()[i];
    EXPECT_TRUE(defect.of_flows || shows(&defect)) << defect.id;
  }
}

TEST(Defects, DoNotShowWhereThereIsNone) {
  EXPECT_FALSE(shows(nullptr));
}

TEST(Defects, AreTheOnlyDifference) {
  EXPECT_FALSE(shows(&tested::no_defect()));
}

}  // namespace
}  // namespace wsconform::defect_test
