"use strict";

const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
const one = (selector) => document.querySelector(selector);

const cases = all(".case");
const groups = all("#cases .group");
const search = one("#search");
const level = one("#level");
const section = one("#section");
const verdictButtons = all("button[data-verdict]");
const unexpectedButton = one("button[data-unexpected]");

// Filters -----------------------------------------------------------------------------------------

const texts = new Map();

function textOf(item) {
  if (!texts.has(item)) texts.set(item, item.textContent.toLowerCase());
  return texts.get(item);
}

const pressed = (button) => button !== null && button.getAttribute("aria-pressed") === "true";
const press = (button, on) => button.setAttribute("aria-pressed", String(on));

function chosen() {
  return {
    verdicts: new Set(verdictButtons.filter(pressed).map((button) => button.dataset.verdict)),
    unexpected: pressed(unexpectedButton),
    level: level.value,
    section: section.value,
    words: search.value.toLowerCase().split(/\s+/).filter(Boolean),
  };
}

function matches(item, group, wanted) {
  return (
    (wanted.verdicts.size === 0 || wanted.verdicts.has(item.dataset.verdict)) &&
    (!wanted.unexpected || "unexpected" in item.dataset) &&
    (wanted.level === "" || item.dataset.level === wanted.level) &&
    (wanted.section === "" || group.dataset.section === wanted.section) &&
    wanted.words.every((word) => textOf(item).includes(word))
  );
}

function applyFilters() {
  const wanted = chosen();
  let shown = 0;
  for (const group of groups) {
    let shownHere = 0;
    for (const item of group.querySelectorAll(".case")) {
      item.hidden = !matches(item, group, wanted);
      if (!item.hidden) shownHere += 1;
    }
    group.hidden = shownHere === 0;
    shown += shownHere;
  }
  const filtered = shown < cases.length;
  one(".shown").textContent = filtered ? `${shown} of ${cases.length}` : "";
  one(".nothing").hidden = shown > 0;
  one("#reset").hidden = !filtered;
}

function showAll() {
  search.value = "";
  level.value = "";
  section.value = "";
  for (const button of [...verdictButtons, unexpectedButton]) if (button) press(button, false);
  applyFilters();
}

// Hex dumps ----------------------------------------------------------

const bytesOf = (base64) => Array.from(atob(base64), (character) => character.charCodeAt(0));

// How many bytes the header of a frame takes, and how many of these are its masking key.
function frameLayout(bytes) {
  if (bytes.length < 2) return { header: bytes.length, key: 0 };
  const length = bytes[1] & 0x7f;
  const key = bytes[1] & 0x80 ? 4 : 0;
  return { header: 2 + (length === 126 ? 2 : length === 127 ? 8 : 0) + key, key };
}

function partOf(index, layout) {
  if (!layout || index >= layout.header) return "span";
  return index >= layout.header - layout.key ? "i" : "b";
}

const printable = (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : "·");

// The bytes of one row, in runs of the same part.
function appendBytes(pre, bytes, from, width, layout) {
  let run = null;
  for (let i = from; i < from + width; i += 1) {
    const gap = i === from + 8 && width > 8 ? " " : "";
    if (i >= bytes.length) {
      pre.append(`${gap}   `);
      continue;
    }
    const part = partOf(i, layout);
    if (run === null || run.localName !== part) {
      run = document.createElement(part);
      pre.append(run);
    }
    run.append(`${gap}${bytes[i].toString(16).padStart(2, "0")} `);
  }
}

function hexDump(bytes, width, layout) {
  const pre = document.createElement("pre");
  pre.className = "hex";
  for (let from = 0; from < bytes.length; from += width) {
    pre.append(`${from.toString(16).padStart(4, "0")}  `);
    appendBytes(pre, bytes, from, width, layout);
    const text = bytes.slice(from, from + width).map(printable).join("");
    pre.append(` ${text.padEnd(width)}\n`); // so that all dumps are equally wide and stand in a column
  }
  return pre;
}

// The wire log: the page holds lines (reports/html_wire.h), a reader gets a list ------------------

const directions = new Map([["→", "sent"], ["←", "received"], ["·", "event"], ["…", "gap"]]);
const aboutEntry = new Map([["|", "small"], ["!", "strong"], ["~", "em"]]);

function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.textContent = text;
  return made;
}

function entryOf(line) {
  const [, arrow, at, says] = /^(.) (?:((?:#\d+ )?[\d.]+ ms) {2})?(.*)$/u.exec(line);
  const entry = element("li", directions.get(arrow), "");
  if (at) entry.dataset.at = at;
  entry.append(element("p", "", says));
  return entry;
}

function listOf(lines) {
  const list = element("ol", "wire", "");
  for (const line of lines) {
    if (!line.startsWith("    ")) list.append(entryOf(line));
    else list.lastChild.firstChild.append(element(aboutEntry.get(line[4]), "", line.slice(6)));
  }
  return list;
}

function drawWire(item) {
  const log = item.querySelector("pre.wire");
  if (!log) return;
  const width = matchMedia("(max-width: 52rem)").matches ? 8 : 16;
  const list = listOf(log.textContent.trimEnd().split("\n"));
  for (const [i, word] of log.dataset.bytes.split(" ").entries()) {
    if (word === "-") continue;
    const frame = word.startsWith(".");
    const bytes = bytesOf(frame ? word.slice(1) : word);
    list.children[i].append(hexDump(bytes, width, frame ? frameLayout(bytes) : null));
  }
  textOf(item);
  log.replaceWith(list);
}

// Views and links ---------------------------------------------------------------------------------

function showView(name) {
  for (const view of all(".view")) view.hidden = view.id !== name;
  for (const link of all(".views a")) {
    if (link.hash === `#${name}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}

function hashTarget() {
  try {
    return document.getElementById(decodeURIComponent(location.hash.slice(1)));
  } catch {
    return null;
  }
}

function followHash() {
  const target = hashTarget();
  const view = target && target.closest(".view");
  if (!view) return;
  showView(view.id);
  if (target === view) {
    if (scrollY > view.offsetTop) view.scrollIntoView();
    return;
  }
  if (target.hidden && target.matches(".case")) showAll();
  if (target.hidden && target.matches(".req")) showStates("");
  if (target.matches(".case")) target.open = true;
  target.scrollIntoView();
}

async function copyLink(link) {
  try {
    await navigator.clipboard.writeText(link.href);
    link.dataset.copied = "";
  } catch {
    // The address bar holds the link as well.
  }
}

// The states of requirements are filters that only a page with script has.
function showStates(state) {
  for (const item of all(".req")) item.hidden = state !== "" && item.dataset.state !== state;
  for (const group of all("#requirements .group")) {
    group.hidden = all(".req", group).every((item) => item.hidden);
  }
  for (const button of all(".states button")) press(button, button.dataset.state === state);
}

const states = ["", "fail", "error", "lenient", "pass", "observed", "skipped", "uncovered",
  "elsewhere", "untestable"];

function addStateButtons() {
  const items = all(".req");
  for (const state of states) {
    const own = items.filter((item) => state === "" || item.dataset.state === state);
    if (own.length === 0) continue;
    const name = state === "" ? "all" : own[0].querySelector(".badge").textContent;
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.state = state;
    button.textContent = `${own.length} ${name}`;
    button.addEventListener("click", () => showStates(state));
    one(".states").append(button);
  }
  showStates("");
}

// Keyboard ----------------------------------------------------------------------------------------

const shownSummaries = () => all("#cases .case:not([hidden]) > summary");

function step(by) {
  const summaries = shownSummaries();
  const at = summaries.indexOf(document.activeElement);
  const next = at < 0 ? summaries[0] : summaries[at + by];
  if (next) next.focus();
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" && event.target === search) {
    search.value = "";
    search.blur();
    applyFilters();
    return;
  }
  if (event.target.matches("input, select")) return;
  if (event.key === "/") {
    event.preventDefault();
    showView("cases");
    search.focus();
  }
  if (event.key === "j") step(1);
  if (event.key === "k") step(-1);
}

function openFirst(event) {
  event.preventDefault();
  const summary = shownSummaries()[0];
  if (!summary) return;
  summary.parentElement.open = true;
  summary.focus();
}

// Start -------------------------------------------------------------------------------------------

for (const button of [...verdictButtons, unexpectedButton]) {
  if (!button) continue;
  button.addEventListener("click", () => {
    press(button, !pressed(button));
    showView("cases");
    applyFilters();
  });
}
search.addEventListener("input", applyFilters);
level.addEventListener("change", applyFilters);
section.addEventListener("change", applyFilters);
one("#reset").addEventListener("click", showAll);
one(".controls").addEventListener("submit", openFirst);
document.addEventListener("keydown", onKey);
document.addEventListener("toggle", (event) => {
  if (event.target.matches(".case") && event.target.open) drawWire(event.target);
}, true);
document.addEventListener("click", (event) => {
  const link = event.target.closest(".permalink");
  if (link) copyLink(link);
});
addEventListener("hashchange", followHash);

document.documentElement.classList.add("js");
addStateButtons();
showView("cases");
applyFilters();
followHash();
