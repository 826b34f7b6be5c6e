// Rooms of a chat: what a member says, all who are in the room hear, the one who said it too. A
// message is framed once, and deflated once; members share the bytes.
//
// Somebody who reads slowly holds the room up for a moment, so that nobody is lost to a burst;
// whoever is still behind then is too slow. A room is held up for a tenth of its time at most, so
// that those who never read cannot silence it. Time is that of the members' ticks.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/deflate.h"
#include "core/instant.h"
#include "core/opcode.h"
#include "core/traffic.h"
#include "server-under-test/chat/delivery_queue.h"

namespace wsconform {

inline constexpr std::size_t max_chat_message = 1024 * 1024;  // payload bytes

struct ChatLimits {
  std::size_t rooms = 1000;           // at once
  std::size_t backlog = 1024 * 1024;  // bytes that wait for a member, beyond which it is behind
  Duration patience = std::chrono::seconds(2);  // for which a room may be held up at once
};

struct Newcomer {
  std::uint64_t id = 0;
  std::string room{};
  std::string user{};  // "" nobody asked
  // Of what it is sent, where permessage-deflate is agreed.
  std::optional<DeflateContext> deflate{};
  Bytes first{};  // what its connection has to say before
};

// What is known of a room that somebody is in.
struct RoomRecord {
  std::string name{};
  std::size_t members = 0;
  Traffic said{};
  std::size_t behind = 0;  // members that are
};

class ChatMember;
class ChatRooms;
struct ChatRoom;

// A member's place in its room; it leaves with it. The rooms live longer.
class ChatMember {
 public:
  ChatMember(ChatRooms& rooms, ChatRoom& room, Newcomer newcomer);
  ~ChatMember() { leave(); }
  ChatMember(const ChatMember&) = delete;
  ChatMember& operator=(const ChatMember&) = delete;

  // To all who are in the room; a text begins with "user: " where it is known who says it.
  // `payload` holds max_chat_message bytes at most.
  void say(Opcode opcode, ByteView payload);
  // How many hear it.
  std::size_t listeners() const;
  // Nothing is to be said for the present: somebody is behind.
  bool is_held_up() const;
  // Hears no more; what waits is still there.
  void leave();

  // What waits to be sent. Taken is it here.
  DeliveryQueue& waiting() { return waiting_; }
  const DeliveryQueue& waiting() const { return waiting_; }
  void take(std::size_t count);
  // Messages that went to what waits.
  const Traffic& heard() const { return heard_; }

  void tick(Instant now);
  // It is behind, and the room has waited long enough.
  bool is_too_slow() const;
  // When that will be.
  std::optional<Instant> next_deadline() const;
  // Leaves, and what waits goes but for a frame that is begun.
  void fall_out();

 private:
  friend class ChatRooms;
  friend struct ChatRoom;

  void hear(const SharedBytes& frame, std::size_t payload_size);

  ChatRooms* rooms_ = nullptr;
  ChatRoom* room_ = nullptr;  // null: it has left
  std::uint64_t id_ = 0;
  std::string user_;
  bool deflates_ = false;
  bool behind_ = false;
  std::size_t place_ = 0;  // in the room
  DeliveryQueue waiting_;
  Traffic heard_;
};

// On one thread.
class ChatRooms {
 public:
  explicit ChatRooms(ChatLimits limits = {});
  ~ChatRooms();
  ChatRooms(const ChatRooms&) = delete;
  ChatRooms& operator=(const ChatRooms&) = delete;

  void limit(ChatLimits limits) { limits_ = limits; }
  // Called, with the id of a member, where something waits for it that did not before, where it has
  // fallen behind, or where its room is held up no more. May be null.
  void on_news(std::function<void(std::uint64_t id)> tell) { tell_ = std::move(tell); }

  // The room is there, or there may be one more.
  bool has_place(std::string_view room) const;
  // Where user names are known, the others hear that somebody comes and leaves: of several
  // connections of one user, with the first and behind the last. Null: there is no place.
  std::unique_ptr<ChatMember> enter(Newcomer newcomer);

  std::size_t size() const { return rooms_.size(); }
  std::size_t members() const { return members_; }
  const Traffic& said() const { return said_; }
  // The first `most` of them, by name.
  std::vector<RoomRecord> records(std::size_t most) const;
  // Bytes of memory that the frames of the rooms hold, about: each counts once.
  std::size_t held() const { return *held_; }
  // For whom most waits, of all rooms; nullopt: for nobody.
  std::optional<std::uint64_t> slowest() const;

 private:
  friend class ChatMember;
  friend struct ChatRoom;

  void tell(std::uint64_t id) const {
    if (tell_) tell_(id);
  }
  SharedBytes shared(Bytes bytes) const;
  // The message in a frame of its own, deflated where that is shorter.
  SharedBytes framed(Opcode opcode, ByteView payload) const;
  SharedBytes deflated(Opcode opcode, ByteView payload, const SharedBytes& plain);

  ChatLimits limits_;
  std::function<void(std::uint64_t)> tell_;
  std::map<std::string, std::unique_ptr<ChatRoom>, std::less<>> rooms_;
  std::size_t members_ = 0;
  Traffic said_;
  std::shared_ptr<std::size_t> held_;
  Deflater deflater_;
  Instant now_{};
};

}  // namespace wsconform
