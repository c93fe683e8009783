// Drives the item player in Chromium. usage: node player.mjs FOLDER [SCREENSHOTS]
// FOLDER holds <item>.<language>.<theme>.html, player/ and bank/. Prints a line a check; ends with
// 1 where one failed. Every interaction is answered by mouse and by keyboard alone: both must
// give the response that is expected here.
import { createServer } from "node:http";
import { readFile, readdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, extname } from "node:path";
import { chromium } from "playwright-core";
import { checkAids } from "./player-aids.mjs";

const [folder, shots] = process.argv.slice(2);
const types = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css",
                ".svg": "image/svg+xml", ".csv": "text/csv", ".txt": "text/plain; charset=utf-8",
                ".wav": "audio/wav" };
let failures = 0;

function check(name, ok, detail = "") {
  if (!ok) failures += 1;
  console.log(`${ok ? "ok" : "FAILED"} ${name}${ok ? "" : ` ${detail}`}`);
}

const server = createServer(async (request, answer) => {
  try {
    const path = decodeURIComponent(new URL(request.url, "http://x").pathname);
    const bytes = await readFile(join(folder, path));
    answer.writeHead(200, { "content-type": types[extname(path)] || "application/octet-stream" });
    answer.end(bytes);
  } catch {
    answer.writeHead(404);
    answer.end();
  }
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const base = `http://127.0.0.1:${server.address().port}/`;
const profile = await mkdtemp(join(tmpdir(), "assay-chromium-"));
const context = await chromium.launchPersistentContext(profile, {
  executablePath: "/usr/bin/chromium",
  headless: true,
  viewport: { width: 1000, height: 800 },
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync",
         "--autoplay-policy=no-user-gesture-required"],
});
await context.addInitScript(() => {
  window.posted = [];
  window.violations = [];
  window.addEventListener("assay", (event) => {
    window.posted.push(Object.assign({ at: performance.now() }, event.detail));
  });
  window.addEventListener("securitypolicyviolation", (event) => {
    window.violations.push(`${event.violatedDirective} ${event.blockedURI}`);
  });
});
const page = await context.newPage();
const errors = [];
page.on("pageerror", (error) => errors.push(String(error)));

async function open(name, language = "zh", theme = "light") {
  await page.mouse.move(0, 0);
  await page.goto(`${base}${name}.${language}.${theme}.html`);
  await page.waitForFunction(() => window.assayPlayer && Array.from(document.images).every((i) => i.complete));
}
const value = (id) => page.evaluate((wanted) => {
  const found = window.posted.filter((each) => each.type === "response" && each.id === wanted).pop();
  return found ? found.value : null;
}, id);
const press = async (...keys) => { for (const key of keys) await page.keyboard.press(key); };
const click = (selector) => page.locator(selector).first().click();
const focus = (selector) => page.locator(selector).first().focus();
async function drag(from, to, offset = 0) {
  const a = await page.locator(from).first().boundingBox();
  const b = await page.locator(to).first().boundingBox();
  await page.mouse.move(a.x + a.width / 3, a.y + a.height / 2);
  await page.mouse.down();
  await page.mouse.move(b.x + b.width / 2, b.y + b.height / 2 + offset, { steps: 8 });
  await page.mouse.up();
}
async function at(x, y) {
  const box = await page.locator(".stage").boundingBox();
  await page.mouse.click(box.x + (x * box.width) / 480, box.y + (y * box.height) / 300);
}
// Tab until the element that matches has the focus; a keyboard user has no other way.
async function tabTo(selector) {
  for (let i = 0; i < 80; ++i) {
    if (await page.evaluate((each) => document.activeElement.matches(each), selector)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab never reaches ${selector}`);
}
const spot = (id) => `.spot[data-target=${id}]`;

const cases = {
  choice: {
    expected: { RESPONSE: ["c2"] },
    mouse: () => click(".choice:has([value=c2])"),
    keyboard: async () => { await tabTo("[value=c1]"); await press("Space", "ArrowDown"); },
  },
  multiple: {
    expected: { RESPONSE: ["m1", "m3"] },
    mouse: async () => { await click(".choice:has([value=m1])"); await click(".choice:has([value=m3])"); },
    keyboard: async () => {
      await tabTo("[value=m1]");
      await press("Space");
      await tabTo("[value=m3]");
      await press("Space");
    },
  },
  "text-entry": {
    expected: { R1: ["12.5"], R2: ["flex"] },
    mouse: async () => {
      await click("[data-response=R1] input");
      await page.keyboard.type("12.5");
      await click("[data-response=R2] input");
      await page.keyboard.insertText("flex");
    },
    keyboard: async () => {
      await tabTo("[data-response=R1] input");
      await page.keyboard.type("12.5");
      await press("Tab");
      await page.keyboard.type("flex");
    },
  },
  "extended-text": {
    expected: { RESPONSE: ["一、限制登录次数\n二、改用密钥"] },
    mouse: async () => { await click("textarea"); await page.keyboard.insertText("一、限制登录次数\n二、改用密钥"); },
    keyboard: async () => {
      await tabTo("textarea");
      await page.keyboard.insertText("一、限制登录次数");
      await press("Enter");
      await page.keyboard.insertText("二、改用密钥");
    },
  },
  "inline-choice": {
    expected: { R1: ["b"], R2: ["x"] },
    mouse: async () => {
      await click("[data-response=R1] .combo");
      await click("[data-response=R1] [data-value=b]");
      await click("[data-response=R2] .combo");
      await click("[data-response=R2] [data-value=x]");
    },
    keyboard: async () => {
      await tabTo("[data-response=R1] .combo");
      await press("Enter", "ArrowDown", "Enter", "Tab", "ArrowDown", "Enter");
    },
  },
  match: {
    expected: { RESPONSE: ["r1 k1", "r2 k2", "r3 k3"] },
    mouse: async () => {
      for (const n of [1, 2, 3]) await click(`.cell:has([data-row=r${n}][data-column=k${n}])`);
    },
    keyboard: async () => {
      await tabTo("[data-row=r1][data-column=k1]");
      await press("Space", "ArrowDown", "ArrowRight", "Space", "ArrowDown", "ArrowRight", "Space");
    },
  },
  order: {
    expected: { RESPONSE: ["o2", "o1", "o3"] },
    mouse: () => drag("[data-value=o2]", "[data-value=o1]", -10),
    keyboard: async () => { await tabTo("[data-value=o2]"); await press("ArrowUp"); },
  },
  "order-subset": {
    expected: { RESPONSE: ["s3", "s1"] },
    mouse: async () => { await click("[data-value=s3] .toggle"); await click("[data-value=s1] .toggle"); },
    keyboard: async () => {
      await tabTo("[data-value=s3]");
      await press("Enter");
      await tabTo("[data-value=s1]");
      await press("Enter");
    },
  },
  "gap-match": {
    expected: { RESPONSE: ["w2 g1", "w1 g2"] },
    mouse: async () => {
      await drag("[data-value=w2]", "[data-target=g1]");
      await click("[data-value=w1]");
      await click("[data-target=g2]");
    },
    keyboard: async () => {
      await tabTo("[data-value=w2]");
      await press("Enter");
      await tabTo("[data-target=g1]");
      await press("Enter");
      await page.evaluate(() => document.activeElement.blur());
      await tabTo("[data-value=w1]");
      await press("Space");
      await tabTo("[data-target=g2]");
      await press("Space");
    },
  },
  associate: {
    expected: { RESPONSE: ["p1 p3", "p2 p4"] },
    mouse: async () => {
      await drag("[data-value=p1]", "[data-value=p3]");
      await click("[data-value=p2]");
      await click("[data-value=p4]");
    },
    keyboard: async () => {
      for (const id of ["p1", "p3", "p2", "p4"]) { await tabTo(`[data-value=${id}]`); await press("Enter"); }
    },
  },
  hottext: {
    expected: { RESPONSE: ["h2", "h3"] },
    mouse: async () => { await click("[data-value=h2]"); await click("[data-value=h3]"); },
    keyboard: async () => { await tabTo("[data-value=h2]"); await press("Space", "Tab", "Enter"); },
  },
  hotspot: {
    expected: { RESPONSE: ["B"] },
    mouse: async () => { await at(80, 80); await at(240, 90); },
    keyboard: async () => { await tabTo(spot("B")); await press("Enter"); },
  },
  "graphic-order": {
    expected: { RESPONSE: ["A", "C", "B"] },
    mouse: async () => { await at(80, 80); await at(400, 90); await at(240, 90); },
    keyboard: async () => {
      for (const id of ["A", "C", "B"]) { await tabTo(spot(id)); await press("Enter"); }
    },
  },
  "graphic-associate": {
    expected: { RESPONSE: ["A B"] },
    mouse: async () => { await at(80, 80); await at(240, 90); },
    keyboard: async () => { await tabTo(spot("A")); await press("Enter", "Tab", "Space"); },
  },
  "graphic-gap-match": {
    expected: { RESPONSE: ["t1 A", "t2 B"] },
    mouse: async () => {
      await drag("[data-value=t1]", spot("A"));
      await click("[data-value=t2]");
      await at(240, 90);
    },
    keyboard: async () => {
      for (const [piece, place] of [["t1", "A"], ["t2", "B"]]) {
        await page.evaluate(() => document.activeElement.blur());
        await tabTo(`[data-value=${piece}]`);
        await press("Enter");
        await tabTo(spot(place));
        await press("Enter");
      }
    },
  },
  "select-point": {
    expected: { RESPONSE: ["230 150"] },
    mouse: () => at(230, 150),
    keyboard: async () => { await tabTo(".stage"); await press("ArrowLeft", "Enter"); },
  },
  slider: {
    expected: { RESPONSE: ["50"] },
    mouse: async () => {
      const box = await page.locator("input[type=range]").boundingBox();
      await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    },
    keyboard: async () => {
      await tabTo("input[type=range]");
      for (let i = 0; i < 10; ++i) await press("ArrowRight");
    },
  },
};

for (const [name, one] of Object.entries(cases)) {
  for (const way of ["mouse", "keyboard"]) {
    await open(name);
    try {
      await one[way]();
      for (const [id, wanted] of Object.entries(one.expected)) {
        const found = await value(id);
        check(`${name} ${way} ${id}`, JSON.stringify(found) === JSON.stringify(wanted), JSON.stringify(found));
      }
      if (shots && way === "mouse") {
        await page.mouse.move(0, 0);
        await page.screenshot({ path: join(shots, `${name}.answered.png`), fullPage: true });
      }
    } catch (error) {
      check(`${name} ${way}`, false, String(error));
    }
  }
  // What the host stored comes back after a reload, and is not sent again.
  await open(name);
  await page.evaluate((state) => window.assayPlayer.setState(state), { responses: one.expected });
  await page.evaluate(() => window.assayPlayer.flush());
  const again = await page.evaluate(() => window.posted.filter((each) => each.type === "response").length);
  const marked = await page.locator("[data-ia].answered").count();
  check(`${name} state`, again === 0 && marked === Object.keys(one.expected).length, `${again} sent, ${marked} marked`);
  await page.evaluate(() => window.assayPlayer.setEnabled(false));
  const busy = await page.locator("#item [data-ia] button:enabled, #item input:enabled:not([readonly]), #item textarea:not([readonly])").count();
  check(`${name} locked`, busy === 0, `${busy} controls still work`);
}

await open("extended-text");
{
  // An input method composes: nothing is sent before it commits, nothing is lost at blur.
  await focus("textarea");
  const session = await context.newCDPSession(page);
  await session.send("Input.imeSetComposition", { text: "ni hao", selectionStart: 6, selectionEnd: 6 });
  check("composition is not sent", (await value("RESPONSE")) === null);
  await session.send("Input.insertText", { text: "你好" });
  check("composition is sent when committed", (await value("RESPONSE"))?.[0] === "你好", JSON.stringify(await value("RESPONSE")));
  await session.send("Input.imeSetComposition", { text: "shi jie", selectionStart: 7, selectionEnd: 7 });
  await page.evaluate(() => document.activeElement.blur());
  const left = (await value("RESPONSE"))?.[0];
  const shown = await page.locator("textarea").inputValue();
  check("composition is not lost at blur", left === shown && shown.startsWith("你好"), `${left} / ${shown}`);
  const delay = await page.evaluate(() => {
    const field = document.querySelector("textarea");
    field.value += "！";
    const start = performance.now();
    field.dispatchEvent(new Event("input"));
    return window.posted.at(-1).at - start;
  });
  check("a change reaches the host within 50 ms", delay < 50, String(delay));
}

await open("multiple");
for (const id of ["m1", "m2", "m3", "m4"]) await click(`.choice:has([value=${id}])`);
check("a fourth choice of three is refused", (await value("RESPONSE")).join() === "m1,m2,m3");
await page.waitForFunction(() => document.getElementById("live").textContent !== "");

await open("inline-choice");
await click("[data-response=R1] .combo");
await click("[data-response=R1] [data-value=c]");
await click("[data-response=R1] .combo");
await click("[data-response=R1] .none");
check("an inline choice can be taken back", (await value("R1")).length === 0);

await open("practical");
await page.waitForFunction(() => document.querySelector(".editor").value !== "");
await focus(".editor");
await press("Control+End");
await page.keyboard.type("print(1)");
check("the editor gives its file to the host", await page.evaluate(() => {
  const last = window.posted.filter((each) => each.type === "file").pop();
  return last.result === "total.py" && last.text.endsWith("print(1)");
}));
await click(".pick");
check("a file is asked from the host", await page.evaluate(() => {
  const last = window.posted.at(-1);
  return last.type === "upload" && last.result === "plan.pdf" && last.bytesMax === 1048576;
}));
await page.evaluate((digest) => window.assayPlayer.setResponse("PLAN",
  [`${digest} 2048 application/pdf 测试 方案.pdf`]), "ab".repeat(32));
check("the editor keeps what was typed", (await page.locator(".editor").inputValue()).endsWith("print(1)"));
check("the host's file is named", (await page.locator(".file-line").innerText()).includes("测试 方案.pdf"));
await click(".open-material");
await page.waitForSelector(".material-panel pre");
check("a material opens in the page", (await page.locator(".material-panel pre").innerText()).includes("month,shop"));
if (shots) await page.screenshot({ path: join(shots, "practical.open.png"), fullPage: true });

await open("media");
await page.waitForSelector(".play:enabled");
await focus(".play");
await press("Enter");
await page.waitForFunction(() => window.posted.some((each) => each.type === "response"));
check("a play is counted", (await value("RESPONSE")).join() === "1");

await checkAids({ page, context, folder, shots, open, check, click, focus, press, tabTo, value });

// Lines of hottext stand apart and a stop stays with its gap, in each language and in any width.
for (const language of ["zh", "en"]) {
  for (const name of ["hottext", "gap-match"]) {
    await open(name, language);
    await page.evaluate((lang) => {
      document.querySelectorAll("#item[lang]").forEach((each) => each.setAttribute("lang", lang));
    }, language);
    if (name === "gap-match") await cases[name].mouse();
    const wrong = [];
    for (let width = 300; width <= 1000; width += 20) {
      await page.setViewportSize({ width, height: 800 });
      wrong.push(...await page.evaluate(() => {
        const out = [];
        const rows = Array.from(document.querySelectorAll(".hottext"), (each) => [...each.getClientRects()]).flat();
        for (const a of rows) {
          for (const b of rows) {
            if (b.top > a.top + 4 && b.top < a.bottom) out.push(`${b.top} lies above ${a.bottom}`);
          }
        }
        for (const gap of document.querySelectorAll(".gap")) {
          const walker = document.createTreeWalker(document.querySelector("#item"), NodeFilter.SHOW_TEXT);
          walker.currentNode = gap.lastChild || gap;
          const text = walker.nextNode();
          const range = document.createRange();
          range.setStart(text, 0);
          range.setEnd(text, 1);
          const [stop, box] = [range.getBoundingClientRect(), gap.getBoundingClientRect()];
          if (stop.top > box.bottom || stop.left < box.right - 1) out.push(`${range} left its gap`);
        }
        return out.map((each) => `${innerWidth}: ${each}`);
      }));
    }
    await page.setViewportSize({ width: 1000, height: 800 });
    check(`${name} lines ${language}`, wrong.length === 0, wrong.slice(0, 4).join("; "));
  }
}

// Every page: no violation of the policy, targets, contrast, and a window of 320 pixels.
const names = (await readdir(folder)).filter((each) => each.endsWith(".html")).sort();
for (const file of names) {
  await page.setViewportSize({ width: 1000, height: 800 });
  const [name, language, theme] = file.split(".");
  await open(name, language, theme);
  const found = await page.evaluate(() => {
    const number = (text) => text.match(/[\d.]+/g).map(Number);
    const light = ([r, g, b]) => {
      const [x, y, z] = [r, g, b].map((c) => (c / 255 <= 0.03928 ? c / 3294.6 : ((c / 255 + 0.055) / 1.055) ** 2.4));
      return 0.2126 * x + 0.7152 * y + 0.0722 * z;
    };
    const ground = (node) => {
      for (let each = node; each; each = each.parentElement) {
        const colour = number(getComputedStyle(each).backgroundColor);
        if (colour.length === 3 || colour[3] === 1) return colour;
      }
      return [255, 255, 255];
    };
    const problems = [...window.violations];
    for (const node of document.querySelectorAll("#item *")) {
      const own = Array.from(node.childNodes).some((each) => each.nodeType === 3 && each.data.trim());
      const box = node.getBoundingClientRect();
      if (own && box.width > 0 && !node.closest("svg, :disabled")) {
        const [a, b] = [light(number(getComputedStyle(node).color)), light(ground(node))];
        const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        if (ratio < 4.5) problems.push(`contrast ${ratio.toFixed(2)} of ${node.className || node.tagName}`);
      }
      const control = node.matches("button, .choice, .cell, .field, [role=option]");
      if (control && box.width > 0 && (box.height < 43.5 || box.width < 43.5)) {
        problems.push(`target ${box.width.toFixed(0)} x ${box.height.toFixed(0)} of ${node.className}`);
      }
    }
    return problems;
  });
  if (shots) await page.screenshot({ path: join(shots, `${file}.png`), fullPage: true });
  await page.setViewportSize({ width: 320, height: 640 });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (wide > 0) found.push(`${wide} px wider than a window of 320`);
  if (shots && language === "zh" && theme === "light") {
    await page.screenshot({ path: join(shots, `${file}.narrow.png`), fullPage: true });
  }
  check(`page ${file}`, found.length === 0, found.join("; "));
}
check("no error in any page", errors.length === 0, errors.join("; "));

await context.close();
server.close();
await rm(profile, { recursive: true, force: true });
process.exit(failures === 0 ? 0 : 1);
