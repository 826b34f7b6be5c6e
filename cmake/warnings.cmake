# The warnings that every room is compiled with; link a target to wsconform_warnings to get them.
add_library(wsconform_warnings INTERFACE)
target_compile_options(wsconform_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # g++ 12 reports these inside its own standard library once it inlines with sanitizers on.
  target_compile_options(wsconform_warnings INTERFACE
    -Wno-error=maybe-uninitialized -Wno-error=array-bounds -Wno-error=stringop-overflow
    -Wno-error=stringop-overread -Wno-error=restrict
    "$<$<CONFIG:Release>:-Wno-restrict;-Wno-maybe-uninitialized>")
endif()
if(CMAKE_UNITY_BUILD)
  # In one unit a constant of one file is seen by the next, whose names may repeat it.
  target_compile_options(wsconform_warnings INTERFACE -Wno-shadow)
else()
  # CI compiles units together: what it cannot see stops nobody who compiles them one by one.
  target_compile_options(wsconform_warnings INTERFACE -Wno-error=shadow)
endif()
