// Line reader, notes, read-aloud.
defineTool("line-reader", (panel) => {
  const window_ = make("div", { class: "line-reader", hidden: "" });
  const handle = make("button", { type: "button", class: "action line-handle" }, say("line-move"));
  const kStep = 24; // pixels: about a line
  let top = 0.3; // of the window's height
  const put = (part) => {
    top = Math.max(0.05, Math.min(0.95, part));
    window_.style.setProperty("--line", `${100 * top}vh`);
  };
  document.body.append(window_);
  panel.append(handle);
  const follow = (event) => put(event.clientY / innerHeight);
  handle.addEventListener("keydown", (event) => {
    const by = { ArrowDown: kStep, ArrowUp: -kStep }[event.key];
    if (!by) return;
    event.preventDefault();
    put(top + by / innerHeight);
  });
  put(top);
  return {
    on() { window_.hidden = false; addEventListener("pointermove", follow); },
    off() { window_.hidden = true; removeEventListener("pointermove", follow); },
  };
});

defineTool("notes", (panel, keep) => {
  const kNotesMax = 10000;
  const field = make("textarea", { class: "field long", rows: "4", maxlength: String(kNotesMax), "aria-label": say("tool-notes") });
  panel.append(field, make("p", { class: "help" }, say("notes-help")));
  textField(field, () => keep(field.value));
  return {
    on: () => field.focus(),
    set(value) { if (field.value !== value) field.value = value; },
  };
});

// The system's own speech: the terminal's through its host, elsewhere that of the browser.
defineTool("read-aloud", (panel) => {
  const start = make("button", { type: "button", class: "action" }, say("read-start"));
  const stop = make("button", { type: "button", class: "action" }, say("read-stop"));
  panel.classList.add("row");
  panel.append(start, stop);
  function wordsToRead() {
    const chosen = String(getSelection());
    if (chosen.trim()) return chosen;
    const copy = main.cloneNode(true);
    copy.querySelectorAll("button, svg, textarea, .layer, .masked, .on-choice").forEach((each) => each.remove());
    copy.querySelectorAll("img[alt]").forEach((each) => each.replaceWith(` ${each.alt} `));
    copy.querySelectorAll("p, li, tr, div, td, th").forEach((each) => each.append("\n"));
    return copy.textContent.replace(/[ \t]+/g, " ").replace(/\s*\n\s*/g, "\n").trim();
  }
  function hush() {
    post({ type: "hush" });
    if (window.speechSynthesis) speechSynthesis.cancel();
  }
  start.addEventListener("click", () => {
    const text = wordsToRead();
    hush();
    post({ type: "speak", id: main.lang, text });
    if (!window.webkit && window.speechSynthesis) {
      const speech = new SpeechSynthesisUtterance(text);
      speech.lang = main.lang;
      speechSynthesis.speak(speech);
    }
  });
  stop.addEventListener("click", hush);
  return { off: hush };
});
