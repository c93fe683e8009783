// What every interaction shares: words, the bridge to the host, the state, announcements.
const words = JSON.parse(document.body.dataset.words || "{}");
const main = document.getElementById("item");
const live = document.getElementById("live");
const kinds = new Map(); // kind -> function(root, api) that returns {set, enable?, flush?, focus?}
const parts = []; // every interaction of the page
let enabled = document.body.dataset.enabled !== "0";

function say(key, values = {}) {
  const sentence = words[key] || key;
  return sentence.replace(/\{([a-z]+)\}/g, (whole, name) => (name in values ? values[name] : whole));
}

let announcing = 0;
function announce(text) {
  // Emptied first, so that the same sentence twice is spoken twice.
  live.textContent = "";
  clearTimeout(announcing);
  announcing = setTimeout(() => { live.textContent = text; }, 30);
}

function post(message) {
  const text = JSON.stringify(message);
  const webkit = window.webkit && window.webkit.messageHandlers && window.webkit.messageHandlers.assay;
  if (webkit) {
    webkit.postMessage(text);
  } else {
    window.dispatchEvent(new CustomEvent("assay", { detail: message }));
  }
}

function define(kind, setup) { kinds.set(kind, setup); }

function same(a, b) { return a.length === b.length && a.every((line, i) => line === b[i]); }

function make(name, attributes = {}, text) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  if (text !== undefined) node.textContent = text;
  return node;
}

function nameOf(node) {
  if (!node) return "";
  const label = node.getAttribute("aria-label") || node.dataset.label;
  const picture = node.querySelector && node.querySelector("img[alt]");
  const text = (node.textContent || "").trim().replace(/\s+/g, " ");
  return (label || text || (picture && picture.alt) || node.dataset.value || "").slice(0, 80);
}

// Enter and Space press what is no button of its own.
function pressable(node, action) {
  node.addEventListener("click", (event) => { if (enabled) action(event); });
  node.addEventListener("keydown", (event) => {
    if ((event.key === "Enter" || event.key === " ") && node.tagName !== "BUTTON") {
      event.preventDefault();
      if (enabled) action(event);
    }
  });
}

// The answer of one interaction. `change` sends the whole value at once, if it is another one.
function makeApi(root) {
  const id = root.dataset.response;
  let sent = [];
  return {
    id,
    max: Number(root.dataset.max || 0),
    min: Number(root.dataset.min || 0),
    single: root.dataset.cardinality === "single",
    enabled: () => enabled,
    value: () => sent,
    change(lines) {
      if (same(lines, sent)) return;
      sent = lines.slice();
      root.classList.toggle("answered", lines.length > 0);
      post({ type: "response", id, value: sent.slice() });
    },
    told(lines) {
      sent = lines.slice();
      root.classList.toggle("answered", lines.length > 0);
    },
  };
}

function addPart(root) {
  const setup = kinds.get(root.dataset.ia);
  if (!setup) return;
  const api = makeApi(root);
  const part = setup(root, api) || {};
  parts.push({ root, api, part });
}

function applyState(state) {
  const responses = (state && state.responses) || {};
  for (const { api, part } of parts) {
    const lines = responses[api.id] || [];
    api.told(lines);
    if (part.set) part.set(lines, (state && state.texts) || {});
  }
  applyAids(state && state.aids);
}

// One answer that the host changed, such as a file that it took: no other field is touched, so
// nothing that is being typed is lost.
function applyResponse(id, lines) {
  for (const { api, part } of parts) {
    if (api.id !== id) continue;
    api.told(lines);
    if (part.set) part.set(lines, {});
  }
}

function applyEnabled(now) {
  if (enabled && !now) announce(say("disabled"));
  enabled = Boolean(now);
  document.documentElement.classList.toggle("locked", !enabled);
  for (const { root, part } of parts) {
    for (const control of root.querySelectorAll("button, input, textarea")) {
      if (control.tagName === "TEXTAREA" || control.type === "text") control.readOnly = !enabled;
      else if (!control.closest(".media") && !control.classList.contains("open-material")) {
        control.disabled = !enabled;
      }
    }
    for (const control of root.querySelectorAll("[role=checkbox], g[role=button]")) {
      control.setAttribute("aria-disabled", String(!enabled));
    }
    if (part.enable) part.enable(enabled);
  }
}

// Declarations of the item's own style attributes: the policy forbids them as attributes. Colours
// would break the contrast of the other themes.
function applyStyles() {
  const light = document.documentElement.dataset.theme === "light";
  for (const node of document.querySelectorAll("[data-style]")) {
    for (const declaration of node.dataset.style.split(";")) {
      const colon = declaration.indexOf(":");
      const property = declaration.slice(0, colon);
      if (light || !/color|^border$/.test(property)) {
        node.style.setProperty(property, declaration.slice(colon + 1));
      }
    }
  }
}

function flush() {
  for (const { part } of parts) if (part.flush) part.flush();
}
