// Aids beside the answers: a bar with those that the sitting and the item allow. What a candidate
// does with them is no answer: the host gets it as an aid and may give it back with the state.
const kToolWords = {
  highlighter: "tool-highlighter", eliminator: "tool-eliminator", mask: "tool-mask", "line-reader": "tool-line-reader",
  notes: "tool-notes", calculator: "tool-calculator", scientific: "tool-scientific", "read-aloud": "tool-read-aloud",
};
const kTools = new Map(); // name -> function(panel, aid) that returns {on?, off?, set?}
const tools = new Map(); // name -> {button, panel, part, value}

function defineTool(name, setup) { kTools.set(name, setup); }

function switchTool(name, on) {
  const { button, panel, part } = tools.get(name);
  button.setAttribute("aria-pressed", String(on));
  document.documentElement.classList.toggle(`with-${name}`, on);
  panel.hidden = !on || panel.childElementCount === 0;
  if (on && part.on) part.on();
  if (!on && part.off) part.off();
  announce(say(on ? "tool-on" : "tool-off", { name: button.textContent }));
}

function isOn(name) { return tools.has(name) && tools.get(name).button.getAttribute("aria-pressed") === "true"; }

function addTool(bar, panels, name) {
  const button = make("button", { type: "button", class: "action tool", "data-tool": name, "aria-pressed": "false" },
                      say(kToolWords[name]));
  const panel = make("section", { class: `tool-panel panel-${name}`, hidden: "", "aria-label": button.textContent });
  const keep = (value) => {
    tools.get(name).value = value;
    post({ type: "aid", id: name, text: value });
  };
  const row = { button, panel, part: {}, value: "" };
  tools.set(name, row);
  row.part = kTools.get(name)(panel, keep) || {};
  button.addEventListener("click", () => switchTool(name, !isOn(name)));
  bar.append(button);
  panels.append(panel);
}

function setUpTools() {
  const wanted = (document.body.dataset.tools || "").split(" ").filter((name) => kTools.has(name));
  if (wanted.length === 0) return;
  const bar = make("div", { class: "tools", role: "toolbar", "aria-label": say("tools") });
  const panels = make("div", { class: "tool-panels" });
  for (const name of wanted) addTool(bar, panels, name);
  // One stop of Tab for the whole bar; arrow keys move inside of it.
  const buttons = Array.from(bar.children);
  const only = (at) => buttons.forEach((each, i) => { each.tabIndex = i === at ? 0 : -1; });
  only(0);
  bar.addEventListener("keydown", (event) => {
    const at = buttons.indexOf(document.activeElement);
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by || at < 0) return;
    event.preventDefault();
    const next = (at + by + buttons.length) % buttons.length;
    only(next);
    buttons[next].focus();
  });
  bar.addEventListener("focusin", () => only(buttons.indexOf(document.activeElement)));
  main.before(bar, panels);
}

function applyAids(aids) {
  for (const [name, row] of tools) {
    row.value = (aids && aids[name]) || "";
    if (row.part.set) row.part.set(row.value);
  }
}

function listOf(text) {
  try {
    const list = JSON.parse(text || "[]");
    return Array.isArray(list) ? list : [];
  } catch {
    return [];
  }
}

// A button of its own on every choice, for tools that work on choices.
function onChoices(name, act) {
  const buttons = [];
  for (const choice of main.querySelectorAll(".choice")) {
    const line = choice.closest("li") || choice;
    const value = (choice.querySelector("input") || {}).value || "";
    const id = `${choice.closest("[data-response]").dataset.response} ${value}`;
    const button = make("button", { type: "button", class: `quiet on-choice ${name}`, hidden: "", "aria-pressed": "false",
                                    "data-choice": id });
    button.addEventListener("click", () => act(button, line, id));
    line.append(button);
    buttons.push({ button, line, id, name: nameOf(choice.querySelector(".choice-body") || choice) });
  }
  return buttons;
}
