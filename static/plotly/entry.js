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

// Streamlit hands over all charts of a new page at once, and each twice: without a width, before it knows how wide its
// place is, and then to be seen. Of the first nothing is drawn, though its place may be shown by the time it comes. The
// others are drawn in the order of the page, each in a task of its own, so that the first is seen while the last is still
// to come; a map's outlines are not waited for. A chart that stands is drawn anew at once: Streamlit takes what it finds
// after that for what it asked for. It is not where another theme changes its template alone, which sets no colour of
// ours: the page, which follows the theme, is about to put another chart in its place (trade/ui/core/appearance.py).
const { react, newPlot } = Plotly;
const waiting = [];

// A chart may have other texts for places narrower than NARROW pixels, by trace: its boxes have room for less there. One
// that has the right ones is left as it is: Streamlit would take another object for a change and draw it again, for ever.
const NARROW = 800;

function fitted(place, figure) {
  const texts = figure.layout?.meta?.[(figure.layout?.width ?? place.clientWidth) < NARROW ? "narrow" : "wide"];
  const right = (trace, at) => Object.entries(texts[at] ?? {}).every(([name, words]) => same(trace[name], words));
  if (!texts || figure.data.every(right)) return figure;
  return { ...figure, data: figure.data.map((trace, at) => ({ ...trace, ...texts[at] })) };
}

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

function onlyThemed(place, { data, layout, frames }) {
  const { template: former, ...was } = place.layout, { template, ...is } = layout;
  return !frames?.length && !same(former, template) && same(was, is) && same(place.data, data);
}

function next() {
  waiting.sort((a, b) => (a.place.compareDocumentPosition(b.place) & Node.DOCUMENT_POSITION_PRECEDING ? 1 : -1));
  waiting.shift().draw();
  if (waiting.length) setTimeout(next);
}

Plotly.newPlot = (place, figure) => newPlot(place, fitted(place, figure));

Plotly.react = (place, asked) => {
  const figure = fitted(place, asked);
  const undrawn = () => Promise.resolve(Object.assign(place, { data: figure.data, layout: figure.layout }));
  if (place._fullLayout) return onlyThemed(place, figure) ? undrawn() : react(place, figure);
  if (figure.layout.width === undefined) {
    Events.init(place);
    return undrawn();
  }
  const turn = new Promise((draw) => {
    if (waiting.push({ place, draw }) === 1) setTimeout(next);
  });
  return turn.then(() => (place.isConnected ? react(place, figure) : place));  // its page may have been left meanwhile
};
module.exports = Plotly;
