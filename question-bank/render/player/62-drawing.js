// A drawing over a picture: lines of the candidate, in pixels of the picture. The file that the
// host gets is an SVG of these lines alone; the picture under it is the bank's.
const kErasePixels = 14; // on the screen: as near as a finger is

function linesOf(text) {
  const found = text.match(/<polyline [^>]*points="([^"]*)"/g) || [];
  return found.map((each) => each.match(/points="([^"]*)"/)[1].split(" ")
    .map((pair) => pair.split(",").map(Number)).filter((pair) => pair.length === 2 && pair.every(Number.isFinite))
    .map(([x, y]) => ({ x, y }))).filter((line) => line.length > 0);
}

const pointsText = (line) => line.map((each) => `${each.x},${each.y}`).join(" ");

function drawingText(lines, size) {
  const inside = lines.map((line) => `<polyline points="${pointsText(line)}"/>`).join("\n");
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" ` +
    `width="${size.width}" height="${size.height}" fill="none" stroke="#c2185b" stroke-width="3" ` +
    `stroke-linecap="round" stroke-linejoin="round">\n${inside}\n</svg>\n`;
}

function distance(point, a, b) {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const along = ((point.x - a.x) * dx + (point.y - a.y) * dy) / (dx * dx + dy * dy || 1);
  const t = Math.max(0, Math.min(1, along));
  return Math.hypot(point.x - a.x - t * dx, point.y - a.y - t * dy);
}

define("drawing", (root, api) => {
  const stage = makeStage(root);
  const sheet = document.createElementNS(kSvg, "g");
  const cross = make("span", { class: "cross", hidden: "" });
  const kLinesMax = 500;
  const kPointsMax = 20000;
  let lines = [];
  let line = null; // the one that is being drawn
  let cursor = null;
  let erasing = false;
  let pointing = false; // the focus came with a press, not with Tab
  let sent = null;
  sheet.setAttribute("class", "strokes");
  stage.svg.append(sheet);
  stage.layer.append(cross);
  stage.node.tabIndex = 0;
  stage.node.setAttribute("role", "application");
  stage.node.setAttribute("aria-label", say("draw-stage"));
  const button = (name) => root.querySelector(`.draw-${name}`);

  function show() {
    sheet.textContent = "";
    for (const each of lines) {
      const shape = document.createElementNS(kSvg, "polyline");
      shape.setAttribute("points", pointsText(each.length > 1 ? each : [each[0], each[0]]));
      sheet.append(shape);
    }
    root.classList.toggle("answered", lines.length > 0);
    button("undo").disabled = button("clear").disabled = !enabled || lines.length === 0;
  }
  function send() {
    const text = drawingText(lines, stage.size);
    if (!enabled || text === sent) return;
    sent = text;
    post({ type: "file", id: api.id, result: root.dataset.result, text });
  }
  function changed(key) {
    show();
    send();
    announce(say(key, { count: lines.length }));
  }
  const full = () => lines.length >= kLinesMax || lines.reduce((sum, each) => sum + each.length, 0) >= kPointsMax;
  function begin(point) {
    if (full()) { announce(say("draw-full")); return; }
    line = [point];
    lines.push(line);
    show();
  }
  function extend(point) {
    const last = line[line.length - 1];
    if ((point.x === last.x && point.y === last.y) || full()) return;
    line.push(point);
    sheet.lastChild.setAttribute("points", pointsText(line));
  }
  function end() {
    if (!line) return;
    line = null;
    changed("draw-count");
  }
  function erase(point) {
    const scale = stage.size.width / (stage.node.getBoundingClientRect().width || 1);
    const near = (each) => each.some((a, i) => distance(point, a, each[i + 1] || a) <= kErasePixels * scale);
    const left = lines.filter((each) => !near(each));
    if (left.length === lines.length) return;
    lines = left;
    changed("draw-count");
  }
  function act(point) { if (erasing) erase(point); else begin(point); }

  stage.node.addEventListener("pointerdown", (event) => {
    if (!enabled || event.button > 0) return;
    end();
    event.preventDefault();
    pointing = true;
    stage.node.focus({ preventScroll: true });
    pointing = false;
    cross.hidden = true;
    stage.node.setPointerCapture(event.pointerId);
    act(stage.point(event));
  });
  stage.node.addEventListener("pointermove", (event) => {
    if (!enabled || !stage.node.hasPointerCapture(event.pointerId)) return;
    if (erasing) erase(stage.point(event));
    else if (line) extend(stage.point(event));
  });
  for (const name of ["pointerup", "pointercancel"]) stage.node.addEventListener(name, end);

  function place(x, y) {
    cursor = { x: Math.max(0, Math.min(stage.size.width, x)), y: Math.max(0, Math.min(stage.size.height, y)) };
    cross.hidden = false;
    stage.put(cross, cursor);
    if (line) extend({ ...cursor });
  }
  const middle = () => ({ x: Math.round(stage.size.width / 2), y: Math.round(stage.size.height / 2) });
  stage.node.addEventListener("keydown", (event) => {
    if (!enabled) return;
    cursor = cursor || middle();
    const by = event.shiftKey ? 1 : 10;
    const move = { ArrowLeft: [-by, 0], ArrowRight: [by, 0], ArrowUp: [0, -by], ArrowDown: [0, by] }[event.key];
    if (move) place(cursor.x + move[0], cursor.y + move[1]);
    else if (event.key === "Enter" || event.key === " ") {
      if (erasing) erase(cursor);
      else if (line) end();
      else { begin({ ...cursor }); announce(say("draw-down")); }
    } else if (event.key === "Delete" || event.key === "Backspace") undo();
    else if (event.key === "Escape" && line) end();
    else return;
    event.preventDefault();
  });
  stage.node.addEventListener("focus", () => {
    if (!pointing && stage.node.matches(":focus-visible")) place((cursor || middle()).x, (cursor || middle()).y);
  });
  stage.node.addEventListener("blur", () => { end(); cross.hidden = true; });

  function undo() {
    line = null;
    if (lines.length > 0) { lines.pop(); changed("draw-count"); }
  }
  pressable(button("undo"), undo);
  pressable(button("clear"), () => { line = null; lines = []; changed("draw-count"); });
  pressable(button("erase"), () => {
    end();
    erasing = !erasing;
    button("erase").setAttribute("aria-pressed", String(erasing));
    root.classList.toggle("erasing", erasing);
  });
  return {
    set(given, texts) {
      const text = texts[root.dataset.result];
      if (text !== undefined) {
        sent = text;
        lines = linesOf(text);
      } else if (given.length === 0) {
        lines = [];
      }
      line = null;
      show();
      // Kept by the host, but its text is not here: an answer all the same.
      root.classList.toggle("answered", lines.length > 0 || (text === undefined && given.length > 0));
    },
    enable: show,
    flush: end,
  };
});
