// Pieces of the page, made from values: nothing is ever read as HTML.

function h(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key === "on") for (const [event, what] of Object.entries(value)) made.addEventListener(event, what);
    else if (key === "data") Object.assign(made.dataset, value);
    else if (value !== undefined && value !== false)
      made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return made;
}

async function copy(text, button) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = h("textarea", { class: "aside" });
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  const before = button.textContent;
  button.textContent = "Copied";
  setTimeout(() => { button.textContent = before; }, 1500);
}

// `text` may be a function, asked when the button is pressed.
function copyButton(label, text) {
  return h("button", { type: "button", class: "copy", on: { click: (event) =>
    copy(typeof text === "function" ? text() : text, event.currentTarget) } }, label);
}

// Hex dumps ---------------------------------------------------------------------------------------

const bytesOf = (base64) => Array.from(atob(base64), (character) => character.charCodeAt(0));
const hexOf = (bytes) => bytes.map((byte) => byte.toString(16).padStart(2, "0")).join(" ");

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

function hexDump(bytes, layout) {
  const width = matchMedia("(max-width: 52rem)").matches ? 8 : 16;
  const pre = h("pre", { class: "hex", tabindex: "0", "aria-label": "bytes in hex" });
  for (let from = 0; from < bytes.length; from += width) {
    pre.append(`${from.toString(16).padStart(4, "0")}  `);
    appendBytes(pre, bytes, from, width, layout);
    const text = bytes.slice(from, from + width).map(printable).join("");
    pre.append(` ${text.padEnd(width)}\n`); // so that all dumps stand in a column
  }
  return pre;
}

// The wire log ------------------------------------------------------------------------------------

function wireEntry(entry, several) {
  const at = `${several ? `#${entry.connection + 1} ` : ""}${entry.at} ms`;
  const bytes = bytesOf(entry.bytes);
  const says = h("p", {}, entry.says,
    entry.violation ? h("strong", {}, ` breaks ${entry.violation}`) : null,
    entry.details.map((line) => h("small", {}, line)),
    entry.size > bytes.length && bytes.length > 0
      ? h("em", {}, `the first ${bytes.length} of ${entry.size} bytes`) : null);
  return h("li", { class: entry.direction, data: { at } },
    h("span", { class: "aside" }, entry.direction), says,
    bytes.length > 0 ? hexDump(bytes, entry.frame ? frameLayout(bytes) : null) : null);
}

function wireLog(details) {
  const several = details.wire.some((entry) => entry.connection > 0);
  return h("ol", { class: "wire" }, details.wire.map((entry) => wireEntry(entry, several)));
}

// Every byte that went over the wire, as the log has it.
function wireAsHex(details) {
  const arrows = { sent: "->", received: "<-" };
  return details.wire.filter((entry) => entry.bytes !== "")
    .map((entry) => `${arrows[entry.direction]} ${hexOf(bytesOf(entry.bytes))}`).join("\n");
}

// A case as JSON, with its bytes in hex.
function caseAsJson(item, details) {
  const { id, verdict, level, says, reason } = item;
  const wire = (details ? details.wire : []).map((entry) => ({
    at_ms: Number(entry.at), connection: entry.connection, direction: entry.direction,
    says: entry.says, details: entry.details, size: entry.size,
    bytes: hexOf(bytesOf(entry.bytes)).replaceAll(" ", "") }));
  const { expected = "", received = "", script = [], notes = [] } = details || {};
  return JSON.stringify({ id, verdict, level, says, reason, expected, received, script, notes, wire },
    null, 1);
}
