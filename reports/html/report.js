// The views. What is shown follows from the address and is made when it is asked for.

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
    ? h("p", { class: "cut" }, "In braces stands what each run fills in: {key} is a fresh key, {path} the target's path.") : "";
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

// Causes ------------------------------------------------------------------------------------------

const weights = { "target-died": "died", "target-hung": "hung", must: "fail", "no-verdict": "error",
  should: "lenient" };

function countsOf(cause) {
  return [[cause.fail, "fail"], [cause.error, "error"]].filter(([count]) => count > 0)
    .map(([count, noun]) => counted(count, noun))
    .concat(cause.lenient > 0 ? [`${cause.lenient} lenient`] : []).join(", ");
}

function fillCause(cause, place) {
  const simplest = report.cases.find((item) => item.id === cause.simplest) || cause.cases[0];
  const rest = cause.cases.filter((item) => item !== simplest);
  const shown = simplest ? caseRow(simplest) : null;
  const section = cause.url
    ? h("a", { href: cause.url, rel: "noreferrer" }, cause.section) : cause.section;
  place.append(
    pairs("told", [["Rule", [cause.rule, " ", section]], ["Why it matters", cause.why],
      ["What to change", cause.change]]) || "",
    h("p", { class: "copies" }, h("code", { class: "command" }, simplest ? commandOf(simplest) : ""),
      simplest ? copyButton("Copy", commandOf(simplest)) : null));
  if (shown) place.append(h("h4", {}, "Simplest case"), shown);
  if (rest.length > 0) {
    const folded = h("div", {});
    place.append(lazily(h("details", { class: "fold" },
      h("summary", {}, `${counted(rest.length, "other case")} of this cause`, tally(rest)), folded),
      () => folded.append(...entryRows(rest))));
  }
  place.append(h("p", { class: "key" }, "Key for the known-failing list: ", h("code", {}, `cause:${cause.key}`)));
  if (shown) shown.open = true;
}

function causeRow(cause, number) {
  const body = h("div", { class: "body" });
  const kind = weights[cause.weight];
  const row = h("details", { class: "cause", data: { key: cause.key } },
    h("summary", {}, h("span", { class: `badge ${kind in rank ? kind : "fail"}` }, kind),
      h("span", { class: "what" }, h("span", { class: "says" }, cause.title),
        cause.unexpected === 0 && cause.fail + cause.error > 0 ? h("span", { class: "why" }, "known failing") : null),
      h("span", { class: "meta" }, h("span", {}, countsOf(cause)))), body);
  return lazily(row, () => fillCause(cause, body, number));
}

function showCauses(place) {
  const grave = report.causes.filter((cause) => cause.fail + cause.error > 0);
  const mild = report.causes.filter((cause) => cause.fail + cause.error === 0);
  const fails = grave.reduce((sum, cause) => sum + cause.fail, 0);
  const errors = grave.reduce((sum, cause) => sum + cause.error, 0);
  const behind = [fails > 0 ? counted(fails, "fail") : "", errors > 0 ? counted(errors, "error") : ""]
    .filter(Boolean).join(" and ");
  place.append(h("h2", {}, grave.length > 0
    ? `${counted(grave.length, "cause")} behind ${behind}` : "Nothing failed"));
  const rows = grave.map(causeRow);
  place.append(h("div", { class: "causes" }, rows));
  if (mild.length > 0) {
    const lenient = mild.reduce((sum, cause) => sum + cause.lenient, 0);
    place.append(h("h2", {}, `${counted(mild.length, "milder cause")} behind ${lenient} lenient verdicts`),
      h("p", { class: "lead" }, "The target kept what the standard demands, and not what it recommends."),
      h("div", { class: "causes" }, mild.map(causeRow)));
  }
  if (rows.length > 0) rows[0].open = true;
}

// Cases -------------------------------------------------------------------------------------------

function control(label, made, name = "") {
  return h("label", { class: name }, h("span", {}, label), made);
}

function choice(value, options, change) {
  const made = h("select", { on: { change: () => change(made.value) } },
    options.map(([name, words]) => h("option", { value: name }, words)));
  made.value = value;
  return made;
}

const change = (part) => go({ wanted: { ...state.wanted, ...part } });

function controls() {
  const search = h("input", { type: "search", id: "search", autocomplete: "off", spellcheck: "false",
    placeholder: "Search names and sentences" });
  search.value = state.wanted.q;
  let waiting = 0;
  search.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      state.wanted.q = search.value;
      history.replaceState(null, "", addressOf({}));
      fillCases();
    }, 120);
  });
  const wire = h("input", { type: "checkbox", on: { change: () => change({ wire: wire.checked }) } });
  wire.checked = state.wanted.wire;
  return h("form", { class: "controls", role: "search", on: { submit: (event) => event.preventDefault() } },
    control("Search", search, "search"), h("label", { class: "check" }, wire, " on the wire, too"),
    control("Level", choice(state.wanted.level, [["", "every level"], ...["must", "should", "may", "observe"]
      .map((name) => [name, name])], (level) => change({ level }))),
    control("Section", choice(state.wanted.section, [["", "every section"], ...report.sections
      .map((each) => [each.name, each.heading])], (section) => change({ section })), "wide"),
    h("p", { class: "shown", role: "status", "aria-live": "polite" }),
    h("button", { type: "button", id: "reset", hidden: !isFiltered(state.wanted),
      on: { click: () => go({ wanted: { ...noFilter } }) } }, "Show all"));
}

async function fillCases() {
  const place = one("#found");
  const wanted = state.wanted;
  if (wanted.wire && wanted.q !== "") await readWires(report);
  if (place !== one("#found") || wanted !== state.wanted) return;
  const found = chosenCases(report, wanted);
  one(".shown").textContent = isFiltered(wanted) ? `${found.length} of ${report.cases.length}` : "";
  one("#reset").hidden = !isFiltered(wanted);
  place.replaceChildren(...sectionGroups(found, isFiltered(wanted) && found.length <= mostRows));
  if (found.length === 0) place.append(h("p", { class: "nothing" }, "No case matches."));
}

function showCases(place) {
  place.append(h("h2", {}, "Cases"), controls(), h("div", { id: "found" }));
  fillCases();
}

// Requirements and Autobahn -----------------------------------------------------------------------

function tile(item) {
  return h("a", { class: item.verdict, href: addressOf({ view: "cases", case: item.anchor, wanted: { ...noFilter } }),
    title: `${item.id}: ${item.verdict}` }, item.verdict[0].toUpperCase());
}

const gravest = (items) => ["error", "fail", "lenient", "pass", "observed"]
  .find((verdict) => items.some((item) => item.verdict === verdict)) || "skipped";

function stateOf(requirement, items) {
  if (items.length > 0) return [gravest(items), gravest(items), ""];
  if (!requirement.testable) return ["untestable", "not testable", requirement.because];
  if (!requirement.binds.includes(report.side)) return ["elsewhere", "other side", ""];
  return ["uncovered", "no case", "No case of this run checks it."];
}

function requirementRow(requirement, items) {
  const [name, words, why] = stateOf(requirement, items);
  const { standard } = requirement;
  return h("div", { class: "req" }, h("span", { class: `badge ${name}` }, words),
    h("div", { class: "what" }, h("p", { class: "says" }, requirement.says),
      why ? h("p", { class: "why" }, why) : null, h("p", { class: "tiles" }, items.map(tile))),
    h("p", { class: "meta" }, h("code", {}, requirement.id), h("span", {}, requirement.level),
      h("span", {}, `${standard.startsWith("RFC") ? "§" : ""}${requirement.section}`)));
}

function showRequirements(place) {
  const cases = report.requirements.map(() => []);
  for (const item of report.cases) for (const at of item.requirements) cases[at].push(item);
  const rows = report.requirements.map((requirement, at) => [requirement, cases[at]]);
  place.append(h("h2", {}, "Requirements"), h("p", { class: "lead" },
    "Each requirement of the catalogue with the cases that check it; a letter is a case."));
  for (const [standard, own] of grouped(rows, ([requirement]) => requirement.standard)) {
    const body = h("div", {});
    place.append(lazily(h("details", { class: "group" }, h("summary", {}, h("h3", {}, standard),
      h("span", { class: "tally" }, counted(own.length, "requirement"))), body),
      () => body.append(...own.map(([requirement, items]) => requirementRow(requirement, items)))));
  }
}

const byNumbers = (one, two) => one.localeCompare(two, "en", { numeric: true });

function showAutobahn(place) {
  const cases = new Map();
  for (const item of report.cases) {
    for (const id of item.autobahn) cases.set(id, [...(cases.get(id) || []), item]);
  }
  place.append(h("h2", {}, "By Autobahn id"), h("p", { class: "lead" },
    "The cases that ask what a case of the Autobahn testsuite asks; a letter is a case."));
  const ids = [...cases.keys()].sort(byNumbers);
  for (const [chapter, own] of grouped(ids, (id) => id.split(".")[0])) {
    const body = h("div", { class: "ids" });
    place.append(lazily(h("details", { class: "group" }, h("summary", {}, h("h3", {}, `Autobahn ${chapter}`),
      tally(own.flatMap((id) => cases.get(id)))), body),
      () => body.append(...own.map((id) => h("p", { class: "tiles" }, h("b", {}, id), " ", cases.get(id).map(tile))))));
  }
  if (ids.length === 0) place.append(h("p", { class: "nothing" }, "No case of this run names one."));
}

// Compared with another run -----------------------------------------------------------------------

function comparedRow(item) {
  const row = caseRow(item);
  one("summary", row).prepend(h("span", { class: "badge before" }, other.verdicts.get(item.id) || "new"));
  return row;
}

function showCompared(place) {
  const file = h("input", { type: "file", accept: ".json,application/json", on: { change: () =>
    takeFile(file.files[0]) } });
  place.append(h("h2", {}, "Compared"), control("Another results.json: choose it here, or drop it into the page ", file, "file"));
  if (!other) return;
  const found = compared(report, other.verdicts);
  place.append(h("p", { class: "lead", id: "beside" }, `Beside ${other.name}: ${found.better.length} better, ` +
    `${found.worse.length} worse, ${counted(found.added.length, "case")} only here, ${found.gone.length} only there.`));
  const part = (heading, items) => items.length === 0 ? "" : h("section", {},
    h("h3", {}, `${items.length} ${heading}`), items.slice(0, mostRows).map(comparedRow),
    items.length > mostRows ? h("p", { class: "cut" }, `and ${items.length - mostRows} more.`) : null);
  place.append(part("worse", found.worse), part("better", found.better));
}

async function takeFile(file) {
  if (!file) return;
  const read = otherResults(await file.text());
  if (read) other = read;
  go({ view: "compared" });
  if (!read) one("main").append(h("p", { class: "alert", role: "alert" }, `${file.name} is no results.json.`));
}

// All ---------------------------------------------------------------------------------------------

const views = { causes: showCauses, cases: showCases, requirements: showRequirements,
  autobahn: showAutobahn, compared: showCompared };

// The case of the address is opened wherever it stands.
function openCase(anchor) {
  const item = report.cases.find((each) => each.anchor === anchor);
  if (!item) return;
  let row = every(".case").find((each) => each.dataset.anchor === anchor && each.closest("#one"));
  if (!row) {
    row = caseRow(item);
    one("main").prepend(h("div", { id: "one" }, row));
  }
  row.open = true;
  row.scrollIntoView({ block: "nearest" });
  one("summary", row).focus({ preventScroll: true });
}

function show() {
  state = readAddress(location.hash);
  if (!(state.view in views)) state.view = "causes";
  const place = h("section", { class: "view", id: state.view });
  one("main").replaceChildren(place);
  views[state.view](place);
  for (const each of every(".views a")) {
    if (each.dataset.view === state.view) each.setAttribute("aria-current", "page");
    else each.removeAttribute("aria-current");
    each.href = writeAddress({ view: each.dataset.view, case: "", wanted: state.wanted }).trim() || "#";
  }
  for (const each of every("button.count")) {
    const on = each.dataset.verdict ? state.wanted.verdicts.includes(each.dataset.verdict) : state.wanted.unexpected;
    each.setAttribute("aria-pressed", String(on && state.view === "cases"));
  }
  if (state.case) openCase(state.case);
}

function pressCount(button) {
  const wanted = { ...(state.view === "cases" ? state.wanted : noFilter) };
  const { verdict } = button.dataset;
  if (!verdict) wanted.unexpected = !wanted.unexpected;
  else if (wanted.verdicts.includes(verdict)) wanted.verdicts = wanted.verdicts.filter((each) => each !== verdict);
  else wanted.verdicts = [...wanted.verdicts, verdict];
  go({ view: "cases", wanted });
}

function step(by) {
  const summaries = every("main summary").filter((each) => each.checkVisibility());
  const at = summaries.indexOf(document.activeElement);
  const next = at < 0 ? summaries[0] : summaries[at + by];
  if (next) next.focus();
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.matches("input, select, textarea")) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (event.key === "/") {
    event.preventDefault();
    if (state.view !== "cases") go({ view: "cases" });
    one("#search").focus();
  }
  if (event.key === "j") step(1);
  if (event.key === "k") step(-1);
}

async function start() {
  if (!canUnpack) {
    one("#old").hidden = false;
    return;
  }
  report = readIndex(await block("index"));
  if (report.other) other = { name: report.other.name, verdicts: new Map(report.other.verdicts) };
  one(".views").hidden = false;
  every("button.count").forEach((each) => each.addEventListener("click", () => pressCount(each)));
  document.addEventListener("keydown", onKey);
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    takeFile(event.dataTransfer.files[0]);
  });
  document.addEventListener("click", (event) => {
    const permalink = event.target.closest("a.permalink");
    if (permalink) navigator.clipboard?.writeText(permalink.href).catch(() => {});
  });
  addEventListener("hashchange", show);
  document.documentElement.classList.add("js");
  show();
  document.documentElement.dataset.ready = "";
}

start();
