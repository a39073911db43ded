// The parts of plotly.js that charts need: the traces that trade/charts/figure.py can add ("scatter" is in the core).
const Plotly = require("plotly.js/lib/core");
const Events = require("plotly.js/src/lib/events");
Plotly.register([
  require("plotly.js/lib/bar"),
  require("plotly.js/lib/choropleth"),
  require("plotly.js/lib/heatmap"),
  require("plotly.js/lib/scattergeo"),
  require("plotly.js/lib/treemap"),
]);

// Streamlit hands over all charts of a new page at once, and each twice: hidden, before it knows how wide its place is,
// and then to be seen. Of the first nothing is drawn. The others are drawn in the order of the page, each in a task of
// its own, so that the first is seen while the last is still to come. A chart that stands is drawn anew at once: Streamlit
// takes what it finds after that for what it asked for.
const { react } = Plotly;
const waiting = [];
let busy = false;

async function drawAll() {
  busy = true;
  while (waiting.length) {
    await new Promise((done) => setTimeout(done));
    waiting.sort((a, b) => (a.place.compareDocumentPosition(b.place) & Node.DOCUMENT_POSITION_PRECEDING ? 1 : -1));
    const { place, figure, done, failed } = waiting.shift();
    try {
      // not waited for: a map is done when its outlines have come
      if (place.isConnected) react(place, figure).then(done, failed);
      else done(place);  // its page has been left meanwhile
    } catch (error) {
      failed(error);
    }
  }
  busy = false;
}

Plotly.react = (place, figure) => {
  if (place._fullLayout) return react(place, figure);
  if (place.style.visibility === "hidden") {
    Events.init(place);
    return Promise.resolve(Object.assign(place, { data: figure.data, layout: figure.layout }));
  }
  return new Promise((done, failed) => {
    waiting.push({ place, figure, done, failed });
    if (!busy) drawAll();
  });
};
module.exports = Plotly;
