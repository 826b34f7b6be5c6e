"use strict";

// What the page holds, packed: zlib in base64, an index that is unpacked at once and blocks of
// details that are unpacked when a case in them is opened (reports/html_data.h).

const canUnpack = typeof DecompressionStream === "function";

async function unpack(text) {
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return JSON.parse(await new Response(stream).text());
}

const blocks = new Map();

function block(name) {
  if (!blocks.has(name)) blocks.set(name, unpack(document.getElementById(name).textContent));
  return blocks.get(name);
}

// null: left out to keep the page small.
async function detailsOf(item) {
  return item.block < 0 ? null : (await block(`details-${item.block}`))[item.place];
}

const caseMembers = ["id", "section", "verdict", "level", "says", "reason", "cause", "unexpected",
  "repetition", "autobahn", "requirements", "took", "block", "place"];

function named(members, row) {
  return Object.fromEntries(members.map((member, i) => [member, row[i]]));
}

// "rfc6455/5.5-control-frames/too-long/ping" is a variant of ".../too-long".
function entryName(item, section) {
  if (!item.id.startsWith(`${section}/`)) return item.id;
  const end = item.id.indexOf("/", section.length + 1);
  return end < 0 ? item.id : item.id.slice(0, end);
}

function readIndex(index) {
  const report = { ...index, cases: index.cases.map((row) => named(caseMembers, row)) };
  for (const item of report.cases) {
    const section = report.sections[item.section];
    item.anchor = item.repetition > 1 ? `${item.id}~${item.repetition}` : item.id;
    item.entry = entryName(item, section.name);
    item.text = [item.id, item.says, ...item.autobahn].join(" ").toLowerCase();
  }
  for (const cause of report.causes) cause.cases = [];
  for (const item of report.cases) if (item.cause >= 0) report.causes[item.cause].cases.push(item);
  return report;
}

// Filters -----------------------------------------------------------------------------------------

const noFilter = { verdicts: [], unexpected: false, level: "", section: "", q: "", wire: false };

function isFiltered(wanted) {
  return wanted.verdicts.length > 0 || wanted.unexpected || wanted.level !== "" ||
    wanted.section !== "" || wanted.q !== "";
}

// What is searched where the wire was asked for, too.
const wireTexts = new Map();

async function readWires(report) {
  for (const item of report.cases) {
    if (wireTexts.has(item)) continue;
    const details = await detailsOf(item);
    const lines = details ? details.wire.flatMap((entry) => [entry.says, ...entry.details]) : [];
    const script = details ? details.script : [];
    wireTexts.set(item, [item.text, item.reason, ...script, ...lines].join(" ").toLowerCase());
  }
}

function matches(item, report, wanted, words) {
  const text = wanted.wire && wireTexts.has(item) ? wireTexts.get(item) : item.text;
  return (wanted.verdicts.length === 0 || wanted.verdicts.includes(item.verdict)) &&
    (!wanted.unexpected || item.unexpected) &&
    (wanted.level === "" || item.level === wanted.level) &&
    (wanted.section === "" || report.sections[item.section].name === wanted.section) &&
    words.every((word) => text.includes(word));
}

function chosenCases(report, wanted) {
  const words = wanted.q.toLowerCase().split(/\s+/).filter(Boolean);
  return report.cases.filter((item) => matches(item, report, wanted, words));
}

function grouped(items, nameOf) {
  const groups = new Map();
  for (const item of items) {
    const name = nameOf(item);
    if (!groups.has(name)) groups.set(name, []);
    groups.get(name).push(item);
  }
  return groups;
}

// The address: everything behind the number sign -------------------------------------------------

function readAddress(text) {
  const from = new URLSearchParams(text.replace(/^#/, ""));
  return {
    view: from.get("view") || "causes",
    case: from.get("case") || "",
    wanted: {
      verdicts: (from.get("verdict") || "").split(",").filter(Boolean),
      unexpected: from.has("unexpected"),
      level: from.get("level") || "",
      section: from.get("section") || "",
      q: from.get("q") || "",
      wire: from.has("wire"),
    },
  };
}

function writeAddress({ view, case: opened, wanted }) {
  const to = new URLSearchParams();
  if (view !== "causes") to.set("view", view);
  if (wanted.verdicts.length > 0) to.set("verdict", wanted.verdicts.join(","));
  if (wanted.unexpected) to.set("unexpected", "");
  if (wanted.level) to.set("level", wanted.level);
  if (wanted.section) to.set("section", wanted.section);
  if (wanted.q) to.set("q", wanted.q);
  if (wanted.wire) to.set("wire", "");
  if (opened) to.set("case", opened);
  const text = to.toString().replaceAll("%2F", "/");
  return text === "" ? " " : `#${text}`;
}

// Two runs ----------------------------------------------------------------------------------------

const rank = { pass: 0, observed: 0, skipped: 0, lenient: 1, fail: 2, error: 3 };

// `other`: a map of ids to verdicts.
function compared(report, other) {
  const found = { better: [], worse: [], added: [], gone: [] };
  const ids = new Set();
  for (const item of report.cases) {
    if (item.repetition > 1) continue;
    ids.add(item.id);
    const before = other.get(item.id);
    if (before === undefined) found.added.push(item);
    else if (rank[item.verdict] < rank[before]) found.better.push(item);
    else if (rank[item.verdict] > rank[before]) found.worse.push(item);
  }
  for (const id of other.keys()) if (!ids.has(id)) found.gone.push(id);
  return found;
}

// Of the text of a results.json; null: it is none.
function otherResults(text) {
  try {
    const results = JSON.parse(text);
    const known = results.cases.filter((item) => item.verdict in rank);
    return { name: results.target.name || results.target.url,
      verdicts: new Map(known.map((item) => [item.id, item.verdict])) };
  } catch {
    return null;
  }
}
