#include "server-under-test/status/metrics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server-under-test/status/sample_status.h"

namespace wsconform::metrics_test {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(MetricsText, HasEachNumberUnderItsNameAndLabel) {
  const std::string text = metrics_text(tested::sample_status());
  for (const char* line :
       {"# TYPE wsconform_clients gauge\nwsconform_clients 3\n", "wsconform_clients_limit 100\n",
        "wsconform_connections_waiting 2\n", "wsconform_memory_held_bytes 4096\n",
        "wsconform_start_time_seconds 1000000000\n",
        "# TYPE wsconform_answers_total counter\nwsconform_answers_total{status=\"101\"} 4\n",
        "wsconform_answers_total{status=\"404\"} 2\n", "wsconform_closes_total{code=\"1000\"} 1\n",
        "wsconform_messages_total{direction=\"received\"} 5\n",
        "wsconform_message_bytes_total{direction=\"sent\"} 60\n", "wsconform_stalled_total 1\n"})
    EXPECT_THAT(text, HasSubstr(line));
}

TEST(MetricsText, NamesNoClient) {
  EXPECT_THAT(metrics_text(tested::sample_status()), Not(HasSubstr("ann")));
}

}  // namespace
}  // namespace wsconform::metrics_test
