// Text. While an input method composes, what stands in the field is no answer yet: it is sent
// when the composition ends, or when the field loses the focus or the page goes away.
function textField(field, send) {
  let composing = false;
  field.addEventListener("compositionstart", () => { composing = true; });
  field.addEventListener("compositionend", () => { composing = false; send(); });
  field.addEventListener("input", () => { if (!composing) send(); });
  field.addEventListener("blur", () => { composing = false; send(); });
  field.addEventListener("dragstart", (event) => event.preventDefault());
}

define("textEntry", (root, api) => {
  const field = root.querySelector("input");
  const send = () => api.change(field.value === "" ? [] : [field.value]);
  textField(field, send);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.isComposing) event.preventDefault();
  });
  return {
    set(lines) { if (field.value !== (lines[0] || "")) field.value = lines[0] || ""; },
    flush: send,
  };
});

function grow(field) {
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight + 2}px`;
}

define("extendedText", (root, api) => {
  const fields = Array.from(root.querySelectorAll("textarea"));
  const count = root.querySelector(".count");
  function lines() {
    const texts = fields.map((field) => field.value);
    while (texts.length > 0 && texts[texts.length - 1] === "") texts.pop();
    return texts;
  }
  function show() {
    const characters = fields.reduce((sum, field) => sum + Array.from(field.value).length, 0);
    count.textContent = say("count", { count: characters });
    fields.forEach(grow);
  }
  const send = () => { show(); api.change(lines()); };
  for (const field of fields) textField(field, send);
  return {
    set(value) {
      fields.forEach((field, i) => {
        if (field.value !== (value[i] || "")) field.value = value[i] || "";
      });
      show();
    },
    flush: send,
  };
});

define("slider", (root, api) => {
  const range = root.querySelector("input");
  const reading = root.querySelector(".reading");
  let answered = false;
  function show() {
    reading.textContent = answered ? say("value", { value: range.value }) : say("slider-open");
    range.classList.toggle("open", !answered);
    range.setAttribute("aria-valuetext", answered ? range.value : say("slider-open"));
    const part = (range.value - range.min) / (range.max - range.min || 1);
    range.style.setProperty("--part", String(part));
  }
  function take() {
    if (!enabled) return;
    answered = true;
    show();
    api.change([range.value]);
  }
  range.addEventListener("input", take);
  range.addEventListener("click", take);
  range.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") { event.preventDefault(); take(); }
  });
  return {
    set(lines) {
      answered = lines.length > 0;
      range.value = answered ? lines[0] : range.min;
      show();
    },
  };
});

define("endAttempt", (root, api) => {
  root.querySelector("button").addEventListener("click", () => {
    flush();
    api.told([]);
    api.change(["true"]);
    post({ type: "endAttempt", id: api.id });
  });
  return {};
});
