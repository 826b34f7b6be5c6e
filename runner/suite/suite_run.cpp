#include "runner/suite/suite_run.h"

#include <fmt/chrono.h>
#include <sys/resource.h>

#include <algorithm>
#include <boost/asio/post.hpp>
#include <cassert>
#include <chrono>
#include <utility>

#include "runner/casebook/case.h"
#include "runner/suite/width.h"

namespace wsconform {
namespace {

std::string utc_now() {
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}",
                     fmt::gmtime(std::chrono::system_clock::to_time_t(now)));
}

// As many as may wait beside so many cases, of the descriptors that we may have: a case needs two
// or three, we some.
std::size_t spare_connections(std::size_t jobs) {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return 0;
  const std::size_t needed = 64 + 4 * jobs;
  if (limit.rlim_cur <= needed) return 0;
  return std::min<std::size_t>(most_waiting, (limit.rlim_cur - needed) / 2);
}

}  // namespace

SuiteRun::SuiteRun(boost::asio::io_context& loop, TargetProfile profile, RunOptions options,
                   TargetProcess* process, Observer observer)
    : loop_(loop),
      profile_(std::move(profile)),
      options_(std::move(options)),
      process_(process),
      observer_(std::move(observer)),
      pace_(options_.patience),
      time_(loop),
      stop_([this] { give_up_what_is_under_way(); }) {
  assert(options_.jobs > 0 && options_.repeat > 0);
}

Results SuiteRun::run(const std::vector<Case>& cases) {
  assert(!stage_);
  const Instant began = std::chrono::steady_clock::now();
  const std::string started = utc_now();
  if (options_.max_time) end_by(began + *options_.max_time);
  stage_.emplace(loop_, profile_, pace_, stop_, process_, options_.pid);
  if (TcpInstances::can_be(profile_, process_)) {
    further_.emplace(loop_, profile_, *process_, options_.patience, stop_);
    stage_->keep_spare_if(further_->is_alike());
  }
  RunCourse course({&*stage_, &profile_}, further_ ? &*further_ : nullptr, stop_, options_,
                   {observer_.finished, observer_.waits});
  course.prepare(spare_connections(options_.jobs));
  Results begun = course.results();
  begun.started = started;
  observer_.begun(begun, cases.size() * static_cast<std::size_t>(options_.repeat));
  course.run(cases);
  time_.cancel();
  Results results = course.take_results();
  results.started = started;
  results.duration_ms = in_milliseconds(std::chrono::steady_clock::now() - began);
  return results;
}

void SuiteRun::end_by(Instant then) {
  time_.expires_at(then);
  time_.async_wait([this](boost::system::error_code cancelled) {
    if (!cancelled) stop_.raise({Stop::Kind::out_of_time});
  });
}

// From whatever thread found the reason to.
void SuiteRun::give_up_what_is_under_way() {
  boost::asio::post(loop_, [this, lives = std::weak_ptr(lives_)] {
    if (!lives.expired()) stage_->cancel();
  });
  if (further_) further_->cancel();
}

}  // namespace wsconform
