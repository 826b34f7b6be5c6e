// The views, each of which fills a place.

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
  if (grave.length === 0) {
    place.append(h("p", { class: "lead" }, "The target kept every rule in the cases that could be judged: ",
      link({ view: "cases" }, "all cases"), ", and ", link({ view: "requirements" }, "the requirements that they check"), "."));
  }
  const rows = grave.map(causeRow);
  place.append(h("div", { class: "causes" }, rows));
  if (mild.length > 0) {
    const lenient = mild.reduce((sum, cause) => sum + cause.lenient, 0);
    place.append(h("h2", {}, `${counted(mild.length, "milder cause")} behind ${lenient} lenient verdicts`),
      h("p", { class: "lead" }, "The target did what the standard requires, but not what it recommends."),
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
    "Each requirement of the standards, with the cases that test it. Each letter is a case and its verdict."));
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
    "The equivalents of the cases of Autobahn|Testsuite. Each letter is a case and its verdict."));
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
  place.append(h("p", { class: "lead", id: "beside" }, `Compared with ${other.name}: ${found.better.length} better, ` +
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
  if (!read) one("main").append(h("p", { class: "alert", role: "alert" }, `${file.name} is not a results.json.`));
}
