// Drawings and the tools beside an item: the part of player.mjs that is about no plain answer.
import { readFile } from "node:fs/promises";
import { join } from "node:path";

export async function checkAids({ page, context, folder, shots, open, check, click, focus, press, tabTo, value }) {
  const drawn = () => page.evaluate(() => {
    const last = window.posted.filter((each) => each.type === "file").pop();
    return last && last.id === "RESPONSE" && last.result === "RESPONSE.svg" ? last.text : "";
  });
  const lineOf = async (n) => ((await drawn()).match(/points="[^"]*"/g) || [])[n] || "";
  await open("drawing");
  {
    const box = await page.locator(".stage").boundingBox();
    const to = (x, y) => [box.x + (x * box.width) / 480, box.y + (y * box.height) / 300];
    await page.mouse.move(...to(100, 100));
    await page.mouse.down();
    await page.mouse.move(...to(200, 100), { steps: 4 });
    await page.mouse.up();
    check("a line is drawn with the mouse", /^points="100,100( 1\d\d,100)* 200,100"$/.test(await lineOf(0)), await drawn());
    const touch = await context.newCDPSession(page);
    const finger = (type, points) => touch.send("Input.dispatchTouchEvent", { type, touchPoints: points });
    await finger("touchStart", [{ x: to(50, 200)[0], y: to(50, 200)[1] }]);
    await finger("touchMove", [{ x: to(90, 220)[0], y: to(90, 220)[1] }]);
    await finger("touchEnd", []);
    check("a line is drawn with a finger", /^points="50,200 90,220"$/.test(await lineOf(1)), await drawn());
    if (shots) await page.screenshot({ path: join(shots, "drawing.answered.png"), fullPage: true });
    const kept = await drawn();
    await click(".draw-erase");
    await page.mouse.click(...to(150, 100));
    check("the eraser takes the line that it touches", /"50,200/.test(await lineOf(0)) && (await lineOf(1)) === "", await drawn());
    await click(".draw-erase");
    await click(".draw-clear");
    check("a drawing can be cleared", (await lineOf(0)) === "" && (await drawn()).includes("viewBox=\"0 0 480 300\""));
    await open("drawing");
    await tabTo(".stage");
    await press("Enter", "ArrowRight", "ArrowRight", "ArrowDown", "Enter", "ArrowUp", "Enter", "ArrowLeft", "Enter");
    check("lines are drawn with the keyboard alone", (await lineOf(0)) === 'points="240,150 250,150 260,150 260,160"' &&
          (await lineOf(1)) === 'points="260,150 250,150"', await drawn());
    await press("Delete");
    check("the last line is taken back by keyboard", (await lineOf(1)) === "" && (await lineOf(0)) !== "");
    await open("drawing");
    await page.evaluate((text) => window.assayPlayer.setState({
      responses: { RESPONSE: [`${"ab".repeat(32)} 9 image/svg+xml RESPONSE.svg`] }, texts: { "RESPONSE.svg": text } }), kept);
    check("a stored drawing comes back and is not sent again", (await page.locator(".strokes polyline").count()) === 2 &&
          (await drawn()) === "" && (await page.locator(".ia-drawing.answered").count()) === 1);
    await page.evaluate(() => window.assayPlayer.setEnabled(false));
    await page.mouse.click(...to(20, 20));
    check("a locked drawing stays as it is", (await drawn()) === "" && (await page.locator(".ia-drawing button:enabled").count()) === 0);
  }

  const aid = (tool) => page.evaluate((wanted) => {
    const found = window.posted.filter((each) => each.type === "aid" && each.id === wanted).pop();
    return found ? found.text : null;
  }, tool);
  const tool = (name) => `[data-tool=${name}]`;
  const answers = () => page.evaluate(() => window.posted.filter((each) => each.type === "response").length);
  async function toolTo(name) {
    await tabTo(".tools button");
    for (let i = 0; i < 10; ++i) {
      if (await page.evaluate((each) => document.activeElement.matches(each), tool(name))) return;
      await press("ArrowRight");
    }
    throw new Error(`no arrow leads to ${name}`);
  }
  await open("choice");
  check("an item without allowed tools shows none", (await page.locator(".tools").count()) === 0);
  await open("choice-tools");
  check("allowed tools stand in one bar", (await page.locator(".tools button").count()) === 8);

  // Eliminator, by mouse and by keyboard.
  await click(tool("eliminator"));
  await click("li:has([value=m2]) .strike");
  check("a choice is struck out", (await aid("eliminator")) === '["RESPONSE m2"]' && (await page.locator("li.struck [value=m2]").count()) === 1);
  check("a struck choice is no answer", (await answers()) === 0);
  if (shots) await page.screenshot({ path: join(shots, "tools.eliminator.png"), fullPage: true });
  await open("choice-tools");
  await toolTo("eliminator");
  await press("Enter");
  await tabTo("[data-choice='RESPONSE m2'].strike");
  await press("Enter");
  check("a choice is struck out by keyboard", (await aid("eliminator")) === '["RESPONSE m2"]');
  await press("Enter");
  check("and taken back", (await aid("eliminator")) === "[]");

  // Answer mask.
  await open("choice-tools");
  await toolTo("mask");
  await press("Space");
  check("every choice is covered", (await page.locator("li.masked").count()) === (await page.locator(".choice").count()));
  await tabTo(".cover");
  await press("Enter");
  check("one is looked at by keyboard", (await page.locator("li:not(.masked) .choice").count()) === 1);
  await click("li:has([value=m2]) .cover");
  check("and another by mouse", (await page.locator("li:not(.masked) .choice").count()) === 2);
  await click(tool("mask"));
  check("without the mask nothing is covered", (await page.locator("li.masked").count()) === 0);

  // Highlighter: a selection, a paragraph by keyboard, and back after a reload.
  await open("choice-tools");
  await click(tool("highlighter"));
  {
    const at = await page.evaluate(() => {
      const text = document.querySelector("#item p").firstChild;
      const range = document.createRange();
      range.setStart(text, 0);
      range.setEnd(text, 3);
      const box = range.getBoundingClientRect();
      return [box.left + 1, box.top + box.height / 2, box.right - 1];
    });
    await page.mouse.move(at[0], at[1]);
    await page.mouse.down();
    await page.mouse.move(at[2], at[1], { steps: 5 });
    await page.mouse.up();
  }
  check("a selection is highlighted", (await page.locator("mark.highlight").allInnerTexts()).join("") === "防火墙", await page.locator("#item").innerHTML());
  const marks = await aid("highlighter");
  if (shots) await page.screenshot({ path: join(shots, "tools.highlighter.png"), fullPage: true });
  await open("choice-tools");
  await page.evaluate((text) => window.assayPlayer.setState({ responses: {}, aids: { highlighter: text, notes: "明天" } }), marks);
  check("a highlight comes back on the same words", (await page.locator("mark.highlight").allInnerTexts()).join("") === "防火墙");
  await toolTo("highlighter");
  await press("Enter");
  await tabTo("p.to-mark");
  await press("Enter");
  check("a paragraph is highlighted by keyboard", (await page.locator("mark.highlight").allInnerTexts()).join("").startsWith("防火墙按规则表"));
  await press("Enter");
  check("and taken back", (await page.locator("mark.highlight").count()) === 0);
  await press("Enter");
  await click(tool("highlighter"));
  await click(".choice:has([value=m1])");
  check("a highlighted item is answered as before", (await value("RESPONSE")).join() === "m1");

  // Line reader, notes, read-aloud.
  await open("choice-tools");
  await toolTo("line-reader");
  await press("Enter");
  const line = () => page.evaluate(() => parseFloat(document.querySelector(".line-reader").style.getPropertyValue("--line")));
  await page.mouse.move(400, 400);
  check("the line reader follows the mouse", Math.abs((await line()) - 50) < 1, String(await line()));
  await tabTo(".line-handle");
  await press("ArrowDown");
  check("and the arrow keys", (await line()) > 52 && (await line()) < 54, String(await line()));
  await click(".choice:has([value=m1])");
  check("what lies below can be answered", (await value("RESPONSE")).join() === "m1");
  if (shots) await page.screenshot({ path: join(shots, "tools.line-reader.png") });
  await open("choice-tools");
  await toolTo("notes");
  await press("Enter");
  await page.keyboard.insertText("先看第二题");
  check("notes go to the host", (await aid("notes")) === "先看第二题");
  await page.evaluate(() => window.assayPlayer.setState({ responses: {}, aids: { notes: "旧的" } }));
  check("notes come back", (await page.locator(".panel-notes textarea").inputValue()) === "旧的");
  await open("choice-tools");
  await toolTo("read-aloud");
  await press("Enter");
  await click(".panel-read-aloud button");
  check("the item is read aloud by the host", await page.evaluate(() => {
    const last = window.posted.filter((each) => each.type === "speak").pop();
    return last && last.id === "zh-CN" && last.text.includes("防火墙按规则表") && !last.text.includes("开始");
  }));
  await click(tool("read-aloud"));
  check("and falls silent when the tool is closed", await page.evaluate(() => window.posted.at(-1).type === "hush"));

  // Calculators: keys and typing give what the scorer gives.
  await open("choice-tools");
  await click(tool("calculator"));
  for (const key of ["7", "÷", "2"]) await page.locator(".panel-calculator .key", { hasText: key }).first().click();
  await click(".panel-calculator .equals");
  check("the calculator works by mouse", (await page.locator(".panel-calculator output").innerText()) === "= 3.5");
  check("the basic one has no functions", (await page.locator(".panel-calculator .key", { hasText: "sin" }).count()) === 0);
  if (shots) await page.screenshot({ path: join(shots, "tools.calculator.png"), fullPage: true });
  await open("choice-tools", "en");
  await toolTo("scientific");
  await press("Enter");
  for (const [typed, wanted] of JSON.parse(await readFile(join(folder, "sums.json"), "utf8"))) {
    await press("Escape");
    await page.keyboard.insertText(typed);
    await press("Enter");
    const found = (await page.locator(".panel-scientific output").innerText()).slice(2);
    const same = wanted === null ? found === "no result" : Number(found) === wanted;
    check(`the calculator agrees with the scorer on ${typed}`, same, `${found}, the scorer ${wanted}`);
  }
  for (const [typed, wanted] of [["sqrt(16)", "4"], ["50%×2", "1"], ["2π", "no result"], ["2×π", "6.28318530718"], ["(1+2", "no result"], ["--3", "3"]]) {
    await press("Escape");
    await page.keyboard.insertText(typed);
    await press("Enter");
    const found = (await page.locator(".panel-scientific output").innerText()).slice(2);
    check(`${typed} gives ${wanted}`, found === wanted, found);
  }
  await page.locator(".panel-scientific .key", { hasText: "Degrees" }).click();
  await focus(".panel-scientific .sum");
  await press("Escape");
  await page.keyboard.insertText("sin(30)");
  await press("Enter");
  check("angles may be degrees", (await page.locator(".panel-scientific output").innerText()) === "= 0.5");
}
