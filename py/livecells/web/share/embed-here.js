/**
 * Both ends of a frame on another site, at one lasting address: `figures/embed.js`.
 *
 *     <script async src="https://…/figures/embed.js" data-figure="ID" data-title="What it shows"></script>
 *
 * In a page that says what to show it puts the frame below its own tag; in the frame it tells the page how high it is. The frame
 * listens to nobody, and the page takes nothing but a height, and that only from its own frame.
 */

(() => {
  const LOWEST = 80;
  const HIGHEST = 4000;
  const SANDBOX = "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-downloads";
  const script = document.currentScript;
  if (!(script instanceof HTMLScriptElement)) return;
  const { figure, title = "" } = script.dataset;
  if (figure === undefined) return tellHeight();
  if (!/^[a-z0-9-]+$/.test(figure)) return console.warn(`There is no figure called ${figure}.`);
  const frame = document.createElement("iframe");
  const { style } = frame;
  Object.assign(frame, { src: new URL(`${figure}.html`, script.src).href, title, loading: "lazy" });
  frame.setAttribute("sandbox", SANDBOX);
  Object.assign(style, { width: "100%", height: "420px", border: "0", colorScheme: "light dark" });
  addEventListener("message", ({ source, data }) => {
    if (source !== frame.contentWindow || typeof data !== "object" || data === null) return;
    const { livecellsHeight: height } = data;
    if (Number.isFinite(height)) style.height = `${Math.min(Math.max(height, LOWEST), HIGHEST)}px`;
  });
  script.after(frame);

  function tellHeight() {
    if (parent === self) return;
    const tell = () => parent.postMessage({ livecellsHeight: Math.ceil(document.body.getBoundingClientRect().height) }, "*");
    addEventListener("DOMContentLoaded", () => new ResizeObserver(tell).observe(document.body));
  }
})();
