// Files of the candidate and of the task. The browser's own chooser is never opened: the host is
// asked, and answers with a new state.
function fileFacts(line) {
  // "<sha-256> <size> <media type> <name>"
  const words = line.split(" ");
  return { size: Number(words[1] || 0), name: words.slice(3).join(" ") || line };
}

function sizeText(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1048576 ? `${(bytes / 1024).toFixed(1)} KiB` : `${(bytes / 1048576).toFixed(1)} MiB`;
}

function editorPart(editor, api) {
  const result = editor.dataset.result;
  let sent = null;
  const send = () => {
    grow(editor);
    if (sent === editor.value || !enabled) return;
    sent = editor.value;
    post({ type: "file", id: api.id, result, text: sent });
  };
  textField(editor, send);
  editor.addEventListener("keydown", (event) => {
    // Tab writes a tab, as an editor does; Escape first, then Tab, leaves it.
    if (event.key === "Escape") editor.dataset.leave = "1";
    else if (event.key === "Tab" && !event.shiftKey && !editor.dataset.leave && enabled) {
      event.preventDefault();
      editor.setRangeText("\t", editor.selectionStart, editor.selectionEnd, "end");
      send();
    } else if (event.key !== "Tab" && event.key !== "Shift") delete editor.dataset.leave;
  });
  editor.addEventListener("blur", () => delete editor.dataset.leave);
  function take(text) {
    sent = text;
    if (editor.value !== text) editor.value = text;
    grow(editor);
  }
  return {
    set(lines, texts) {
      if (result in texts) take(texts[result]);
      else if (editor.dataset.start) {
        fetch(editor.dataset.start).then((answer) => (answer.ok ? answer.text() : "")).then((text) => {
          if (sent === null && editor.value === "") take(text);
        }).catch(() => {});
      }
    },
    flush: () => { if (sent !== null || editor.value !== "") send(); },
  };
}

define("upload", (root, api) => {
  const editor = root.querySelector(".editor");
  if (editor) return editorPart(editor, api);
  const line = root.querySelector(".file-line");
  const remove = root.querySelector(".remove");
  let present = [];
  function show() {
    const file = present.length > 0 ? fileFacts(present[0]) : null;
    line.textContent = file ? say("has-file", { name: file.name, size: sizeText(file.size) }) : say("no-file");
    line.classList.toggle("there", Boolean(file));
    remove.hidden = !file;
  }
  root.querySelector(".pick").addEventListener("click", () => {
    line.textContent = say("file-waiting");
    post({ type: "upload", id: api.id, result: root.dataset.result || "",
           mediaType: root.dataset.type || "", bytesMax: Number(root.dataset.bytesMax || 0) });
  });
  remove.addEventListener("click", () => {
    present = [];
    show();
    api.change([]);
    root.querySelector(".pick").focus();
  });
  return { set(lines) { present = lines; show(); } };
});

function setUpMaterial(node) {
  const button = node.querySelector("button");
  let panel = null;
  function close() {
    panel.remove();
    panel = null;
    button.setAttribute("aria-expanded", "false");
    button.focus();
  }
  async function fill(body) {
    try {
      const answer = await fetch(node.dataset.src);
      if (!answer.ok) throw new Error(String(answer.status));
      const type = button.dataset.type || answer.headers.get("content-type") || "";
      body.textContent = "";
      if (type.startsWith("image/")) body.append(make("img", { src: node.dataset.src, alt: nameOf(button) }));
      else if (/^text\/|json|xml|csv/.test(type)) body.append(make("pre", { tabindex: "0" }, await answer.text()));
      else body.textContent = say("not-shown");
    } catch (error) {
      body.textContent = say("no-load");
    }
  }
  button.addEventListener("click", () => {
    if (panel) { close(); return; }
    panel = make("div", { class: "material-panel", role: "region", "aria-label": nameOf(button) });
    const body = make("div", { class: "material-body" }, say("loading"));
    const shut = make("button", { type: "button", class: "quiet" }, say("close"));
    shut.addEventListener("click", close);
    panel.append(body, shut);
    let block = node.parentElement;
    while (block !== main && getComputedStyle(block).display.startsWith("inline")) block = block.parentElement;
    if (block === main || block.tagName === "LI" || block.tagName === "DIV") node.after(panel);
    else block.after(panel);
    button.setAttribute("aria-expanded", "true");
    fill(body);
  });
}
