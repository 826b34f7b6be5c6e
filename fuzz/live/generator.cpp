#include "fuzz/live/generator.h"

#include <algorithm>
#include <iterator>
#include <ranges>
#include <utility>

#include "core/permessage_deflate.h"
#include "fuzz/live/frames.h"
#include "fuzz/live/mutation.h"
#include "fuzz/live/oracle.h"

namespace wsconform {
namespace {

// The place, or where the fault can be instead of it.
Place place_for(const Fault& fault, Place place, bool deflated) {
  if (fault.outside) return Place::open;
  if (fault.in_message && place != Place::in_compressed_message) return Place::in_message;
  if (!deflated && place == Place::in_compressed_message) return Place::in_message;
  return place;
}

template <typename Element>
void shuffle(std::vector<Element>& list, Random& random) {
  for (std::size_t n = list.size(); n > 1; --n) std::swap(list[n - 1], list[random.below(n)]);
}

}  // namespace

Generator::Generator(Seeds seeds, const TargetProfile& target, std::uint64_t seed)
    : random_(seed),
      deflates_(target.features.contains(std::string(permessage_deflate))),
      features_(target.features),
      refuses_(target.refuses) {
  give_next(std::move(seeds.others));
  others_ = seeds_.size();
  give_next(std::move(seeds.attacks));
  pool_ = seeds_;
}

// Before those that wait already.
void Generator::give_next(SeedsByEntry seeds) {
  std::vector<std::vector<LiveSession>> turns;  // one of each entry
  shuffle(seeds, random_);
  for (std::vector<LiveSession>& entry : seeds) {
    std::ranges::for_each(entry, make_whole);
    std::erase_if(entry, [this](const LiveSession& each) { return !suits(each); });
    shuffle(entry, random_);
    turns.resize(std::max(turns.size(), entry.size()));
    for (std::size_t n = 0; n < entry.size(); ++n) turns[n].push_back(std::move(entry[n]));
  }
  for (std::vector<LiveSession>& turn : std::views::reverse(turns))
    std::ranges::move(std::views::reverse(turn), std::back_inserter(seeds_));
}

bool Generator::suits(const LiveSession& session) const {
  const auto refused = [this](const Move& move) {
    const auto* frame = std::get_if<SendFrame>(&move.act);
    return frame != nullptr && refuses_.contains(frame->opcode);
  };
  return std::ranges::all_of(session.needs,
                             [this](const auto& need) { return features_.contains(need); }) &&
         std::ranges::none_of(session.moves, refused);
}

LiveSession Generator::next() {
  if (!seeds_.empty()) {
    LiveSession seed = std::move(seeds_.back());
    seeds_.pop_back();
    return seed;
  }
  constexpr int tries = 8;
  LiveSession made;
  for (int n = 0; n < tries; ++n) {
    made = random_.once_in(2) ? fresh() : changed();
    make_whole(made);
    if (suits(made)) return made;
  }
  return {};
}

// A few legal frames, then a fault or two at a place.
LiveSession Generator::fresh() {
  LiveSession made;
  if (deflates_ && random_.once_in(2)) offer_deflate(made);
  const bool deflated = deflates(made);
  for (std::size_t n = random_.below(4); n > 0; --n)
    made.moves.push_back(
        {random_.once_in(3) ? any_control(random_) : any_message(deflated, random_),
         random_.once_in(3)});
  // Of two at random, the one tried less often.
  const auto choice = [&] {
    const Fault& fault = random_.one_of(faults());
    return std::pair(&fault, place_for(fault, static_cast<Place>(1 + random_.below(4)), deflated));
  };
  const auto times = [&](const auto& each) {
    return tried_.at(static_cast<std::size_t>(each.second))
        .at(static_cast<std::size_t>(each.first->rule));
  };
  const auto one = choice();
  const auto other = choice();
  const auto& [chosen, place] = times(one) <= times(other) ? one : other;
  const Fault& fault = *chosen;
  if (random_.once_in(8)) return made;  // legal
  append_way_to(place, made, random_);
  if (!fault.deflates || deflated) fault.append(made, random_);
  if (random_.once_in(4)) made.moves.push_back({any_message(deflated, random_)});
  if (random_.once_in(4)) mutate(made, random_);
  return made;
}

LiveSession Generator::changed() {
  // What was kept last has been tried least.
  const auto some = [this](const std::vector<LiveSession>& list) -> const LiveSession& {
    const std::size_t recent = std::min<std::size_t>(list.size(), 64);
    return random_.once_in(2) ? random_.one_of(list)
                              : list[list.size() - 1 - random_.below(recent)];
  };
  if (kept_.empty() || pool_.empty()) return fresh();
  LiveSession made = some(kept_);
  if (random_.once_in(3)) {
    const LiveSession& other = random_.once_in(2) ? some(kept_) : random_.one_of(pool_);
    made = crossed(made, other, random_);
  }
  for (std::size_t n = 1 + random_.below(4); n > 0; --n) mutate(made, random_);
  return made;
}

bool Generator::learn(const LiveSession& session, const Reading& reading,
                      const std::string& reaction) {
  const auto count = [this](Place place, Violation rule) {
    ++tried_.at(static_cast<std::size_t>(place)).at(static_cast<std::size_t>(rule));
  };
  if (reading.broken) count(reading.place, *reading.broken);
  if (reading.late) count(Place::closing, *reading.late);
  std::string triple =
      std::string(name_of(reading.place)) + ' ' + stimulus_of(reading) + ' ' + reaction;
  if (!seen_.insert(std::move(triple)).second) return false;
  kept_.push_back(session);
  return true;
}

}  // namespace wsconform
