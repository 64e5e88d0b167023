/**
 * Opens a page in Firefox by WebDriver BiDi, runs its first cell, and prints in which state it ended, how long it took
 * after Python was up, and the end of what it shows.
 *
 *     node --experimental-websocket tests/browser/firefox.mjs FIREFOX PROFILE ADDRESS
 */

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

const PATIENCE_MS = 240_000;
const STATE = `new Promise((resolve) => {
  const cell = document.querySelector("code-cell");
  let since = 0;
  const look = () => {
    if (cell.dataset.state === "busy") since = performance.now();
    if (!["ok", "error", "failed"].includes(cell.dataset.state)) return;
    const took = Math.round(performance.now() - since) + " ms";
    const shown = cell.querySelector("[data-part=outputs]").textContent.slice(-200);
    resolve([cell.dataset.state, document.querySelector("[data-part=runtime]").textContent, took, shown].join(": "));
  };
  cell.addEventListener("livecells:state", look);
  const start = () => {
    const run = [...cell.querySelectorAll("button")].find((one) => one.textContent === "Run");
    run ? run.click() : setTimeout(start, 100);
  };
  start();
})`;

const [firefox = "firefox", profile = "", address = ""] = process.argv.slice(2);
const browser = spawn(firefox, ["--headless", "--no-remote", "--profile", profile, "--remote-debugging-port", "0"]);
setTimeout(() => end(`nothing after ${PATIENCE_MS / 1000} s`), PATIENCE_MS);

const socket = new WebSocket(`${await port()}/session`);
await new Promise((resolve) => socket.addEventListener("open", resolve));
/** @type {Map<number, (answer: any) => void>} */
const asked = new Map();
socket.addEventListener("message", ({ data }) => {
  const answer = JSON.parse(data);
  if (answer.type === "error") end(answer.message);
  asked.get(answer.id)?.(answer.result);
});

await ask("session.new", { capabilities: {} });
const { contexts } = await ask("browsingContext.getTree", {});
const { context } = contexts[0];
await ask("browsingContext.navigate", { context, url: address, wait: "complete" });
const { result } = await ask("script.evaluate", { expression: STATE, target: { context }, awaitPromise: true });
end(result?.value ?? "no answer");

/** @returns {Promise<string>} */
function port() {
  return new Promise((resolve) => {
    createInterface({ input: browser.stderr }).on("line", (line) => {
      const found = /WebDriver BiDi listening on (ws:\S+)/.exec(line);
      if (found?.[1]) resolve(found[1]);
    });
  });
}

/**
 * @param {string} method
 * @param {object} params
 * @returns {Promise<any>}
 */
function ask(method, params) {
  const id = asked.size + 1;
  socket.send(JSON.stringify({ id, method, params }));
  return new Promise((resolve) => asked.set(id, resolve));
}

/** @param {string} said */
function end(said) {
  console.log(said);
  browser.kill();
  process.exit();
}
