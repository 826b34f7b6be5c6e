#include "server-under-test/chat/chat_rooms.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "core/frame_encoder.h"

namespace wsconform {
namespace {

// What is longer is sent as it is: deflating it would keep all others waiting.
constexpr std::size_t most_deflated = 64 * 1024;
constexpr int share_of_time = 10;  // a room is held up for one part of so many at most

struct CountedBytes {
  Bytes bytes;
  std::shared_ptr<std::size_t> held;

  CountedBytes(Bytes made, std::shared_ptr<std::size_t> counter)
      : bytes(std::move(made)), held(std::move(counter)) {
    *held += bytes.capacity();
  }
  ~CountedBytes() { *held -= bytes.capacity(); }
  CountedBytes(const CountedBytes&) = delete;
  CountedBytes& operator=(const CountedBytes&) = delete;
};

}  // namespace

struct ChatRoom {
  ChatRooms* rooms = nullptr;
  std::string name;
  std::vector<ChatMember*> members;
  std::map<std::string, std::size_t, std::less<>> users;  // connections of each
  Traffic said;
  std::size_t behind = 0;  // members
  Duration credit{};       // for which it may be held up
  Instant since{};         // when the credit was that
  Instant deadline{};      // while it is held up: when whoever is behind is too slow

  void tell_all(Opcode opcode, ByteView payload);
  void announce(const std::string& user, std::string_view what) {
    tell_all(Opcode::text, ByteView(bytes_of(user + std::string(what))));
  }
  void fell_behind();
  void caught_up();
};

void ChatRoom::tell_all(Opcode opcode, ByteView payload) {
  const SharedBytes plain = rooms->framed(opcode, payload);
  SharedBytes deflated;
  for (ChatMember* member : members) {
    if (member->deflates_ && !deflated) deflated = rooms->deflated(opcode, payload, plain);
    member->hear(member->deflates_ ? deflated : plain, payload.size());
  }
}

void ChatRoom::fell_behind() {
  if (++behind > 1) return;
  const Duration patience = rooms->limits_.patience;
  credit = std::min(patience, credit + (rooms->now_ - since) / share_of_time);
  since = rooms->now_;
  deadline = since + credit;
}

void ChatRoom::caught_up() {
  if (--behind > 0) return;
  credit -= std::min(credit, Duration(rooms->now_ - since));
  since = rooms->now_;
  for (const ChatMember* member : members) rooms->tell(member->id_);
}

ChatMember::ChatMember(ChatRooms& rooms, ChatRoom& room, Newcomer newcomer)
    : rooms_(&rooms),
      room_(&room),
      id_(newcomer.id),
      user_(std::move(newcomer.user)),
      deflates_(newcomer.deflate && newcomer.deflate->window_bits == most_window_bits),
      place_(room.members.size()) {
  waiting_.push_own(std::move(newcomer.first));
  room.members.push_back(this);
  ++rooms.members_;
  if (!user_.empty() && ++room.users[user_] == 1) room.announce(user_, " came");
}

void ChatMember::leave() {
  if (room_ == nullptr) return;
  ChatRoom& room = *std::exchange(room_, nullptr);
  room.members[place_] = room.members.back();
  room.members[place_]->place_ = place_;
  room.members.pop_back();
  --rooms_->members_;
  if (std::exchange(behind_, false)) room.caught_up();
  if (room.members.empty()) {
    rooms_->rooms_.erase(rooms_->rooms_.find(room.name));
    return;
  }
  const auto user = room.users.find(user_);
  if (user == room.users.end() || --user->second > 0) return;
  room.users.erase(user);
  room.announce(user_, " left");
}

void ChatMember::say(Opcode opcode, ByteView payload) {
  assert(payload.size() <= max_chat_message);
  if (room_ == nullptr) return;
  ChatRoom& room = *room_;
  room.said.add(payload.size());
  rooms_->said_.add(payload.size());
  if (user_.empty() || opcode != Opcode::text) return room.tell_all(opcode, payload);
  Bytes named = to_bytes(user_ + ": ");
  append(named, payload);
  room.tell_all(opcode, named);
}

void ChatMember::hear(const SharedBytes& frame, std::size_t payload_size) {
  const bool is_news = waiting_.empty();
  heard_.add(payload_size);
  waiting_.push(frame);
  const bool falls = !behind_ && waiting_.behind() > rooms_->limits_.backlog;
  if (falls) {
    behind_ = true;
    room_->fell_behind();
  }
  if (is_news || falls) rooms_->tell(id_);
}

std::size_t ChatMember::listeners() const {
  return room_ == nullptr ? 0 : room_->members.size();
}

bool ChatMember::is_held_up() const {
  return room_ != nullptr && room_->behind > 0;
}

void ChatMember::take(std::size_t count) {
  waiting_.take(count);
  if (!behind_ || waiting_.behind() > rooms_->limits_.backlog / 2) return;
  behind_ = false;
  room_->caught_up();
}

void ChatMember::tick(Instant now) {
  rooms_->now_ = std::max(rooms_->now_, now);
}

bool ChatMember::is_too_slow() const {
  return behind_ && rooms_->now_ >= room_->deadline;
}

std::optional<Instant> ChatMember::next_deadline() const {
  return behind_ ? std::optional(room_->deadline) : std::nullopt;
}

void ChatMember::fall_out() {
  waiting_.drop_unbegun();
  leave();
}

ChatRooms::ChatRooms(ChatLimits limits)
    : limits_(limits),
      held_(std::make_shared<std::size_t>(0)),
      deflater_({.window_bits = most_window_bits, .takes_over = false}) {}
ChatRooms::~ChatRooms() = default;

bool ChatRooms::has_place(std::string_view room) const {
  return rooms_.size() < limits_.rooms || rooms_.contains(room);
}

std::unique_ptr<ChatMember> ChatRooms::enter(Newcomer newcomer) {
  if (!has_place(newcomer.room)) return nullptr;
  std::unique_ptr<ChatRoom>& room = rooms_[newcomer.room];
  if (!room) {
    room = std::make_unique<ChatRoom>();
    room->rooms = this;
    room->name = newcomer.room;
    room->credit = limits_.patience;
    room->since = now_;
  }
  return std::make_unique<ChatMember>(*this, *room, std::move(newcomer));
}

std::vector<RoomRecord> ChatRooms::records(std::size_t most) const {
  std::vector<RoomRecord> records;
  for (const auto& [name, room] : rooms_) {
    if (records.size() == most) break;
    records.push_back({name, room->members.size(), room->said, room->behind});
  }
  return records;
}

std::optional<std::uint64_t> ChatRooms::slowest() const {
  const ChatMember* slowest = nullptr;
  for (const auto& [name, room] : rooms_)
    for (const ChatMember* member : room->members)
      if (!slowest || member->waiting_.behind() > slowest->waiting_.behind()) slowest = member;
  if (slowest == nullptr || slowest->waiting_.empty()) return std::nullopt;
  return slowest->id_;
}

SharedBytes ChatRooms::shared(Bytes bytes) const {
  const auto counted = std::make_shared<const CountedBytes>(std::move(bytes), held_);
  return {counted, &counted->bytes};
}

SharedBytes ChatRooms::framed(Opcode opcode, ByteView payload) const {
  Bytes frame;
  frame.reserve(max_header_size + payload.size());
  encode(header_for(opcode, payload.size()), payload, frame);
  return shared(std::move(frame));
}

// Each message by itself: no member's window is of use to the others (RFC 7692 §7.2.3.2).
SharedBytes ChatRooms::deflated(Opcode opcode, ByteView payload, const SharedBytes& plain) {
  if (payload.size() > most_deflated) return plain;
  Bytes deflated;
  deflater_.deflate(payload, deflated);
  if (deflated.size() >= payload.size()) return plain;
  FrameHeader header = header_for(opcode, deflated.size());
  header.rsv1 = true;  // §6
  Bytes frame;
  frame.reserve(max_header_size + deflated.size());
  encode(header, deflated, frame);
  return shared(std::move(frame));
}

}  // namespace wsconform
