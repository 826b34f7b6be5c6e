#include "fuzz/campaign/campaign_files.h"

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <sstream>
#include <system_error>
#include <utility>

#include "core/visible_text.h"
#include "runner/input/input_error.h"
#include "runner/input/json_source.h"
#include "runner/input/text_file.h"

namespace wsconform {

namespace fs = std::filesystem;

namespace {

using Json = nlohmann::ordered_json;

constexpr std::streamoff most_of_log = 256 * 1024;  // bytes

std::vector<fs::path> files_in(const fs::path& folder) {
  std::vector<fs::path> files;
  if (fs::is_directory(folder))
    for (const fs::directory_entry& each : fs::directory_iterator(folder))
      if (each.is_regular_file()) files.push_back(each.path());
  std::ranges::sort(files);
  return files;
}

// The target's name stands before the last of these in the name of an incoming file.
constexpr char behind_target = '@';

// A kill between the two renames of replace_corpus left the corpus under its other name.
void put_right(const fs::path& corpora) {
  for (const fs::directory_entry& each : fs::directory_iterator(corpora)) {
    fs::path whole = each.path();
    if (whole.extension() != ".old") continue;
    whole.replace_extension();
    if (fs::exists(whole))
      fs::remove_all(each.path());
    else
      fs::rename(each.path(), whole);
  }
}

}  // namespace

CampaignFiles::CampaignFiles(fs::path folder) : folder_(std::move(folder)) {
  for (const char* part : {"corpus", "incoming", "findings", "logs"})
    fs::create_directories(folder_ / part);
  put_right(folder_ / "corpus");
}

fs::path CampaignFiles::corpus(const std::string& target) const {
  fs::path corpus = folder_ / "corpus" / target;
  fs::create_directories(corpus);
  return corpus;
}

fs::path CampaignFiles::incoming(const std::string& target) const {
  return folder_ / "incoming" / (target + behind_target);
}

std::vector<std::pair<std::string, fs::path>> CampaignFiles::incoming() const {
  std::vector<std::pair<std::string, fs::path>> all;
  for (const fs::path& file : files_in(folder_ / "incoming")) {
    const std::string name = file.filename().string();
    all.emplace_back(name.substr(0, name.rfind(behind_target)), file);
  }
  return all;
}

// A state that was cut off or changed by others is no reason to lose a campaign: it begins anew,
// with all that is kept.
CampaignState CampaignFiles::state() const {
  CampaignState state;
  try {
    const Json json = Json::parse(read_text_file(folder_ / "state.json", max_json_size));
    state.started = json.at("started").get<std::string>();
    state.budget = json.at("budget").get<double>();
    state.spent = json.at("spent").get<double>();
    for (const auto& [name, target] : json.at("targets").items()) {
      FuzzSeries& series = state.targets[name];
      series.name = name;
      series.executions = target.at("executions").get<std::uint64_t>();
      series.seconds = target.at("seconds").get<double>();
      for (const Json& point : target.at("points"))
        series.points.push_back({point.at(0).get<double>(), point.at(1).get<std::uint64_t>(),
                                 point.at(2).get<std::uint64_t>(),
                                 point.at(3).get<std::uint64_t>()});
    }
  } catch (const Json::exception&) {
    return {};
  } catch (const InputError&) {
    return {};
  }
  return state;
}

void CampaignFiles::keep(const CampaignState& state) const {
  Json targets = Json::object();
  for (const auto& [name, series] : state.targets) {
    Json points = Json::array();
    for (const FuzzPoint& each : series.points)
      points.push_back({each.seconds, each.executions, each.coverage, each.findings});
    targets[name] = {
        {"executions", series.executions}, {"seconds", series.seconds}, {"points", points}};
  }
  const Json json = {{"started", state.started},
                     {"budget", state.budget},
                     {"spent", state.spent},
                     {"targets", targets}};
  write_whole(folder_ / "state.json", json.dump() + '\n');
}

bool CampaignFiles::knows(const std::string& target, const std::string& cause) const {
  return fs::exists(folder_ / "findings" / target / cause);
}

// What tells of it comes first: an input alone would be a finding without a word.
fs::path CampaignFiles::keep(const KeptFinding& finding) const {
  const fs::path folder = folder_ / "findings" / finding.target;
  fs::create_directories(folder);
  write_whole(folder / (finding.cause + ".txt"),
              std::to_string(finding.seconds) + '\n' + finding.says + '\n' + finding.log);
  fs::rename(finding.input, folder / finding.cause);
  return folder / finding.cause;
}

std::vector<KeptFinding> CampaignFiles::findings() const {
  std::vector<KeptFinding> all;
  for (const fs::directory_entry& target : fs::directory_iterator(folder_ / "findings")) {
    if (!target.is_directory()) continue;
    for (const fs::path& file : files_in(target.path())) {
      if (file.extension() == ".txt" || file.extension() == ".new") continue;
      KeptFinding& found = all.emplace_back();
      found.target = target.path().filename().string();
      found.cause = file.filename().string();
      found.input = file;
      fs::path text = file;
      text += ".txt";
      std::istringstream told(text_of_log(text));
      std::string seconds;
      std::getline(told, seconds);
      std::getline(told, found.says);
      found.seconds = std::atof(seconds.c_str());
      found.log.assign(std::istreambuf_iterator<char>(told), {});
    }
  }
  std::ranges::sort(all, {}, &KeptFinding::input);
  return all;
}

void CampaignFiles::drop(const KeptFinding& finding) const {
  fs::path text = finding.input;
  text += ".txt";
  fs::remove(finding.input);
  fs::remove(text);
}

void CampaignFiles::replace_corpus(const std::string& target, const fs::path& merged) const {
  const fs::path whole = corpus(target);
  fs::path old = whole;
  old += ".old";
  fs::rename(whole, old);
  fs::rename(merged, whole);
  fs::remove_all(old);
}

std::string text_of_log(const fs::path& file) {
  std::ifstream in(file, std::ios::binary | std::ios::ate);
  if (!in) return {};
  const std::streamoff size = in.tellg();
  in.seekg(std::max<std::streamoff>(0, size - most_of_log));
  return {std::istreambuf_iterator<char>(in), {}};
}

void write_whole(const fs::path& file, const std::string& text) {
  fs::path fresh = file;
  fresh += ".new";
  std::ofstream out(fresh, std::ios::binary);
  out << text << std::flush;
  if (!out) throw std::system_error(errno, std::generic_category(), fresh.string());
  out.close();
  fs::rename(fresh, file);
}

}  // namespace wsconform
