#include "runner/conversation/opening_reader.h"

namespace wsconform {
namespace {

using Direction = WireEntry::Direction;

constexpr std::size_t max_head = 64 * 1024;
constexpr std::size_t max_body_kept = 16 * 1024;

}  // namespace

OpeningReader::OpeningReader(Role under_test, WireLog& log)
    : under_test_(under_test), log_(log), head_(max_head) {}

std::size_t OpeningReader::receive(ByteView bytes, Instant now) {
  ByteView left = bytes;
  while (!left.empty() && part_ != Part::frames) {
    switch (part_) {
      case Part::head:
        left = left.subspan(receive_head(left, now));
        break;
      case Part::body:
        left = left.subspan(receive_body(left, now));
        break;
      default:
        log_.bytes(now, Direction::received, left);
        seen_.emplace_back(SawStray{left.size()});
        return bytes.size();
    }
  }
  return bytes.size() - left.size();
}

void OpeningReader::receive_end(Instant now) {
  log_unfinished(now);
  if (part_ != Part::body || !body_) return;
  body_->feed_end();
  if (body_->complete()) finish_response();
}

void OpeningReader::log_unfinished(Instant now) {
  if (part_ == Part::head && !head_.text().empty())
    log_.bytes(now, Direction::received, bytes_of(head_.text()));
}

std::size_t OpeningReader::receive_head(ByteView bytes, Instant now) {
  const std::size_t taken = head_.feed(bytes);
  if (head_.too_large()) {
    log_.bytes(now, Direction::received, bytes_of(head_.text()));
    seen_.emplace_back(Offence(HeadTooLong{max_head, under_test_}));
    part_ = Part::after;
    return bytes.size();
  }
  if (head_.complete()) finish_head(now);
  return taken;
}

void OpeningReader::finish_head(Instant now) {
  response_ = {};
  response_.head = parse_head(head_.text());
  log_.head(now, Direction::received, response_.head, bytes_of(head_.text()));
  if (under_test_ == Role::client) return finish_request();
  begin_response();
}

void OpeningReader::finish_request() {
  part_ = Part::after;
  head_ = HeadReader(max_head);
  seen_.emplace_back(SawRequest{response_.head});
}

void OpeningReader::begin_response() {
  new_head_ = response_.head;
  const std::string_view start_line = response_.head.start_line;
  const auto line = parse_status_line(start_line);
  response_.status = line ? line->code : 0;
  // Whoever speaks HTTP knows it for a 101, for all its faults.
  if (status_code_in(start_line) == 101) response_.status = 101;
  if (response_.status == 101) {
    part_ = Part::frames;
    seen_.emplace_back(response_);
    return;
  }
  head_ = HeadReader(max_head);
  if (response_.status >= 100 && response_.status < 200) {
    seen_.emplace_back(SawInterim{response_.status});
    return;
  }
  body_.emplace(response_.head, max_body_kept, method_);
  part_ = Part::body;
  if (body_->complete()) finish_response();
}

std::size_t OpeningReader::receive_body(ByteView bytes, Instant now) {
  const std::size_t taken = body_->feed(bytes);
  log_.body(now, Direction::received, bytes.first(taken));
  if (body_->malformed()) {
    seen_.emplace_back(Offence(BodyWithoutEnd{}));
    part_ = Part::after;
    return bytes.size();
  }
  if (body_->complete()) finish_response();
  return taken;
}

void OpeningReader::finish_response() {
  response_.body = body_->body();
  part_ = Part::after;
  seen_.emplace_back(response_);
}

}  // namespace wsconform
