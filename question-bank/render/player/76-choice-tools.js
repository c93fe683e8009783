// Eliminator and answer mask: a candidate strikes choices out, or covers them and looks at one at
// a time. Neither is an answer.
defineTool("eliminator", (panel, keep) => {
  let struck = [];
  const show = () => {
    for (const { button, line, id, name } of all) {
      const out = struck.includes(id);
      line.classList.toggle("struck", out);
      button.setAttribute("aria-pressed", String(out));
      button.textContent = say("strike");
      button.setAttribute("aria-label", `${say("strike")}: ${name}`);
    }
  };
  const all = onChoices("strike", (button, line, id) => {
    struck = struck.includes(id) ? struck.filter((each) => each !== id) : struck.concat(id);
    show();
    keep(JSON.stringify(struck));
  });
  const visible = (on) => all.forEach(({ button }) => { button.hidden = !on; });
  show();
  return {
    on: () => visible(true),
    off: () => visible(false),
    set(value) { struck = listOf(value); show(); },
  };
});

defineTool("mask", () => {
  let shown = [];
  let on = false;
  const show = () => {
    for (const { button, line, id, name } of all) {
      const covered = on && !shown.includes(id);
      line.classList.toggle("masked", covered);
      button.setAttribute("aria-pressed", String(covered));
      button.textContent = say(covered ? "uncover" : "cover");
      // A covered choice is not read out by its name either.
      button.setAttribute("aria-label", covered ? say("uncover") : `${say("cover")}: ${name}`);
      button.hidden = !on;
    }
  };
  const all = onChoices("cover", (button, line, id) => {
    shown = shown.includes(id) ? shown.filter((each) => each !== id) : shown.concat(id);
    show();
  });
  return {
    on() { on = true; shown = []; show(); },
    off() { on = false; show(); },
  };
});
