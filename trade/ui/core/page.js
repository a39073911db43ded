// What the browser does for the page as a whole: the colours in force, the way to the chart that a link names, the choices
// in force once their controls are out of sight, the contents of the page, the height of an embedded chart.

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

// Once the controls are out of sight, what they are set to stands at the top; a press leads back to them.
function tellChoices(text, help) {
  const bar = document.getElementById("choices-in-force") ?? document.body.appendChild(document.createElement("button"));
  Object.assign(bar, { id: "choices-in-force", type: "button", textContent: `${text} ↑`, title: help });
  window.choicesInForce = text;
  const main = document.querySelector("[data-testid=stMain]");
  if (!main || main.dataset.tellsChoices) return;
  main.dataset.tellsChoices = "yes";
  const place = () => {
    const column = document.querySelector("[data-testid=stMain] h1")?.getBoundingClientRect();
    bar.hidden = !window.choicesInForce || !column || column.bottom > -160;
    if (column) bar.style.left = `${column.left}px`;
  };
  bar.onclick = () => main.scrollTo({ top: 0 });
  main.addEventListener("scroll", place, { passive: true });
  setInterval(place, 500);
  place();
}

// Plotly shows a hand over whatever a click would reach; here only where it does something.
function styleCursors() {
  if (window.cursorsOfCharts) return;
  window.cursorsOfCharts = new CSSStyleSheet();
  window.cursorsOfCharts.replaceSync(`
    .js-plotly-plot .plotly .drag, .js-plotly-plot .plotly .geo, .js-plotly-plot .plotly .geo path { cursor: default; }
    @media (min-width: 1800px) {
      .st-key-column { width: min(100%, 1440px) !important; max-width: 1440px; }
    }
    #choices-in-force {
      position: fixed; top: 0.7rem; z-index: 999991; max-width: min(70vw, 60rem); overflow: hidden; white-space: nowrap;
      text-overflow: ellipsis; font: 0.875rem 'Trade Sans', sans-serif; padding: 0.3rem 0.75rem; cursor: pointer;
      border-radius: 6px; border: 1px solid color-mix(in srgb, currentColor 30%, transparent);
    }
    #choices-in-force[hidden] { display: none; }
    @media (max-width: 767px) { #choices-in-force { left: 3.25rem !important; max-width: calc(100vw - 7rem); } }
    @media print { #choices-in-force { display: none; } }
    [data-testid=stButtonGroup] button, [data-testid=stPopover] button { min-height: 2.5rem; }
    [class*=_opens] .js-plotly-plot .plotly .drag, [class*=_opens] .js-plotly-plot .plotly .geo path { cursor: pointer; }
  `);
  document.adoptedStyleSheets.push(window.cursorsOfCharts);
}

// Who comes back from a presentation is led to the chart or step that was shown last.
function comeBack() {
  let place = null;
  try {
    place = JSON.parse(sessionStorage.getItem("slideshow.place"));
    sessionStorage.removeItem("slideshow.place");
  } catch { /* nothing is stored: the page opens at its top */ }
  if (!place || Date.now() - place.at > 60000) return;
  const ends = Date.now() + 15000;
  const look = () => {
    const found = document.querySelector(place.mark);
    if (found) found.scrollIntoView({ block: "center" });
    if (Date.now() < ends && !(found && document.querySelector("[data-testid=stStatusWidget]") === null)) {
      setTimeout(look, 200);
    }
  };
  look();
}

export default function ({ parentElement, data, setTriggerValue }) {
  document.documentElement.lang = data.lang;
  const host = parentElement.host ?? parentElement;
  const shade = getComputedStyle(host).getPropertyValue("--st-background-color").trim();
  if (window.shadeOfDashboard && window.shadeOfDashboard !== shade) setTriggerValue("changed", shade);
  window.shadeOfDashboard = shade;
  styleCursors();
  const look = getComputedStyle(host);
  tellChoices(data.choices, data.help);
  Object.assign(document.getElementById("choices-in-force").style, {
    background: look.getPropertyValue("--st-background-color"), color: look.getPropertyValue("--st-text-color"),
  });
  land(data.chart);
  tellHeight(data.embedded);
  comeBack();
  addEventListener("pageshow", comeBack);
  return () => removeEventListener("pageshow", comeBack);
}
