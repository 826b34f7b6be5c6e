# cmake -DFROM=<this folder> -DTO=<file.cpp> -P embed.cmake
# Writes the C++ source that assets.h declares.
function(append_text out name file)
  file(READ ${FROM}/${file} text)
  set(${out} "${${out}}const std::string_view ${name} = R\"asset(${text})asset\";\n" PARENT_SCOPE)
endfunction()

function(append_hash out name file)
  file(SHA256 ${FROM}/${file} hash)
  set(${out} "${${out}}const std::string_view ${name} = \"${hash}\";\n" PARENT_SCOPE)
endfunction()

set(source "// Written by reports/html/embed.cmake.\n#include \"reports/html/assets.h\"\n\n")
string(APPEND source "namespace wsconform::report_assets {\n\n")
append_text(source page_template report.mustache)
append_text(source style report.css)
append_hash(source style_sha256 report.css)

# One script of several files.
foreach(file report_data.js report_wire.js report_case.js report_views.js report.js)
  file(READ ${FROM}/${file} text)
  string(APPEND script "${text}")
endforeach()
string(SHA256 hash "${script}")
string(APPEND source "const std::string_view script = R\"asset(${script})asset\";\n")
string(APPEND source "const std::string_view script_sha256 = \"${hash}\";\n")
string(APPEND source "\n}  // namespace wsconform::report_assets\n")
file(WRITE ${TO} "${source}")
