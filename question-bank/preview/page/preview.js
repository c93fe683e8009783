"use strict";
// The list, the item in a frame as the candidate sees it, and beside it what the responses count
// for. The program keeps nothing: responses live here, by item or by entry of a test.
const by = (id) => document.getElementById(id);
const frame = by("frame");
const side = by("side");
let content = { words: {}, items: [], tests: [] };
let shown = null; // {item, key, seed, settings} of the frame
let test = null; // {number, entries, at, visited: Set} while a test is played
const kept = new Map(); // key -> {responses, texts, attempts, earlier, last}
let asked = 0; // the newest question to the program: older replies are dropped

const word = (key) => content.words[key] || key;
const seed = () => (/^[0-9]{1,18}$/.test(by("seed").value) ? by("seed").value : "1");

function make(name, text, attributes = {}) {
  const node = document.createElement(name);
  if (text !== undefined) node.textContent = text;
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  return node;
}

async function ask(address, body) {
  const query = `?language=${encodeURIComponent(by("language").value)}`;
  const options = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
  const reply = await fetch(address + query, options);
  return reply.json();
}

function answersOf(key) {
  if (!kept.has(key)) kept.set(key, { responses: {}, texts: {}, aids: {}, attempts: 1, earlier: {}, last: {} });
  return kept.get(key);
}

// The list of tests and items, or the entries of the test that is played.
function drawList() {
  const list = by("list");
  const group = (title, rows) => {
    if (rows.length === 0) return [];
    const all = make("ul");
    for (const row of rows) {
      const button = make("button", row.title, { type: "button" });
      if (row.small) button.append(make("small", row.small));
      if (row.error) button.append(make("small", row.error, { class: "bad" }));
      if (row.current) button.setAttribute("aria-current", "true");
      button.disabled = Boolean(row.off);
      button.addEventListener("click", row.press);
      const line = make("li");
      line.append(button);
      all.append(line);
    }
    return [make("h2", title), all];
  };
  if (test) {
    list.replaceChildren(...group(word("items"), test.entries.map((entry, at) => ({
      title: `${at + 1}. ${entry.title}`, small: entry.id, current: at === test.at,
      off: entry.linear && at !== test.at, press: () => showEntry(at) }))));
    return;
  }
  list.replaceChildren(
    ...group(word("tests"), content.tests.map((each, at) => ({
      title: each.title, small: each.path, error: each.error, press: () => playTest(at) }))),
    ...group(word("items"), content.items.map((each, at) => ({
      title: each.title, small: `${each.path} · ${each.interactions.join(", ")}`, error: each.error,
      current: Boolean(shown) && shown.item === at, press: () => showItem(at, `item ${at}`, seed()) }))));
}

function showItem(item, key, itemSeed, settings = {}, outcomes = null) {
  shown = { item, key, seed: itemSeed, settings };
  by("empty").hidden = true;
  frame.hidden = false;
  frame.title = `${word("item")}: ${content.items[item] ? content.items[item].title : ""}`;
  const query = new URLSearchParams({ seed: itemSeed, language: by("language").value, theme: by("theme").value });
  if (Object.keys(settings).length > 0) query.set("settings", JSON.stringify(settings));
  if (outcomes) query.set("outcomes", JSON.stringify(outcomes));
  if (by("with-tools").checked) query.set("tools", "1");
  frame.src = `item/${item}?${query}`;
  drawList();
}

const player = () => frame.contentWindow && frame.contentWindow.assayPlayer;

frame.addEventListener("load", () => {
  if (!shown) return;
  if (player()) {
    frame.contentWindow.addEventListener("assay", (event) => heard(event.detail));
    const own = answersOf(shown.key);
    player().setState({ responses: own.responses, texts: own.texts, aids: own.aids });
  }
  count();
});

async function digest(bytes) {
  const hash = await crypto.subtle.digest("SHA-256", bytes);
  return Array.from(new Uint8Array(hash), (each) => each.toString(16).padStart(2, "0")).join("");
}

// What the player says, as the terminal would hear it.
async function heard(message) {
  const own = answersOf(shown.key);
  if (message.type === "response") {
    own.responses[message.id] = message.value;
    count();
  } else if (message.type === "aid") {
    own.aids[message.id] = message.text;
  } else if (message.type === "file") {
    own.texts[message.result] = message.text;
    const bytes = new TextEncoder().encode(message.text);
    const type = message.result.endsWith(".svg") ? "image/svg+xml" : "text/plain";
    own.responses[message.id] = [`${await digest(bytes)} ${bytes.length} ${type} ${message.result}`];
    count();
  } else if (message.type === "upload") {
    by("file").onchange = async () => {
      const file = by("file").files[0];
      if (!file) return;
      const bytes = await file.arrayBuffer();
      const type = file.type || "application/octet-stream";
      own.responses[message.id] = [`${await digest(bytes)} ${bytes.byteLength} ${type} ${file.name}`];
      player().setResponse(message.id, own.responses[message.id]);
      count();
    };
    by("file").value = "";
    by("file").click();
  } else if (message.type === "endAttempt") {
    const earlier = await score(own);
    own.attempts += 1;
    own.earlier = onlyGiven(earlier.outcomes || {});
    count();
  }
}

const onlyGiven = (values) =>
  Object.fromEntries(Object.entries(values).filter(([, lines]) => lines !== null));

const score = (own) => ask(`item/${shown.item}`, {
  seed: shown.seed, responses: own.responses, attempts: own.attempts, earlier: own.earlier, settings: shown.settings });

async function count() {
  const mine = (asked += 1);
  const own = answersOf(shown.key);
  const result = await score(own);
  const whole = test ? await askTest(null) : null;
  if (mine !== asked) return;
  own.last = result;
  by("show-key").disabled = !(result.responses || []).some((each) => each.key);
  drawSide(result, whole);
}

// Beside the item.
const text = (lines) => (lines === null || lines === undefined ? word("nothing") : lines.join("\n"));

function table(rows) {
  const out = make("table");
  for (const [head, value, mark] of rows) {
    const row = make("tr");
    row.append(make("th", head, { scope: "row" }), make("td", value, { class: "value" }));
    if (mark) row.classList.add(mark);
    out.append(row);
  }
  return out;
}

function effects(response) {
  const out = make("table");
  const head = make("tr");
  for (const each of [word("width"), word("counts"), word("score")]) head.append(make("th", each, { scope: "col" }));
  out.append(head);
  const own = response.fold === "unset" ? "exact" : response.fold;
  for (const each of response.effects) {
    const row = make("tr");
    const name = word(`fold-${each.fold}`) + (each.fold === own ? ` ${word(response.fold === "unset" ? "fold-unset" : "chosen")}` : "");
    row.append(make("td", name), make("td", text(each.counts), { class: "value" }), make("td", text(each.score), { class: "value" }));
    if (each.fold === own) row.classList.add("chosen");
    out.append(row);
  }
  return out;
}

function responseBlock(response) {
  const out = [make("h3", `${response.id} (${response.type})`)];
  const rows = [[word("typed"), response.raw.length ? text(response.raw) : word("nothing")],
                [word("counts"), [text(response.counts), ...response.rules].join("\n")],
                [word("key"), text(response.key)]];
  if (response.mapping.length) {
    rows.push([word("mapping"), response.mapping.map(([key, points]) => `${key}: ${points}`).join("\n")]);
  }
  out.push(table(rows));
  if (response.effects && response.effects.length) out.push(effects(response));
  return out;
}

function lists(title, lines) {
  if (!lines || lines.length === 0) return [];
  return [make("h2", title), ...lines.map((line) => make("p", line))];
}

function drawSide(result, whole) {
  const out = [];
  if (result.error) out.push(make("h2", word("error")), make("p", result.error, { class: "bad" }));
  if (result.outcomes) {
    out.push(make("h2", word("outcomes")));
    if (result.all_correct) out.push(make("p", word("correct"), { class: "good" }));
    if (result.needs_marker) out.push(make("p", word("marker")));
    else if (result.score_is_null) out.push(make("p", word("score-null"), { class: "bad" }));
    if (answersOf(shown.key).attempts > 1) out.push(make("p", `${word("attempt")} ${answersOf(shown.key).attempts}`));
    out.push(table(Object.entries(result.outcomes).map(([name, value]) => [name, text(value)])));
  }
  if (result.responses && result.responses.length) {
    out.push(make("h2", word("responses")), ...result.responses.flatMap(responseBlock));
  }
  out.push(...lists(word("feedback"), result.feedback), ...lists(word("rubric"), result.rubrics),
           ...lists(word("warnings"), result.warnings));
  if (whole) {
    out.push(make("h2", word("test-outcomes")));
    if (whole.error) out.push(make("p", whole.error, { class: "bad" }));
    out.push(table(Object.entries(whole.outcomes || {}).map(([name, value]) => [name, text(value)])));
    out.push(...lists(word("feedback"), whole.feedback), ...lists(word("warnings"), whole.warnings));
  }
  side.replaceChildren(...out);
  side.dataset.shown = test ? test.entries[test.at].id : content.items[shown.item].path;
}

// A whole test: what was shown so far goes to the program, which says where it goes on.
function askTest(current) {
  const responses = {};
  for (const at of test.visited) {
    const id = test.entries[at].id;
    responses[id] = answersOf(`${test.number} ${id}`).responses;
  }
  return ask(`test/${test.number}`, { seed: test.seed, current, responses });
}

async function playTest(number) {
  test = { number, seed: seed(), entries: [], at: null, visited: new Set() };
  const start = await askTest(null);
  test.entries = start.entries || [];
  for (const id of ["next", "back"]) by(id).hidden = false;
  if (start.error || test.entries.length === 0) {
    drawList();
    side.replaceChildren(make("p", start.error || word("nothing"), { class: "bad" }));
  } else {
    goTo(start.next);
  }
}

function goTo(next) {
  if (next === null) {
    by("empty").textContent = word("end");
    by("empty").hidden = false;
    frame.hidden = true;
    return;
  }
  showEntry(next);
}

function showEntry(at) {
  test.at = at;
  test.visited.add(at);
  const entry = test.entries[at];
  showItem(entry.item, `${test.number} ${entry.id}`, entry.seed, onlyGiven(entry.settings || {}));
}

by("next").addEventListener("click", async () => {
  if (player()) player().flush();
  const reply = await askTest(test.at);
  // What the test sets of the items to come may hang on what was answered.
  test.entries.forEach((entry, at) => { entry.settings = (reply.entries[at] || entry).settings; });
  goTo(reply.next);
});
by("back").addEventListener("click", () => {
  test = null;
  shown = null;
  for (const id of ["next", "back"]) by(id).hidden = true;
  frame.hidden = true;
  by("empty").textContent = word("choose");
  by("empty").hidden = false;
  side.replaceChildren();
  drawList();
});
by("show-key").addEventListener("click", () => {
  if (!shown || !player()) return;
  const own = answersOf(shown.key);
  for (const each of own.last.responses || []) if (each.key) own.responses[each.id] = each.key;
  player().setState({ responses: own.responses, texts: own.texts });
  count();
});
by("clear").addEventListener("click", () => {
  if (!shown) return;
  kept.delete(shown.key);
  if (player()) player().setState({ responses: {}, texts: {} });
  count();
});
const again = (outcomes) => showItem(shown.item, shown.key, shown.seed, shown.settings, outcomes);
by("feedback").addEventListener("click", async () => {
  if (!shown || !player()) return;
  player().flush();
  again(onlyGiven((await score(answersOf(shown.key))).outcomes || {}));
});
// Colours of the author's own depend on the theme that the page starts with.
by("theme").addEventListener("change", () => {
  document.documentElement.dataset.theme = by("theme").value;
  if (shown) again(null);
});
by("with-tools").addEventListener("change", () => { if (shown) again(null); });
by("seed").addEventListener("change", () => { if (shown && !test) showItem(shown.item, shown.key, seed()); });
by("language").addEventListener("change", load);

async function load() {
  content = await ask("content.json");
  document.documentElement.lang = content.language;
  document.title = `${word("preview")}: ${content.title}`;
  by("title").textContent = document.title;
  by("language").value = content.language;
  for (const node of document.querySelectorAll("[data-word]")) node.textContent = word(node.dataset.word);
  drawList();
  if (shown) again(null);
}

by("language").value = "";
load();
