// A page as a brief of one sheet of A4 or Letter: its cards, its text and its charts, each drawn anew for its place by what
// also draws slides (static/slideshow/fit.js), so that no letter is smaller than seven points.

const SHEET = { width: 686, height: 940 };  // px inside margins of 14 mm: the width of A4, the height of Letter
const ACROSS = 2, MOST = 4, BETWEEN = 16;  // charts beside each other, in all, and px between them
const SHRUNK = 0.68;  // a chart's letters have at least 14 px before
const LOWEST = 150;  // px of a chart on the sheet; where they would be lower, the last are left out
const NOTE_LINES = 3, PATIENCE = 30_000;  // lines of sources and notes; ms that a page that is still computed is waited for

const made = (tag, className, ...inside) => {
  const node = Object.assign(document.createElement(tag), { className });
  node.append(...inside);
  return node;
};
const textOf = (query, within = document) => within.querySelector(query)?.innerText.trim() ?? "";

// Until the page is computed and its charts have their addresses.
const computed = () => new Promise((done) => {
  const ends = Date.now() + PATIENCE;
  const look = () => {
    const runs = document.querySelector("[data-test-script-state]")?.dataset.testScriptState === "running";
    if (Date.now() > ends || !runs) done();
    else setTimeout(look, 100);
  };
  look();
});

// The first charts of a brief that the page shows, as the server gives them for the choices in force.
async function chartsOf(brief) {
  const hosts = brief.charts.map((key) => document.querySelector(`[data-chart="${key}"]`)).filter(Boolean).slice(0, MOST);
  const answers = await Promise.all(hosts.map((host) => fetch(host.dataset.rows.replace(/\.csv(?=$|\?)/, ".json"))));
  const charts = await Promise.all(answers.map((answer) => answer.json()));
  return charts.filter((chart) => chart.figure);
}

function cardsOf() {
  const cards = [...document.querySelectorAll("[data-testid=stMain] [data-testid=stMetric]")].map((metric) => {
    const texts = [...metric.closest("[data-testid=stVerticalBlock]").querySelectorAll("[data-testid=stMarkdownContainer] p")];
    const beside = texts.find((text) => !metric.contains(text))?.innerText ?? "";
    return made("div", "card", made("p", "", textOf("[data-testid=stMetricLabel]", metric)),
      made("p", "amount", textOf("[data-testid=stMetricValue]", metric)),
      made("p", "", textOf("[data-testid=stMetricDelta]", metric)), made("p", "", beside));
  });
  return made("div", "cards", ...cards);
}

// Under a chart: who published its figures, and as many of its notes as a few lines hold.
function sourceOf(chart, brief) {
  const say = (key, values) => brief.words[key].replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  const producers = [...new Set(chart.sources.map(({ producer }) => producer))].join(brief.words.semicolon);
  const parts = [...(producers ? [say("source", { sources: producers })] : []), ...chart.notes];
  return (count) => [...parts.slice(0, count), ...(count < parts.length ? [say("brief_notes", { count: parts.length - count })] : [])]
    .join(brief.words.space);
}

function panelOf(chart, brief) {
  const about = made("p", "", chart.subtitle), source = made("p", "source"), box = made("div", "plot", made("div", ""));
  return { chart, about, source, box, text: sourceOf(chart, brief), node: made("section", "", made("h2", "", chart.headline), about, box, source) };
}

function cutNotes({ chart, source, text }) {
  for (let count = chart.notes.length + 1; count > 0; count -= 1) {
    source.textContent = text(count);
    if (source.clientHeight <= NOTE_LINES * parseFloat(getComputedStyle(source).lineHeight) + 1) return;
  }
}

async function drawn(panel, height, brief) {
  const { chart, about, box } = panel, place = box.firstChild, width = (SHEET.width - BETWEEN) / ACROSS;
  const palette = brief.palettes.light;
  const painted = JSON.parse(brief.colours.reduce((text, colour) => text.replaceAll(colour.live, colour.light), JSON.stringify(chart.figure)));
  const { left, data, layout } = window.fitted(painted, width / SHRUNK, height / SHRUNK, { muted: palette.muted, full: palette.text });
  if (left) about.append(` · ${brief.words[left.kind].replace("{count}", left.count).replace("{all}", left.all)}`);
  Object.assign(place.style, { width: `${width / SHRUNK}px`, height: `${height / SHRUNK}px`, transform: `scale(${SHRUNK})` });
  await window.Plotly.newPlot(place, { data, layout, config: { staticPlot: true, displayModeBar: false } });
  await window.settle(place, SHRUNK, () => true);
  await widened(place);
}

// A chart on a page keeps room at its right for labels that may be longer: here the plot takes what they leave.
async function widened(place) {
  const frame = place.getBoundingClientRect();
  const rights = [...place.querySelectorAll("svg text, .plot, .geo")].map((part) => part.getBoundingClientRect().right);
  const spare = (frame.right - Math.max(...rights)) / SHRUNK;
  if (spare > 8) await window.Plotly.relayout(place, { "margin.r": Math.max(place._fullLayout.margin.r - spare + 2, 2) });
}

// The brief beside the page, ready to be printed; null where the page has none or its charts do not come.
async function composeBrief(data) {
  document.getElementById("brief")?.remove();
  const { brief } = data;
  if (!brief) return null;
  await computed();
  try {
    const [charts] = await Promise.all([
      chartsOf(brief), drawingReady(brief.scripts), outlinesReady(brief.topojson, brief.world),
    ]);
    const head = made("header", "", ...[data.site, location.href, data.day].map((text) => made("span", "", text)));
    const title = made("h1", "", brief.words.brief_title.replace("{page}", textOf("h1")).replace("{part}", textOf("[data-testid=stMain] h2")));
    const texts = [brief.reach, textOf(".st-key-brief_text")].map((text) => made("p", "", text));
    const panels = charts.map((chart) => panelOf(chart, brief)), grid = made("main", "", ...panels.map(({ node }) => node));
    const sheet = Object.assign(made("div", "", head, title, ...texts, cardsOf(), grid), { id: "brief" });
    document.body.append(sheet);
    panels.forEach(cutNotes);
    const roomFor = () => (SHEET.height - sheet.getBoundingClientRect().height) / Math.ceil(panels.length / ACROSS);
    while (panels.length > 1 && roomFor() < LOWEST) panels.pop().node.remove();
    const room = Math.floor(roomFor());
    for (const { box } of panels) box.style.height = `${room}px`;
    for (const panel of panels) await drawn(panel, room, brief);
    return sheet;
  } catch (error) {
    console.warn(error);
    document.getElementById("brief")?.remove();
    return null;
  }
}
