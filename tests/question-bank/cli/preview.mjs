// Drives `assay-bank preview` in Chromium. usage: node preview.mjs PROGRAM PACKAGE [SCREENSHOTS]
// Prints a line a check; ends with 1 where one failed.
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { get } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const [program, content, shots] = process.argv.slice(2);
let failures = 0;
function check(name, ok, detail = "") {
  if (!ok) failures += 1;
  console.log(`${ok ? "ok" : "FAILED"} ${name}${ok ? "" : ` ${detail}`}`);
}

const served = spawn(program, ["--language", "zh-CN", "preview", content], { stdio: ["ignore", "pipe", "inherit"] });
const ended = new Promise((done) => served.on("exit", done));
process.on("exit", () => served.kill());  // also where a check threw
const address = await new Promise((done, failed) => {
  let text = "";
  served.stdout.on("data", (piece) => {
    text += piece;
    if (text.includes("\n")) done(text.split("\n")[0]);
  });
  served.on("exit", () => failed(new Error("the program ended")));
});
check("the address is on loopback and holds a token", /^http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]{32}\/$/.test(address), address);
const status = (url, headers = {}) => new Promise((done) => {
  get(url, { headers }, (reply) => { reply.resume(); done(reply.statusCode); });
});
check("without the token there is nothing", (await status(new URL("/", address))) === 404);
check("another name of the host is refused", (await status(address, { host: "rebound.example" })) === 421);

const profile = await mkdtemp(join(tmpdir(), "assay-chromium-"));
const context = await chromium.launchPersistentContext(profile, {
  executablePath: "/usr/bin/chromium",
  headless: true,
  viewport: { width: 1366, height: 768 },
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
await context.addInitScript(() => {
  window.violations = [];
  window.addEventListener("securitypolicyviolation", (event) => {
    window.violations.push(`${event.violatedDirective} ${event.blockedURI}`);
  });
});
const page = await context.newPage();
const errors = [];
page.on("pageerror", (error) => errors.push(String(error)));
const shot = async (name) => { if (shots) await page.screenshot({ path: join(shots, `preview.${name}.png`) }); };
const side = () => page.locator("#side").innerText();
const item = page.frameLocator("#frame");
const press = (name) => page.locator(name).click();
async function said(text) {
  try {
    await page.waitForFunction((wanted) => document.getElementById("side").innerText.includes(wanted), text, { timeout: 8000 });
    return true;
  } catch {
    return false;
  }
}
async function show(path) {
  await page.locator("#list button", { hasText: path }).click();
  await page.waitForFunction(() => document.getElementById("frame").contentWindow.assayPlayer);
  await page.waitForFunction(() => document.querySelector("#side h2"));
}

await page.goto(address);
await page.waitForSelector("#list button");
check("the list names every test and item", (await page.locator("#list button").count()) === 28);

await show("zh/q01.xml");
check("the frame holds no key", !(await page.frames()[1].content()).includes("correct"));
await press("#show-key");
check("the correct response counts in full", await said("全部正确"), await side());
await shot("choice");

await show("zh/q04.xml");
await item.locator("input").fill("３．５");
check("a full-width number counts as a number", await said("全角字符已按半角读取") && await said("全部正确"), await side());
await shot("number");

await show("zh/q03.xml");
await item.locator("input").first().fill("Ｕ。Ｖ。");
check("each folding says what the text counts as", await said("U。V。\t0") && await said("U.V.\t3"), await side());
await shot("width");

// The frame is loaded again for what changes its page.
async function framed(wanted) {
  try {
    await page.waitForFunction((selector) => {
      const own = document.getElementById("frame");
      return own.contentWindow.assayPlayer && own.contentDocument.querySelector(selector);
    }, wanted, { timeout: 8000 });
    return true;
  } catch {
    return false;
  }
}
await page.locator("#theme").selectOption("dark");
check("the theme reaches the frame", await framed("html[data-theme=dark]"));
check("and the page around it", (await page.locator("html").getAttribute("data-theme")) === "dark");
await page.locator("#with-tools").check();
check("the tools of a candidate can be shown", await framed(".tools [data-tool=notes]"));
await item.locator("[data-tool=notes]").click();
await item.locator(".panel-notes textarea").fill("先看第二题");
await press("#feedback");
const back = await page.waitForFunction((wanted) => {
  const own = document.getElementById("frame");
  const field = own.src.includes("outcomes=") && own.contentWindow.assayPlayer && own.contentDocument.querySelector("main input");
  return field && field.value === wanted;
}, "Ｕ。Ｖ。", { timeout: 8000 }).then(() => true, () => false);
check("an item with its feedback is the same item", back);
check("notes outlive a reload of the frame", (await item.locator(".panel-notes textarea").inputValue()) === "先看第二题");
await page.locator("#with-tools").uncheck();
check("and be hidden again", await framed("body[data-tools='']"));
await page.locator("#language").selectOption("en");
await page.waitForFunction(() => document.documentElement.lang === "en");
check("both languages", await said("What it counts for"), await side());
check("responses outlive a reload of the frame", (await item.locator("input").first().inputValue()) === "Ｕ。Ｖ。");
await shot("english");
await page.locator("#theme").selectOption("light");

// A whole test, each item answered right.
await page.locator("#list button", { hasText: "test-en.xml" }).click();
await page.waitForFunction(() => document.querySelectorAll("#list button").length < 28 &&
                                 document.querySelector("#list [aria-current]"));
const count = await page.locator("#list button").count();
check("the form of the test is listed", count === 13, String(count));
for (let at = 0; at < count; ++at) {
  const id = await page.locator("#list [aria-current] small").innerText();
  await page.waitForFunction(() => document.getElementById("frame").contentWindow.assayPlayer);
  await page.waitForFunction((wanted) => document.getElementById("side").dataset.shown === wanted, id);
  if (await page.locator("#show-key").isEnabled()) await press("#show-key");
  if (at === 1) await shot("test");
  await press("#next");
  await page.waitForFunction((wanted) => {
    const now = document.querySelector("#list [aria-current] small");
    return !now || now.textContent !== wanted || !document.getElementById("empty").hidden;
  }, id);
}
check("the test comes to its end", await page.locator("#empty").isVisible());
check("the test has outcomes", await said("Outcomes of the test"), await side());
await shot("end");
const violations = (await Promise.all(page.frames().map((frame) => frame.evaluate(() => window.violations)))).flat();
check("nothing breaks the policy", violations.length === 0, violations.join("; "));
check("no error in any page", errors.length === 0, errors.join("; "));

await context.close();
await rm(profile, { recursive: true, force: true });
served.kill("SIGINT");
check("Ctrl+C ends the program without complaint", (await ended) === 0);
process.exit(failures === 0 ? 0 : 1);
