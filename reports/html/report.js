// The page: which view is shown, and what keys and presses do.

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
