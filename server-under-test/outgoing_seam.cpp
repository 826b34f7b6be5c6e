#include "server-under-test/outgoing_seam.h"

#include <string_view>
#include <utility>

#include "core/frame_encoder.h"

namespace wsconform {

void OutgoingSeam::pass(ByteView bytes, Scene& scene) {
  if (!scene.answered && !bytes.empty()) bytes = pass_answer(bytes, scene);
  if (!defect_->outgoing) {
    if (!scene.ends) append(scene.wire, bytes);
    return;
  }
  std::vector<FrameDecoder::Item> items;
  frames_.feed(bytes, items);
  for (FrameDecoder::Item& item : items) {
    if (scene.ends) return;
    for (const Frame& frame : defect_->outgoing(scene, std::move(item.frame))) scene.write(frame);
  }
}

ByteView OutgoingSeam::pass_answer(ByteView bytes, Scene& scene) {
  constexpr std::string_view empty_line = "\r\n\r\n";
  const std::string_view text = text_of(bytes);
  const std::size_t end = text.find(empty_line);
  if (end == std::string_view::npos) return bytes;
  scene.answered = true;
  Answer answer;
  answer.head = parse_head(text.substr(0, end + empty_line.size()));
  ByteView behind = bytes.subspan(end + empty_line.size());
  if (!answer.accepts()) {
    answer.body = text_of(behind);
    behind = {};
  }
  if (defect_->answer) defect_->answer(scene, answer);
  if (!answer.head.start_line.empty()) {
    append(scene.wire, std::string_view(write_head(answer.head)));
    append(scene.wire, std::string_view(answer.body));
  }
  return behind;
}

}  // namespace wsconform
