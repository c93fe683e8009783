// Recordings play from blob: addresses only; the bytes come from the host.
function setUpMedia(node, rules = {}) {
  if (!node.dataset.src) return null;
  const media = make(node.dataset.media === "video" ? "video" : "audio", { preload: "metadata" });
  media.disablePictureInPicture = true;
  const button = make("button", { type: "button", class: "action play", disabled: "" }, say("loading"));
  const bar = make("progress", { max: "1", value: "0", "aria-hidden": "true" });
  const status = make("span", { class: "state", role: "status" });
  node.append(media, button, bar, status);
  let ready = false;

  function show() {
    const spent = rules.left && rules.left() === 0 && media.paused;
    button.disabled = !ready || Boolean(spent);
    button.textContent = !ready ? say("loading") : say(media.paused ? "play" : "pause");
    if (rules.left && Number.isFinite(rules.left())) {
      status.textContent = spent ? say("plays-done") : say("plays-left", { count: rules.left() });
    }
  }
  button.addEventListener("click", () => {
    if (media.paused) media.play(); else media.pause();
  });
  media.addEventListener("play", () => { if (rules.started && media.currentTime < 0.5) rules.started(); show(); });
  media.addEventListener("pause", show);
  media.addEventListener("ended", () => {
    if (rules.loop && (!rules.left || rules.left() > 0)) media.play();
    show();
  });
  media.addEventListener("timeupdate", () => { if (media.duration) bar.value = media.currentTime / media.duration; });
  media.addEventListener("loadeddata", () => {
    ready = true;
    show();
    if (rules.autostart && (!rules.left || rules.left() > 0)) media.play().catch(() => {});
  });
  media.addEventListener("error", () => { status.textContent = say("no-load"); });
  fetch(node.dataset.src)
    .then((answer) => { if (!answer.ok) throw new Error(String(answer.status)); return answer.blob(); })
    .then((blob) => {
      const typed = node.dataset.type ? new Blob([blob], { type: node.dataset.type }) : blob;
      media.src = URL.createObjectURL(typed);
    })
    .catch(() => { button.textContent = say("play"); status.textContent = say("no-load"); });
  return { show };
}

define("media", (root, api) => {
  const node = root.querySelector(".media");
  if (!node) return {};
  let plays = 0;
  const max = Number(node.dataset.maxPlays || 0);
  const media = setUpMedia(node, {
    left: () => (max > 0 ? Math.max(0, max - plays) : Infinity),
    started: () => { plays += 1; api.change([String(plays)]); },
    loop: node.dataset.loop === "1",
    autostart: node.dataset.autostart === "1",
  });
  return {
    set(lines) {
      plays = Number(lines[0] || 0);
      if (media) media.show();
    },
  };
});
