#include "fuzz/live/session_player.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "runner/casebook/case.h"

namespace wsconform {

bool PlayedSession::tells() const {
  const Verdict verdict = ended.result.verdict;
  return finished && verdict != Verdict::error && verdict != Verdict::skipped;
}

std::vector<PlayedSession> SessionPlayer::play(const std::vector<LiveSession>& sessions,
                                               TaskRunner::Breadth breadth, const Case* beside) {
  std::vector<PlayedSession> trials(sessions.size());
  std::vector<Task> tasks;
  if (beside != nullptr) tasks.push_back({beside, 1});
  for (std::size_t n = 0; n < sessions.size(); ++n) {
    PlayedSession& trial = trials[n];
    trial.session = sessions[n];
    trial.reading = read(trial.session);
    trial.as_case = oracle_.case_of(trial.session, trial.reading, fmt::format("fuzz/{}", n),
                                    stage_.profile().echoes);
    tasks.push_back({&trial.as_case, 1});
  }
  beside_.reset();
  TaskRunner runner(stage_, keeper_, stop_, {[&](Finished ended) {
                      if (ended.task.to_run == beside) {
                        beside_ = std::move(ended);
                        return;
                      }
                      const auto found = std::ranges::find(
                          trials, ended.task.to_run,
                          [](const PlayedSession& each) { return &each.as_case; });
                      found->ended = std::move(ended);
                      found->finished = true;
                    }});
  runner.run(std::move(tasks), breadth);
  return trials;
}

}  // namespace wsconform
