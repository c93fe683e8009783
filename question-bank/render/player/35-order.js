define("order", (root, api) => {
  const subset = root.dataset.subset === "1";
  const list = root.querySelector("ol.sortable");
  const rest = root.querySelector("ul.rest");
  const confirm = root.querySelector(".confirm");
  const shown = Array.from(root.querySelectorAll(".piece"));
  const status = make("span", { class: "state" });
  root.querySelector(".actions").append(status);
  if (subset) showRule(root, api, list);
  let answered = false;

  const placed = () => Array.from(list.querySelectorAll(".piece"));
  function show() {
    const pieces = placed();
    for (const piece of shown) {
      const position = pieces.indexOf(piece);
      piece.querySelector(".place").textContent = position < 0 ? "" : String(position + 1);
      piece.querySelector(".up").disabled = !enabled || position <= 0;
      piece.querySelector(".down").disabled = !enabled || position < 0 || position === pieces.length - 1;
      const toggle = piece.querySelector(".toggle");
      toggle.hidden = !subset;
      toggle.classList.toggle("on", position >= 0);
      for (const name of [".up", ".down"]) piece.querySelector(name).hidden = position < 0;
    }
    if (confirm) confirm.hidden = answered;
    if (!subset) status.textContent = say(answered ? "order-done" : "order-open");
    list.classList.toggle("empty", pieces.length === 0);
  }
  function changed(piece) {
    answered = true;
    show();
    const pieces = placed();
    if (piece && pieces.includes(piece)) {
      announce(say("moved", { name: nameOf(piece.querySelector(".piece-body")),
                              position: pieces.indexOf(piece) + 1, count: pieces.length }));
    }
    api.change(pieces.map((each) => each.dataset.value));
  }
  function step(piece, by) {
    const pieces = placed();
    const to = pieces.indexOf(piece) + by;
    if (!pieces.includes(piece) || to < 0 || to >= pieces.length) return;
    list.insertBefore(piece, by < 0 ? pieces[to] : pieces[to].nextSibling);
    changed(piece);
  }
  function toggle(piece) {
    if (!subset) return;
    if (piece.parentNode === list) {
      rest.append(piece);
      announce(say("removed", { name: nameOf(piece.querySelector(".piece-body")) }));
    } else if (api.max > 0 && placed().length >= api.max) {
      announce(say("limit", { max: api.max }));
      return;
    } else {
      list.append(piece);
    }
    changed(piece);
  }
  for (const piece of shown) {
    const buttons = { up: -1, down: 1 };
    for (const name of Object.keys(buttons)) {
      const button = piece.querySelector(`.${name}`);
      button.addEventListener("click", () => {
        step(piece, buttons[name]);
        (button.disabled ? piece : button).focus(); // moving it in the page took the focus away
      });
    }
    const toggler = piece.querySelector(".toggle");
    toggler.addEventListener("click", () => { toggle(piece); toggler.focus(); });
    piece.addEventListener("keydown", (event) => {
      if (!enabled || event.target !== piece) return;
      const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (by) {
        event.preventDefault();
        step(piece, by);
        piece.focus();
      } else if ((event.key === "Enter" || event.key === " ") && subset) {
        event.preventDefault();
        toggle(piece);
        piece.focus();
      }
    });
    draggable(piece, {
      ghost: false,
      onMove(event) {
        const below = document.elementFromPoint(event.clientX, event.clientY);
        const over = below && below.closest(".piece");
        const into = below && below.closest(".sortable");
        if (!over || over === piece || !root.contains(over)) {
          if (into && root.contains(into) && into !== piece.parentNode &&
              (into === rest || api.max === 0 || placed().length < api.max)) into.append(piece);
          return;
        }
        if (over.parentNode !== piece.parentNode) return;
        const box = over.getBoundingClientRect();
        const after = event.clientY > box.top + box.height / 2;
        over.parentNode.insertBefore(piece, after ? over.nextSibling : over);
      },
      onDrop() { changed(piece); },
    });
  }
  if (confirm) confirm.addEventListener("click", () => changed(null));
  return {
    set(lines) {
      answered = lines.length > 0;
      const known = lines.map((line) => shown.find((each) => each.dataset.value === line)).filter(Boolean);
      const others = shown.filter((each) => !known.includes(each));
      list.append(...known);
      (subset ? rest : list).append(...others);
      show();
    },
    enable: show,
  };
});
