// Pick a piece up and put it down: press the piece, then the place; or drag it; or with the
// keyboard Enter on the piece, Tab to the place, Enter. Escape puts it back.
function picker(root, { canPick, onPlace, targets }) {
  let held = null;
  function hold(token) {
    if (held) held.setAttribute("aria-pressed", "false");
    held = token;
    root.classList.toggle("holding", Boolean(token));
    if (token) token.setAttribute("aria-pressed", "true");
  }
  function pick(token) {
    if (held === token) {
      hold(null);
      announce(say("put-back", { name: nameOf(token) }));
    } else if (canPick(token)) {
      hold(token);
      announce(say("picked", { name: nameOf(token) }));
    } else {
      announce(say("used-up", { name: nameOf(token) }));
    }
  }
  root.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && held) {
      const token = held;
      hold(null);
      announce(say("put-back", { name: nameOf(token) }));
      token.focus();
    }
  });
  function drag(token) {
    draggable(token, {
      onStart: () => hold(canPick(token) ? token : null),
      onDrop(below) {
        const target = below && targets().find((each) => each.contains(below));
        const piece = held;
        hold(null);
        if (piece && target) onPlace(piece, target);
      },
    });
  }
  return {
    held: () => held,
    pick,
    release: () => hold(null),
    drag,
  };
}
