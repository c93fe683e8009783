// Points on a picture: selectPoint, and positionObject with a picture in place of the mark.
define("selectPoint", (root, api) => {
  const stage = makeStage(root);
  const cross = make("span", { class: "cross", hidden: "" });
  const limit = api.single ? 1 : api.max;
  const kNear = 22; // pixels on the screen
  let points = [];
  let cursor = null;
  stage.node.tabIndex = 0;
  stage.node.setAttribute("role", "application");
  stage.node.setAttribute("aria-label", say("stage"));
  stage.layer.append(cross);

  function show() {
    for (const mark of stage.layer.querySelectorAll(".point")) mark.remove();
    points.forEach((point, i) => {
      const mark = make("span", { class: "point", role: "img",
                                  "aria-label": say("point", { number: i + 1, x: point.x, y: point.y }) });
      if (root.dataset.piece) {
        const picture = make("img", { src: root.dataset.piece, alt: "", draggable: "false" });
        const wide = Number(root.dataset.pieceWidth) || 40;
        mark.style.width = `${(100 * wide) / (stage.size.width || 100)}%`;
        mark.classList.add("piece-mark");
        mark.append(picture);
      } else if (limit !== 1) {
        mark.textContent = String(i + 1);
      }
      stage.put(mark, point);
    });
  }
  function nearest(point) {
    const scale = stage.node.getBoundingClientRect().width / (stage.size.width || 1);
    return points.find((each) => Math.hypot(each.x - point.x, each.y - point.y) * scale < kNear);
  }
  function press(point) {
    if (!enabled) return;
    const near = nearest(point);
    if (near) {
      points = points.filter((each) => each !== near);
      announce(say("point-removed"));
    } else if (limit === 1) {
      points = [point];
      announce(say("point-added", point));
    } else if (limit > 0 && points.length >= limit) {
      announce(say("limit", { max: limit }));
      return;
    } else {
      points.push(point);
      announce(say("point-added", point));
    }
    show();
    api.change(points.map((each) => `${each.x} ${each.y}`));
  }
  stage.node.addEventListener("click", (event) => press(stage.point(event)));
  function moveCursor(x, y) {
    const { width, height } = stage.size;
    cursor = { x: Math.max(0, Math.min(width, x)), y: Math.max(0, Math.min(height, y)) };
    cross.hidden = false;
    stage.put(cross, cursor);
  }
  stage.node.addEventListener("keydown", (event) => {
    const { width, height } = stage.size;
    if (!cursor) cursor = { x: Math.round(width / 2), y: Math.round(height / 2) };
    const by = event.shiftKey ? 1 : 10;
    const move = { ArrowLeft: [-by, 0], ArrowRight: [by, 0], ArrowUp: [0, -by], ArrowDown: [0, by] }[event.key];
    if (move) {
      event.preventDefault();
      moveCursor(cursor.x + move[0], cursor.y + move[1]);
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      press({ x: cursor.x, y: cursor.y });
    } else if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      const near = nearest(cursor) || points[points.length - 1];
      if (near) press({ x: near.x, y: near.y });
    }
  });
  stage.node.addEventListener("focus", () => {
    if (stage.node.matches(":focus-visible") && stage.size.width) {
      moveCursor(cursor ? cursor.x : Math.round(stage.size.width / 2),
                 cursor ? cursor.y : Math.round(stage.size.height / 2));
    }
  });
  stage.node.addEventListener("blur", () => { cross.hidden = true; });
  return {
    set(lines) {
      points = lines.map((line) => line.split(" ").map(Number)).map(([x, y]) => ({ x, y }));
      show();
    },
  };
});
