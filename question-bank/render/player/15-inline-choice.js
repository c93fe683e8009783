// A list box inside of a line. The browser's own menu is a window of its own, which never shows
// on an exam machine.
define("inlineChoice", (root, api) => {
  const button = root.querySelector(".combo");
  const list = root.querySelector(".listbox");
  const none = make("span", { class: "option none", role: "option", "aria-selected": "false",
                              "data-value": "" }, say("clear"));
  list.append(none); // last, and only there while something is chosen
  const options = Array.from(list.querySelectorAll(".option"));
  const label = button.getAttribute("aria-label");
  options.forEach((option, i) => { option.id = `${root.id}-option-${i}`; });
  let value = "";
  let active = -1;

  function show() {
    const option = value && options.find((each) => each.dataset.value === value);
    none.hidden = !option;
    button.textContent = "";
    if (option) button.append(...Array.from(option.childNodes, (node) => node.cloneNode(true)));
    else button.textContent = say("choose");
    button.classList.toggle("empty", !option);
    button.setAttribute("aria-label", option ? `${label}: ${nameOf(option)}` : label);
    for (const each of options) each.setAttribute("aria-selected", String(each === option));
  }
  function activate(index) {
    const last = options.length - (none.hidden ? 2 : 1);
    active = Math.max(0, Math.min(last, index));
    options.forEach((option, i) => option.classList.toggle("active", i === active));
    button.setAttribute("aria-activedescendant", options[active].id);
    options[active].scrollIntoView({ block: "nearest" });
  }
  function open() {
    if (!enabled || !list.hidden || options.length === 1) return;
    list.hidden = false;
    button.setAttribute("aria-expanded", "true");
    const room = document.documentElement.clientWidth - root.getBoundingClientRect().left;
    list.classList.toggle("to-left", list.offsetWidth > room);
    activate(value ? options.findIndex((each) => each.dataset.value === value) : 0);
  }
  function close() {
    list.hidden = true;
    button.setAttribute("aria-expanded", "false");
    button.removeAttribute("aria-activedescendant");
  }
  function choose(index) {
    value = options[index].dataset.value;
    close();
    show();
    api.change(value ? [value] : []);
  }
  const keys = {
    ArrowDown: () => activate(active + 1),
    ArrowUp: () => activate(active - 1),
    Home: () => activate(0),
    End: () => activate(options.length - 1),
    Escape: close,
    Enter: () => choose(active),
    " ": () => choose(active),
  };
  button.addEventListener("keydown", (event) => {
    if (!enabled) return;
    if (list.hidden) {
      if (["ArrowDown", "ArrowUp", "Enter", " "].includes(event.key)) {
        event.preventDefault();
        open();
      } else if (event.key === "Delete" || event.key === "Backspace") {
        value = "";
        show();
        api.change([]);
      }
    } else if (keys[event.key]) {
      event.preventDefault();
      keys[event.key]();
    }
  });
  button.addEventListener("click", () => (list.hidden ? open() : close()));
  button.addEventListener("blur", close);
  options.forEach((option, i) => {
    option.addEventListener("pointerdown", (event) => event.preventDefault()); // keeps the focus
    option.addEventListener("click", () => { if (enabled) choose(i); });
  });
  return { set(lines) { value = lines[0] || ""; show(); } };
});
