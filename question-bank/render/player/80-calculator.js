// Calculators: basic, and scientific with functions (angles in radians or degrees).
const kFiguresShown = 12;
const kBasicKeys = ["7", "8", "9", "÷", "C", "4", "5", "6", "×", "⌫", "1", "2", "3", "-", "(", "0", ".", "%", "+", ")"];
const kScientificKeys = ["sin", "cos", "tan", "π", "^", "asin", "acos", "atan", "e", "√", "ln", "log", "exp", "abs"];

function shownNumber(value) { return value === null ? say("no-result") : String(roundedTo(value, kFiguresShown)); }

function calculator(panel, scientific) {
  const field = make("input", { type: "text", class: "field sum", autocomplete: "off", spellcheck: "false",
                                maxlength: "200", "aria-label": say("sum") });
  const result = make("output", { class: "sum-result", "aria-live": "polite" });
  const keys = make("div", { class: scientific ? "keys scientific" : "keys" });
  const degrees = make("button", { type: "button", class: "action key", "aria-pressed": "false" }, say("degrees"));
  const inDegrees = () => degrees.getAttribute("aria-pressed") === "true";
  function work() {
    if (!field.value.trim()) { result.textContent = ""; return; }
    result.textContent = `= ${shownNumber(calculate(field.value, inDegrees()))}`;
  }
  function type(key) {
    if (key === "C") field.value = "";
    else if (key === "⌫") field.value = field.value.slice(0, -1);
    else field.value += /^[a-z]{2,}$/.test(key) || key === "√" ? `${key}(` : key;
    result.textContent = "";
  }
  for (const key of [...(scientific ? kScientificKeys : []), ...kBasicKeys]) {
    const named = { "⌫": "key-back", C: "key-clear", "√": "key-root", "^": "key-power" }[key];
    const button = make("button", { type: "button", class: "action key" }, key);
    if (named) button.setAttribute("aria-label", say(named));
    button.addEventListener("click", () => type(key));
    keys.append(button);
  }
  const equals = make("button", { type: "button", class: "action key equals", "aria-label": say("key-equals") }, "=");
  equals.addEventListener("click", work);
  keys.append(equals);
  if (scientific) {
    degrees.addEventListener("click", () => degrees.setAttribute("aria-pressed", String(!inDegrees())));
    keys.append(degrees);
  }
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === "=") { event.preventDefault(); work(); }
    else if (event.key === "Escape") { event.preventDefault(); type("C"); }
  });
  panel.append(field, result, keys);
  return { on: () => field.focus() };
}

defineTool("calculator", (panel) => calculator(panel, false));
defineTool("scientific", (panel) => calculator(panel, true));
