// How long one expectation has been waited for, and until when it is: instants, from the
// pace of the target.
#pragma once

#include <algorithm>
#include <cstdint>

#include "core/instant.h"
#include "runner/conversation/pace.h"

namespace wsconform {

class Wait {
 public:
  // `pace` outlives it. `factor`: how many times the target's patience a case takes.
  Wait(const Pace& pace, double factor) : pace_(pace), factor_(factor) {}

  // False: however much the target is asked for, it shows none. One patience is enough then.
  void expect_work(bool any) { expects_work_ = any; }

  void begin(Instant now);
  void finish() { under_way_ = false; }
  bool under_way() const { return under_way_; }
  Instant since() const { return since_; }

  // A write of ours is with TCP: no answer was due before it.
  void written(Instant now);
  // We answered the target: Pongs, however many are asked for, put no deadline off.
  void answered() { answered_ = true; }
  // The target gave a message back: it is slow and does not hang; yet even that has an end.
  void heard_echo(Instant now);
  // The target's Close came: it has worked off what we sent, and the end of TCP takes no such time.
  void heard_close(Instant now);
  // A Ping of ours asked whether the connection is open; and the hush before the next begins.
  void asked() { ++questions_; }
  int questions() const { return questions_; }
  void begin_hush(Instant now) { hush_since_ = now; }

  // After it what is awaited is not coming; the target had to do the work of moving so many bytes.
  Instant patience_ends(std::uint64_t work) const;
  // Before patience ends, however far the target: what comes of the hush is no fault of its own.
  // Doubled with each question.
  Instant hush_ends() const { return hush_ends(1 << questions_); }
  Instant long_hush_ends() const { return hush_ends(8); }
  // Behind an answer that took so long: as many times as that, too, for what a busy target
  // has still to say.
  Instant hush_behind(Duration answer) const;
  Instant silence_ends() const { return since_ + patience() / 2; }

 private:
  Duration patience() const {
    return expects_work_ ? pace_.patience() : pace_.patience_without_work();
  }
  Instant hush_ends(int times) const;

  const Pace& pace_;
  double factor_ = 1;
  bool expects_work_ = true;
  Instant since_;
  Instant began_;
  Instant hush_since_;
  int questions_ = 0;
  bool under_way_ = false;
  bool answered_ = false;
  bool closed_ = false;
};

}  // namespace wsconform
