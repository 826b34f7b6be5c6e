# Sanitizers and coverage, for everything that is compiled after this line.
if(WSCONFORM_SANITIZE)
  add_compile_options(
    -fsanitize=${WSCONFORM_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  # The check of dynamic types asks the kernel about each type that is new to it, through a pipe, and is wrong where no
  # descriptor is left: what becomes of us there is tested.
  if(WSCONFORM_SANITIZE MATCHES "undefined")
    add_compile_options(-fno-sanitize=vptr)
  endif()
  # fuzzer-no-link instruments; only the libFuzzer binaries link the engine itself.
  string(REPLACE "fuzzer-no-link," "" link_sanitize "${WSCONFORM_SANITIZE}")
  add_link_options(-fsanitize=${link_sanitize} -fno-sanitize-recover=all)
  # Some ninety programs, each with the runtime of its sanitizers: clang's own linker takes a quarter of the time.
  file(REAL_PATH ${CMAKE_CXX_COMPILER} compiler)
  cmake_path(GET compiler PARENT_PATH own)
  find_program(WSCONFORM_LLD ld.lld HINTS ${own} NO_DEFAULT_PATH)
  if(WSCONFORM_LLD)
    add_link_options(-fuse-ld=lld)
  endif()
endif()

if(WSCONFORM_COVERAGE)
  add_compile_options(-fprofile-instr-generate -fcoverage-mapping)
  add_link_options(-fprofile-instr-generate)
endif()

# The standard library checks its preconditions wherever assert is on.
add_compile_definitions($<$<CONFIG:Debug>:_GLIBCXX_ASSERTIONS>)
