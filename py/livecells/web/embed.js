/**
 * Entry of an embedded figure: makes its chart interactive when a reader asks for it, without cells and without Python. Until then
 * nothing but this comes with the picture.
 */

const ask = document.querySelector("button");
if (ask) {
  ask.hidden = false;
  ask.addEventListener("click", async () => {
    const { watchCharts } = await import("./output/chart.js");
    watchCharts(document.body);
    ask.remove();
  });
}
