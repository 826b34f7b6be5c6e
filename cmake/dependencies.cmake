# The one place that resolves dependencies. `./dev deps` is the one place that installs them.
#
# Rooms link the names on the left:
#   Threads::Threads ZLIB::ZLIB OpenSSL::Crypto OpenSSL::SSL fmt::fmt CLI11::CLI11
#   simdjson::simdjson              bulk UTF-8 validation
#   nlohmann_json::nlohmann_json    JSON
#   wsconform::mustache             HTML templates (header only)
#   spdlog::spdlog                  logs, written by a thread of their own
#   wsconform::prometheus           the text format of metrics
#   wsconform::asio                 Boost.Asio, compiled once; TCP, timers, signals, processes
#   wsconform::asio_ssl             the same with TLS
#   wsconform::wslay                another decoder of frames, to compare ours with; for tests and fuzzers
#   wsconform::valijson             another validator of JSON Schema, compiled once, to compare ours with; for tests
#   GTest::gtest GTest::gmock GTest::gtest_main, benchmark::benchmark
set(THREADS_PREFER_PTHREAD_FLAG ON)
find_package(Threads REQUIRED)
find_package(ZLIB REQUIRED)
find_package(OpenSSL 3 REQUIRED)
find_package(fmt REQUIRED)
find_package(CLI11 REQUIRED)
find_package(simdjson REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(Boost 1.81 REQUIRED)
find_package(spdlog REQUIRED)

# A library that is only headers in a folder which every compiler searches already.
function(wsconform_header_only name header)
  find_path(${name}_INCLUDE_DIR ${header} REQUIRED)
  add_library(wsconform_${name} INTERFACE)
  add_library(wsconform::${name} ALIAS wsconform_${name})
  target_include_directories(wsconform_${name} SYSTEM INTERFACE ${${name}_INCLUDE_DIR})
endfunction()

wsconform_header_only(mustache kainjow/mustache.hpp)

# Its core alone: the package's configuration asks for what serves and pushes metrics, too.
find_library(prometheus_LIBRARY prometheus-cpp-core REQUIRED)
wsconform_header_only(prometheus prometheus/text_serializer.h)
target_link_libraries(wsconform_prometheus INTERFACE ${prometheus_LIBRARY})

# Asio compiled apart: each file that includes it compiles in half the time.
add_library(wsconform_asio STATIC ${PROJECT_SOURCE_DIR}/cmake/asio.cpp)
add_library(wsconform::asio ALIAS wsconform_asio)
target_compile_definitions(wsconform_asio PUBLIC
  BOOST_ASIO_SEPARATE_COMPILATION BOOST_ASIO_NO_DEPRECATED BOOST_ASIO_DISABLE_BOOST_DATE_TIME)
target_link_libraries(wsconform_asio PUBLIC Boost::headers Threads::Threads)

add_library(wsconform_asio_ssl STATIC ${PROJECT_SOURCE_DIR}/cmake/asio_ssl.cpp)
add_library(wsconform::asio_ssl ALIAS wsconform_asio_ssl)
target_link_libraries(wsconform_asio_ssl PUBLIC wsconform::asio OpenSSL::SSL OpenSSL::Crypto)

if(WSCONFORM_TESTS OR WSCONFORM_FUZZ)
  find_path(wslay_INCLUDE_DIR wslay/wslay.h REQUIRED)
  find_library(wslay_LIBRARY wslay REQUIRED)
  add_library(wsconform_wslay INTERFACE)
  add_library(wsconform::wslay ALIAS wsconform_wslay)
  target_include_directories(wsconform_wslay SYSTEM INTERFACE ${wslay_INCLUDE_DIR})
  target_link_libraries(wsconform_wslay INTERFACE ${wslay_LIBRARY})
endif()
if(WSCONFORM_TESTS)
  find_package(GTest REQUIRED)
  find_package(Python3 3.9 REQUIRED COMPONENTS Interpreter)
  find_path(valijson_INCLUDE_DIR valijson/validator.hpp REQUIRED)
  add_library(wsconform_valijson STATIC EXCLUDE_FROM_ALL ${PROJECT_SOURCE_DIR}/cmake/other/valijson.cpp)
  add_library(wsconform::valijson ALIAS wsconform_valijson)
  target_compile_options(wsconform_valijson PRIVATE -O0)  # slow to compile, seldom run
  target_include_directories(wsconform_valijson SYSTEM PUBLIC ${PROJECT_SOURCE_DIR}/cmake)
  target_include_directories(wsconform_valijson SYSTEM PRIVATE ${valijson_INCLUDE_DIR})
  target_link_libraries(wsconform_valijson PRIVATE nlohmann_json::nlohmann_json)
endif()
if(WSCONFORM_BENCH)
  find_package(benchmark REQUIRED)
endif()
