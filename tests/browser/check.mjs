// Looks at the served page in a real browser: a newcomer's three questions on the demo archive, axe-core on every kind of page,
// keys, the brush, no scripts at all, and no request to any other host.
//
//   HEARSAY=path/to/hearsay CHROMIUM=path/to/chromium node check.mjs [FOLDER FOR SCREENSHOTS]

import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { chromium } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const hearsay = resolve(process.env.HEARSAY ?? "../../target/debug/hearsay");
const browserPath = process.env.CHROMIUM ?? ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);
const room = mkdtempSync(join(tmpdir(), "hearsay-browser-"));
const shots = resolve(process.argv[2] ?? join(room, "shots"));
mkdirSync(shots, { recursive: true });

const faults = [];
const check = (holds, what) => {
  if (!holds) faults.push(what);
  console.log(`${holds ? "ok  " : "FAIL"} ${what}`);
};

execFileSync(hearsay, ["demo", "-q", "-o", "demo.hearsay"], { cwd: room, stdio: "ignore" });
const server = spawn(hearsay, ["serve", "demo.hearsay"], { cwd: room, stdio: ["ignore", "pipe", "ignore"] });
const base = await new Promise((found) => server.stdout.once("data", (line) => found(String(line).trim().replace(/\/$/, ""))));
const browser = await chromium.launch({ executablePath: browserPath, args: ["--no-sandbox"] });

/** A fresh window that tells of errors and of requests to elsewhere. */
async function open(options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, ...options });
  const page = await context.newPage();
  page.on("request", (r) => r.url().startsWith(base) || faults.push(`asked another host: ${r.url()}`));
  page.on("console", (m) => m.type() === "error" && faults.push(`console: ${m.text()}`));
  page.on("pageerror", (e) => faults.push(`script: ${e}`));
  return page;
}

/** What axe-core finds wrong. */
async function violations(page) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  return found.violations.map((v) => `${v.id}: ${v.nodes[0].html.slice(0, 140)} (${v.nodes[0].any[0]?.message ?? v.help})`);
}

try {
  const page = await open();

  // Who says so, and who denies it.
  await page.goto(base);
  await page.screenshot({ path: join(shots, "start.png"), fullPage: true });
  await page.click("nav >> text=Claim board");
  await page.screenshot({ path: join(shots, "board.png") });
  const denial = page.locator(".board .chip.against").first();
  const linked = (await page.locator("main >> text=has no incidents yet").count()) === 0;
  if (!linked) console.log("absent: this version joins no incidents, so the claim board is empty");
  if (linked) {
    check((await denial.count()) === 1, "the claim board names one who denies");
    check((await page.locator(".board tr:has(.chip.against) .chip.for").count()) > 0, "beside one who asserts");
  }
  if (linked && (await denial.count())) {
    await denial.click();
    check(/\/articles\/.*row=/.test(page.url()), "two clicks lead to the sentence of a denial");
    check(await page.locator(".sent[aria-current]").isVisible(), "the sentence is in sight");
    await page.screenshot({ path: join(shots, "reader.png") });
  }

  // What passed between two.
  await page.goto(base);
  await page.locator("a[href^='/actors/']", { hasText: "Iven Liberation Front" }).first().click();
  await page.screenshot({ path: join(shots, "actor.png") });
  const pair = page.locator("aside a[href^='/pair/']").first();
  await pair.click();
  check(/\/pair\//.test(page.url()), "two clicks lead to what passed between two");
  const between = new URL(page.url()).pathname;
  check((await page.locator("main .row .sentence a").count()) > 0, "with sentences to open");
  check((await page.locator("h3.year").count()) > 0, "year by year");
  await page.screenshot({ path: join(shots, "pair.png"), fullPage: true });

  // Every anonymous source and what it said.
  await page.goto(base);
  await page.click("nav >> text=Sources");
  check((await page.locator("main .row .tag", { hasText: "anonymous" }).count()) > 2, "one click leads to what anonymous sources said");
  await page.screenshot({ path: join(shots, "sources.png") });

  // Keys and the brush.
  await page.goto(base);
  await page.keyboard.press("Tab");
  check(await page.locator(".skip").evaluate((e) => e === document.activeElement), "the first stop skips to the content");
  await page.locator(".skip").blur();
  await page.keyboard.press("/");
  check(await page.locator("#q").evaluate((e) => e === document.activeElement), "/ goes to the search");
  await page.locator("#q").blur();
  await page.keyboard.press("g");
  await Promise.all([page.waitForURL(/timeline/), page.keyboard.press("t")]);
  check(true, "g t goes to the timeline");
  const box = await page.locator("svg[data-brush]").boundingBox();
  await page.mouse.move(box.x + box.width * 0.2, box.y + 30);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.5, box.y + 34, { steps: 5 });
  await page.mouse.move(box.x + box.width * 0.7, box.y + 34, { steps: 5 });
  await Promise.all([page.waitForURL(/from=.*to=/), page.mouse.up()]);
  check(true, "drawing over the timeline chooses a span");

  // Every kind of page, light and dark, wide and narrow.
  const arabic = await (async () => {
    await page.goto(`${base}/articles`);
    return page.locator("th[lang=ar] a").first().getAttribute("href");
  })();
  await page.goto(`${base}/claims?stance=denies`);
  const row = await page.locator(".row .sentence a").first().getAttribute("href");
  await page.goto(`${base}/board?show=all`);
  const incident = linked ? await page.locator("a[href^='/incidents/']").first().getAttribute("href") : "/board?show=all";
  await page.goto(base);
  const actor = await page.locator("main a[href^='/actors/']").first().getAttribute("href");
  const kinds = { start: "/", timeline: "/timeline", board: "/board", incident, pair: between, actors: "/actors", actor, network: "/network", map: "/map", sources: "/sources", events: "/events", claims: "/claims", articles: "/articles", reader: row, arabic, search: "/search?q=border", help: "/help", failures: "/failures" };
  for (const [colorScheme, width] of [["light", 1280], ["dark", 1280], ["light", 390]]) {
    const look = await open({ colorScheme, viewport: { width, height: 860 } });
    for (const [name, path] of Object.entries(kinds)) {
      await look.goto(base + path);
      const found = await violations(look);
      check(found.length === 0, `${name}, ${colorScheme}, ${width} px: no violation${found.map((f) => `\n       ${f}`).join("")}`);
      const wide = await look.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      check(wide <= 0, `${name}, ${colorScheme}, ${width} px: nothing sticks out`);
      await look.screenshot({ path: join(shots, `${name}-${colorScheme}-${width}.png`) });
    }
  }

  // Every stop of the keyboard can be seen, and none is left out. Pictures are hidden from it: their tables tell the same.
  for (const [name, path] of Object.entries({ start: "/", pair: between })) {
    await page.goto(base + path);
    const stops = await page.evaluate(() => {
      const all = document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]");
      return [...all].filter((e) => e.tabIndex >= 0 && !e.closest("[aria-hidden=true]") && e.checkVisibility({ visibilityProperty: true }) && e.id !== "main").length;
    });
    const most = Math.min(stops, 60);
    const dim = [];
    await page.evaluate(() => (window.stops = new Set()));
    for (let n = 0; n < most; n++) {
      await page.keyboard.press("Tab");
      const seen = await page.evaluate(() => {
        const at = document.activeElement;
        window.stops.add(at);
        const [box, style] = [at.getBoundingClientRect(), getComputedStyle(at)];
        return box.width > 0 && box.right > 0 && style.outlineStyle !== "none" ? "" : at.outerHTML.slice(0, 120);
      });
      if (seen) dim.push(seen);
    }
    const reached = await page.evaluate(() => window.stops.size);
    check(reached >= most, `${name}: the keyboard reaches ${reached} of its first ${most} stops`);
    check(dim.length === 0, `${name}: each stop can be seen${dim.map((d) => `\n       ${d}`).join("")}`);
  }

  // The forms of corrections.
  await page.goto(`${base}/events`);
  const event = await page.locator(".row .sentence a").first().getAttribute("href");
  const looked = async (look, what) => {
    const found = await violations(look);
    check(found.length === 0, `${what}: no violation${found.map((f) => `\n       ${f}`).join("")}`);
  };
  for (const [colorScheme, width] of [["light", 1280]]) {
    const look = await open({ colorScheme, viewport: { width, height: 860 } });
    const where = `${colorScheme}, ${width} px`;
    for (const [name, path] of Object.entries({ claim: row, event, actor, incident })) {
      await look.goto(base + path);
      await look.locator(".correct > summary").first().focus();
      await look.keyboard.press("Enter");
      check(await look.locator(".correct select").first().isVisible(), `the form of a ${name}, ${where}: it opens by a key`);
      await looked(look, `the form of a ${name}, ${where}`);
      await look.screenshot({ path: join(shots, `form-${name}-${colorScheme}-${width}.png`) });
    }
    await look.context().close();
  }

  // A correction that a reader sends reaches the record, stands on the row's page, and can be taken back.
  const send = async (look, form, told) => {
    for (const [name, value] of Object.entries({ ...told, who: "A. Reader" })) {
      const field = form.locator(`[name=${name}]`);
      await ((await field.evaluate((e) => e.tagName)) === "SELECT" ? field.selectOption(value) : field.fill(value));
    }
    await Promise.all([look.waitForNavigation(), form.locator("button").click()]);
  };
  const kept = () => JSON.parse(execFileSync(hearsay, ["sql", "demo.hearsay", "--format", "json", "SELECT count(*) AS n FROM corrections"], { cwd: room })).n;
  const mend = await open();
  await mend.goto(base + event);
  await mend.locator(".correct > summary").first().click();
  await send(mend, mend.locator("form", { has: mend.locator("select[name=act]") }).first(), { act: "re-type", value: "CONSULT", why: "They only talked." });
  check((await mend.locator(".corrections", { hasText: "They only talked." }).count()) > 0, "a correction stands on the page of its row");
  check(kept() === 1, "and in the record");
  await mend.screenshot({ path: join(shots, "corrected.png") });
  await mend.locator(".corrections details > summary").first().click();
  await send(mend, mend.locator(".corrections form").first(), { why: "It was right." });
  check((await mend.locator(".corrections", { hasText: "They only talked." }).count()) === 0, "and is gone when it is taken back");
  check(kept() === 2, "while the log keeps both");
  await mend.context().close();

  // Without scripts.
  const plain = await open({ javaScriptEnabled: false });
  for (const path of Object.values(kinds)) {
    const answer = await plain.goto(base + path);
    check(answer.status() === 200 && (await plain.locator("h1").count()) > 0, `${path.split("?")[0]} without scripts`);
  }
  check((await (await plain.goto(base + arabic), plain.locator("article p[dir=auto]").first()).evaluate((p) => getComputedStyle(p).direction)) === "rtl", "Arabic runs from right to left");
} catch (error) {
  faults.push(String(error));
} finally {
  await browser.close();
  server.kill();
  rmSync(join(room, "demo.hearsay"), { force: true });
}

console.log(`screenshots: ${shots}`);
if (faults.length) {
  console.error(`\n${faults.length} faults:\n${faults.join("\n")}`);
  process.exit(1);
}
