#include "server-under-test/site/password_hash.h"

#include <gtest/gtest.h>

#include "core/bytes.h"

namespace wsconform::password_hash_test {
namespace {

constexpr ScryptCost cheap{.log_n = 4, .r = 1, .p = 1};

TEST(HashPassword, IsScryptOfRfc7914) {
  // §12, the second vector: N = 1024, r = 8, p = 16; 64 bytes, of which ours are the first.
  const PasswordHash hash = hash_password("password", {.log_n = 10, .r = 8, .p = 16}, "NaCl");
  EXPECT_EQ(to_hex(bytes_of(hash.hash)),
            "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162");
}

TEST(IsPassword, TakesTheOneAndNoOther) {
  const PasswordHash hash = hash_password("open sesame", cheap, "12345678");
  EXPECT_TRUE(is_password("open sesame", hash));
  for (const char* wrong : {"", "open sesam", "open sesame ", "Open sesame"})
    EXPECT_FALSE(is_password(wrong, hash)) << wrong;
}

TEST(IsPassword, HasAHashOfItsOwnForEachSalt) {
  EXPECT_NE(hash_password("a", cheap, "12345678").hash, hash_password("a", cheap, "12345679").hash);
}

TEST(ParsePasswordHash, ReadsWhatIsWritten) {
  const PasswordHash hash = hash_password("pässword", cheap, "saltsalt");
  const auto read = parse_password_hash(text_of(hash));
  ASSERT_TRUE(read) << read.error();
  EXPECT_TRUE(is_password("pässword", *read));
  EXPECT_EQ(text_of(*read), text_of(hash));
}

TEST(ParsePasswordHash, TakesNothingElse) {
  const std::string end = "$c2FsdHNhbHQ=$AAAAAAAAAAAAAAAAAAAAAA==";
  EXPECT_TRUE(parse_password_hash("$scrypt$ln=4,r=1,p=1" + end));
  for (const std::string& text :
       {std::string(), std::string("open sesame"), "$2b$ln=4,r=1,p=1" + end,
        std::string("$scrypt$ln=4,r=1,p=1"), std::string("$scrypt$ln=4,r=1,p=1$c2FsdHNhbHQ="),
        "$scrypt$ln=4,r=1" + end, "$scrypt$ln=4,r=1,p=1,x" + end, "$scrypt$ln=-1,r=1,p=1" + end,
        "$scrypt$ln=0,r=8,p=1" + end, "$scrypt$ln=20,r=8,p=1" + end,
        "$scrypt$ln=99999999999,r=8,p=1" + end, std::string("$scrypt$ln=4,r=1,p=1$***$AAAA"),
        std::string("$scrypt$ln=4,r=1,p=1$c2FsdHNhbHQ=$AAAA")})
    EXPECT_FALSE(parse_password_hash(text)) << text;
}

}  // namespace
}  // namespace wsconform::password_hash_test
