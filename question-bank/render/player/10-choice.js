define("choice", (root, api) => {
  const inputs = Array.from(root.querySelectorAll(".choice input"));
  const radio = root.dataset.radio === "1";
  const list = root.querySelector(".choices");
  if (!radio) showRule(root, api, list);
  const clear = make("button", { type: "button", class: "quiet clear", hidden: "" }, say("clear"));
  if (radio && api.min === 0) root.append(clear);

  const chosen = () => inputs.filter((input) => input.checked).map((input) => input.value);
  function show() {
    for (const input of inputs) input.closest(".choice").classList.toggle("chosen", input.checked);
    clear.hidden = !radio || chosen().length === 0;
  }
  for (const input of inputs) {
    input.addEventListener("change", () => {
      if (!radio && api.max > 0 && chosen().length > api.max) {
        input.checked = false;
        announce(say("limit", { max: api.max }));
      }
      show();
      api.change(chosen());
    });
  }
  clear.addEventListener("click", () => {
    for (const input of inputs) input.checked = false;
    show();
    api.change([]);
    inputs[0].focus();
  });
  return {
    set(lines) {
      for (const input of inputs) input.checked = lines.includes(input.value);
      show();
    },
  };
});

define("hottext", (root, api) => {
  const words = Array.from(root.querySelectorAll(".hottext"));
  const choice = chooser(api, (chosen) => {
    for (const word of words) {
      word.setAttribute("aria-checked", String(chosen.includes(word.dataset.value)));
    }
  });
  for (const word of words) pressable(word, () => choice.toggle(word.dataset.value, nameOf(word)));
  return { set: choice.set };
});
