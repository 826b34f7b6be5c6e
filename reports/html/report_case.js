// What is shown follows from the address and is made when it is asked for. Here: a case, and rows of cases.

const one = (selector, inside = document) => inside.querySelector(selector);
const every = (selector, inside = document) => [...inside.querySelectorAll(selector)];
const counted = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;
const mostRows = 400; // more are laid out when asked for

let report = null;
let state = readAddress("");
let other = null; // another run, to compare with

function addressOf(changes) {
  return writeAddress({ ...state, case: "", ...changes });
}

function go(changes, replace = true) {
  const address = addressOf(changes);
  if (replace) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
  show();
}

function link(changes, ...children) {
  return h("a", { href: addressOf(changes) }, ...children);
}

// A case ------------------------------------------------------------------------------------------

function badge(verdict) {
  return h("span", { class: `badge ${verdict}` }, verdict);
}

function list(heading, name, lines) {
  if (lines.length === 0) return null;
  return h("div", {}, h("h4", {}, heading), h(name, {}, lines.map((line) => h("li", {}, line))));
}

// What the script leaves to each run.
function bracesOf(script) {
  return script.some((line) => /\{(key|path|open-path|host|port|n)\}/.test(line))
    ? h("p", { class: "cut" }, "Each run fills in what is in braces: {key} is a fresh key, {path} the target's path.") : "";
}

function pairs(name, rows) {
  const told = rows.filter(([, value]) => value !== "" && value !== null && value.length !== 0);
  return told.length === 0 ? null : h("dl", { class: name },
    told.map(([term, value]) => h("div", {}, h("dt", {}, term), h("dd", {}, value))));
}

const commandOf = (item) => `${report.command} --case ${item.id}`;

function buttonsOf(item, details) {
  return h("p", { class: "copies" },
    copyButton("Copy command", commandOf(item)),
    copyButton("Copy as JSON", () => caseAsJson(item, details)),
    details && details.wire.some((entry) => entry.bytes !== "")
      ? copyButton("Copy bytes", () => wireAsHex(details)) : null);
}

function requirementLinks(item) {
  return item.requirements.map((at) => link({ view: "requirements", q: "", case: "" },
    report.requirements[at].id)).flatMap((made) => [made, " "]);
}

function causeLink(item) {
  if (item.cause < 0) return "";
  return report.causes[item.cause].title;
}

async function fillCase(item, place) {
  const details = await detailsOf(item);
  const flags = [];
  if (item.unexpected) flags.push(h("p", { class: "flag unexpected" }, "Unexpected: this counts against the run."));
  if (details && details.known) flags.push(h("p", { class: "flag" }, `Known failing: ${details.known}`));
  const about = pairs("about", [
    ["case", [h("a", { class: "permalink", href: addressOf({ case: item.anchor }) }, item.id)]],
    ["cause", causeLink(item)], ["requires", requirementLinks(item)],
    ["Autobahn", item.autobahn.join(", ")], ["took", details ? details.took : item.took]]);
  place.replaceChildren(
    h("p", { class: "reason" }, item.reason, details && details.fault ? ` At fault: ${details.fault}.` : ""),
    ...flags, buttonsOf(item, details));
  if (!details) {
    place.append(about, h("p", { class: "cut" },
      "Its wire log is left out to keep this page small; results.json holds it."));
    return;
  }
  place.append(
    pairs("turn", [["expected", details.expected], ["received", details.received]]) || "",
    details.because ? h("p", { class: "because" }, details.because) : "",
    bracesOf(details.script), h("div", { class: "columns" }, list("Script", "ol", details.script) || "",
      list("Notes", "ul", details.notes) || "", h("div", {}, h("h4", {}, "About"), about)));
  if (details.wire.length > 0) place.append(h("h4", {}, "On the wire"), wireLog(details));
  if (details.left_out > 0) {
    place.append(h("p", { class: "cut" }, `${details.left_out} further entries are left out.`));
  }
}

// Filled when it is opened.
function lazily(details, fill) {
  details.addEventListener("toggle", () => {
    if (!details.open || details.dataset.filled !== undefined) return;
    details.dataset.filled = "";
    fill();
  });
  return details;
}

function caseRow(item, name = item.id) {
  const body = h("div", { class: "body" });
  const row = h("details", { class: "case", data: { anchor: item.anchor } },
    h("summary", {}, badge(item.verdict),
      h("span", { class: "what" }, h("span", { class: "says" }, item.says),
        item.verdict === "pass" && !item.unexpected ? null : h("span", { class: "why" }, item.reason)),
      h("span", { class: "meta" }, h("code", {}, item.repetition > 1 ? `${name} (${item.repetition})` : name),
        h("span", {}, item.level), h("span", {}, item.took))),
    body);
  return lazily(row, () => fillCase(item, body));
}

function tally(items) {
  const counts = grouped(items, (item) => item.verdict);
  return h("span", { class: "tally" }, report.verdicts.filter(([verdict]) => counts.has(verdict))
    .map(([verdict]) => h("span", { class: verdict }, `${counts.get(verdict).length} ${verdict}`)));
}

// Variants of one case stand folded under it.
function entryRows(items) {
  return [...grouped(items, (item) => item.entry)].map(([name, variants]) => {
    const section = `${report.sections[variants[0].section].name}/`;
    const slug = name.startsWith(section) ? name.slice(section.length) : name;
    if (variants.length === 1) return caseRow(variants[0], variants[0].id.replace(section, ""));
    const body = h("div", { class: "variants" });
    const fold = h("details", { class: "fold" },
      h("summary", {}, h("code", {}, slug), h("span", {}, counted(variants.length, "variant")), tally(variants)),
      body);
    return lazily(fold, () => body.append(...variants.map((item) =>
      caseRow(item, item.id.slice(name.length + 1) || slug))));
  });
}

function sectionGroups(items, open) {
  return [...grouped(items, (item) => item.section)].map(([at, own]) => {
    const body = h("div", {});
    const group = h("details", { class: "group" },
      h("summary", {}, h("h3", {}, report.sections[at].heading), tally(own)), body);
    lazily(group, () => body.append(...entryRows(own)));
    group.open = open;
    return group;
  });
}
