// Once per page of the browser: one entry of the history for each choice, the colours in force, the way to the chart
// that a link names, and the height of an embedded chart.

// Streamlit adds an entry to the history whenever the server writes the address. What no press of the user's led to (an
// address completed after a page was opened) takes the place of the entry before it, so that Back needs one press.
function keepHistory() {
  if (window.historyOfDashboard) return;
  window.historyOfDashboard = true;
  let fresh = true;
  for (const press of ["pointerdown", "keydown"]) addEventListener(press, () => { fresh = false; }, true);
  const [push, replace] = [history.pushState.bind(history), history.replaceState.bind(history)];
  history.pushState = (state, unused, address) => {
    const [to, from] = [new URL(address, location.href), new URL(location.href)];
    if (to.href === from.href) return;
    const completes = fresh && to.pathname === from.pathname;
    (completes ? replace : push)(state, unused, address);
    fresh = true;
    if (to.pathname !== from.pathname) window.landedOnChart = undefined;
  };
  // A bare address reached with Back stands for the defaults. The server takes a bare address for a click in the menu,
  // which keeps what was chosen: so it is given a choice that is a default.
  addEventListener("popstate", () => {
    fresh = true;
    window.landedOnChart = undefined;
    if (!location.search) replace(history.state, "", `${location.pathname}?lang=en${location.hash}`);
  }, true);
}

// The chart that the link names comes into view and is outlined for a while. Charts above it that are drawn later push
// it down: it is followed until the page is at rest, or the user takes over.
function land(key) {
  if (!key || window.landedOnChart === key) return;
  window.landedOnChart = key;
  const ends = performance.now() + 12_000;
  let [still, last] = [0, null];
  const over = new AbortController();
  for (const act of ["wheel", "touchstart", "keydown", "pointerdown"]) {
    addEventListener(act, () => over.abort(), { capture: true, passive: true, signal: over.signal });
  }
  const step = () => {
    if (over.signal.aborted || window.landedOnChart !== key) return;
    const chart = document.querySelector(`.st-key-chart_${CSS.escape(key)}`);
    if (chart) {
      if (!chart.dataset.landed) outline(chart);
      const top = chart.getBoundingClientRect().top;
      still = last !== null && Math.abs(top - last) < 1 ? still + 1 : 0;
      if (still === 0) chart.scrollIntoView({ block: "start" });
      last = chart.getBoundingClientRect().top;
      if (still > 25) return over.abort();
    }
    if (performance.now() < ends) setTimeout(step, 100);
  };
  step();
}

function outline(chart) {
  chart.dataset.landed = "yes";
  const accent = getComputedStyle(document.querySelector(".stApp")).getPropertyValue("--st-primary-color") || "#0b63c5";
  Object.assign(chart.style, { outline: `3px solid ${accent}`, outlineOffset: "6px", scrollMarginTop: "76px" });
  setTimeout(() => { chart.style.outline = ""; delete chart.dataset.landed; }, 4_000);
}

// Tells the page around an embedded chart how high it is: {"tradeChartHeight": 712}.
function tellHeight(embedded) {
  if (!embedded || window.parent === window || window.heightOfChart) return;
  const tell = () => {
    const chart = document.querySelector(".st-key-embedded");
    if (!chart) return;
    const height = Math.ceil(chart.getBoundingClientRect().bottom + window.scrollY + 24);
    if (height !== window.heightOfChart) parent.postMessage({ tradeChartHeight: window.heightOfChart = height }, "*");
  };
  window.heightOfChart = 1;
  setInterval(tell, 300);
}

// Plotly shows a hand over whatever a click would reach; here only where it does something.
function styleCursors() {
  if (window.cursorsOfCharts) return;
  window.cursorsOfCharts = new CSSStyleSheet();
  window.cursorsOfCharts.replaceSync(`
    .js-plotly-plot .plotly .drag, .js-plotly-plot .plotly .geo, .js-plotly-plot .plotly .geo path { cursor: default; }
    [data-testid=stButtonGroup] button, [data-testid=stPopover] button { min-height: 2.5rem; }
    [class*=_opens] .js-plotly-plot .plotly .drag, [class*=_opens] .js-plotly-plot .plotly .geo path { cursor: pointer; }
  `);
  document.adoptedStyleSheets.push(window.cursorsOfCharts);
}

export default function ({ parentElement, data, setTriggerValue }) {
  document.documentElement.lang = data.lang;
  const host = parentElement.host ?? parentElement;
  const shade = getComputedStyle(host).getPropertyValue("--st-background-color").trim();
  if (window.shadeOfDashboard && window.shadeOfDashboard !== shade) setTriggerValue("changed", shade);
  window.shadeOfDashboard = shade;
  keepHistory();
  styleCursors();
  land(data.chart);
  tellHeight(data.embedded);
}
