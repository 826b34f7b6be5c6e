#include "runner/casebook/edits_writer.h"

#include "runner/casebook/payload_writer.h"

namespace wsconform {
namespace {

Json written_set(const std::vector<FieldEdit>& edits) {
  Json set = Json::object();
  for (const FieldEdit& edit : edits) {
    Json values = Json::array();
    for (const std::string& value : edit.values) values.push_back(written_text(value));
    set[edit.name] = values.size() == 1 ? std::move(values.front()) : std::move(values);
  }
  return set;
}

Json written_lines(const std::vector<RawLine>& lines) {
  Json written = Json::array();
  for (const RawLine& line : lines) {
    Json text = written_text(line.line);
    if (line.times == 1) {
      written.push_back(std::move(text));
    } else {
      written.push_back({{"line", std::move(text)}, {"times", line.times}});
    }
  }
  return written;
}

void write_line(const SendRequest& request, Json& edits) {
  const SendRequest normal;
  if (request.method != normal.method) edits["method"] = written_text(request.method);
  if (request.target != normal.target) edits["target"] = written_text(request.target);
  if (request.version != normal.version) edits["version"] = written_text(request.version);
  if (request.line) edits["line"] = written_text(*request.line);
}

void write_fields(const SendRequest& request, Json& edits) {
  if (!request.set.empty()) edits["set"] = written_set(request.set);
  if (!request.drop.empty()) edits["drop"] = request.drop;
  for (const auto& [name, line] : request.spell) edits["spell"][name] = written_text(line);
  if (!request.first.empty()) edits["first"] = written_lines(request.first);
  if (!request.append.empty()) edits["append"] = written_lines(request.append);
}

}  // namespace

Json written(const SendRequest& request) {
  Json edits = Json::object();
  if (request.bytes) {
    edits["bytes"] = written_text(*request.bytes);
  } else {
    write_line(request, edits);
    write_fields(request, edits);
    if (request.line_end != SendRequest().line_end)
      edits["line-end"] = written_text(request.line_end);
    if (!request.finished) edits["finished"] = false;
  }
  if (request.body.size() > 0) edits["body"] = written(request.body);
  write_cut(request.cut, edits);
  return edits;
}

void write_cut(const Cut& cut, Json& step) {
  switch (cut.kind) {
    case Cut::Kind::whole:
      return;
    case Cut::Kind::frames:
      step["cut"] = "frames";
      return;
    case Cut::Kind::positions:
      step["cut"] = cut.positions;
      return;
    case Cut::Kind::chunks:
      break;
  }
  if (cut.chunk == 1) {
    step["cut"] = "bytes";
  } else {
    step["cut"] = cut.chunk;
  }
}

}  // namespace wsconform
