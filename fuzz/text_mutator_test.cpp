#include "fuzz/text_mutator.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "core/http_head.h"
#include "fuzz/deflate_offer_property.h"
#include "fuzz/handshake_response_property.h"
#include "fuzz/http_head_property.h"

namespace wsconform::text_mutator_test {
namespace {

std::size_t turn_first_bit(std::uint8_t* bytes, std::size_t size, std::size_t) {
  if (size > 0) bytes[0] ^= 0x80;
  return size;
}

// So many mutations one upon the other.
std::string grown(const TextForm& form, unsigned seed, int times) {
  Bytes input = {0, 5};
  for (int n = 0; n < times; ++n)
    input = mutated_text(input, 2, 4096, seed + 4 * static_cast<unsigned>(n), form, turn_first_bit);
  return std::string(text_of(ByteView(input).subspan(2)));
}

TEST(TextMutator, BeginsWithWhatIsLegalAndKeepsTheChoices) {
  const Bytes first = mutated_text(Bytes{7, 9}, 2, 4096, 1, response_form, turn_first_bit);
  EXPECT_TRUE(std::ranges::equal(ByteView(first).first(2), Bytes{7, 9}));
  EXPECT_TRUE(size_of_head(text_of(ByteView(first).subspan(2))).has_value());
}

TEST(TextMutator, MakesHeadsOfWhichManyAreWhole) {
  int whole = 0;
  for (unsigned seed = 1; seed < 400; seed += 2) {
    const std::string text = grown(response_form, seed, 2);
    const auto end = size_of_head(text);
    whole += end && parse_head(text.substr(0, *end)).anomalies.empty() ? 1 : 0;
  }
  EXPECT_GT(whole, 60);  // of 200
}

TEST(TextMutator, MakesOffersThatAreRead) {
  int agreed = 0;
  for (unsigned seed = 1; seed < 400; seed += 2) {
    const std::string text = grown(offer_form, seed, 2);
    const auto line = text.find('\n');
    if (line == text.npos) continue;
    const auto offered = parse_extensions(std::string_view(text).substr(0, line));
    const auto response = parse_extensions(std::string_view(text).substr(line + 1));
    agreed += offered && response && agreement_plainly(*response, *offered) ? 1 : 0;
  }
  EXPECT_GT(agreed, 3);  // of 200: most break a rule
}

TEST(TextMutator, IsTheSameForTheSameSeedAndKeepsToItsBound) {
  for (unsigned seed = 0; seed < 50; ++seed) {
    EXPECT_EQ(grown(body_form, seed, 5), grown(body_form, seed, 5));
    EXPECT_LE(mutated_text(Bytes(30, 'a'), 2, 31, seed, request_form, turn_first_bit).size(), 31U);
  }
}

}  // namespace
}  // namespace wsconform::text_mutator_test
