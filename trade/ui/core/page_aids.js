// What every page needs in the browser: a menu that closes, charts that are walked by key, paper, Streamlit's own words.

const SMALLEST = 390;
const NARROW = 768, LOW = 430;  // pixels of a window in which the menu covers the page, or takes the room of its charts
const COLLAPSE = "[data-testid=stSidebarCollapseButton] button";

const all = (query, within = document) => [...within.querySelectorAll(query)];
const plainly = (text) => String(text ?? "").replace(/<br\s*\/?>/g, ", ").replace(/<[^>]*>/g, "").trim();

// An element of ours beside the page that Streamlit draws.
function beside(id, tag, looks = {}) {
  return document.getElementById(id) ??
    document.body.insertBefore(Object.assign(document.createElement(tag), { id, ...looks }), document.body.firstChild);
}

// --- the menu of a phone covers the page: it closes after a choice and does not come back by itself

function menuCloses(signal) {
  const narrow = () => innerWidth <= NARROW || innerHeight <= LOW;
  const close = () => document.querySelector(COLLAPSE)?.click();
  const open = () => document.querySelector("[data-testid=stSidebar][aria-expanded=true]");
  document.addEventListener("click", (event) => {
    if (narrow() && event.target.closest("[data-testid=stSidebarNavLink]")) setTimeout(close, 60);
  }, { signal });
  if (narrow() && open() && !window.menuOfDashboard) close();
  window.menuOfDashboard = true;
}

// Charts have room for their labels from this width on: a smaller screen shows the page a little smaller.
function roomForLabels() {
  const viewport = document.querySelector("meta[name=viewport]");
  if (viewport && screen.width < SMALLEST) viewport.content = `width=${SMALLEST}`;
}

// --- charts: Tab reaches them, arrows walk their points, Enter chooses

// The points of a chart in the order of its traces, each with its words.
function pointsOf(plot) {
  const told = (point, trace) => plainly(point.htx ?? point.tx ?? (typeof trace.hovertext === "string" ? trace.hovertext : ""));
  return (plot.calcdata ?? [])
    .filter((points) => points[0]?.trace?.visible === true && points[0].trace.hoverinfo !== "skip")
    .map((points) => points.map((point) => ({ point, trace: points[0].trace, words: told(point, points[0].trace) }))
      .filter(({ words, point }) => words && placeOf(plot, point, points[0].trace)))
    .filter((points) => points.length);
}

// Where a point stands, from the chart's corner.
function placeOf(plot, point, trace) {
  const layout = plot._fullLayout;
  if (trace.geo || layout.geo && !trace.xaxis) {
    const at = layout[trace.geo ?? "geo"]?._subplot?.projection?.(point.lonlat ?? point.ct);
    return at && at.every(Number.isFinite) ? at : null;
  }
  const axis = (name) => layout[`${name[0]}axis${name.slice(1)}`];
  const [x, y] = [axis(trace.xaxis ?? "x"), axis(trace.yaxis ?? "y")];
  if (!x?.c2p || !y?.c2p) return null;
  const along = (point.b ?? 0) + point.s / 2;  // the middle of a bar
  const [across, up] = trace.type !== "bar" ? [point.x, point.y] : trace.orientation === "h" ? [along, point.p] : [point.p, along];
  const at = [x.c2p(across), y.c2p(up)];
  return at.every(Number.isFinite) ? [x._offset + at[0], y._offset + at[1]] : null;
}

function pointAt(plot, { point, trace }, ...kinds) {
  const box = plot.getBoundingClientRect(), [left, top] = placeOf(plot, point, trace);
  const [clientX, clientY] = [box.left + left, box.top + top];
  const target = document.elementFromPoint(clientX, clientY);
  if (!target || !plot.contains(target)) return;
  for (const kind of kinds) {
    target.dispatchEvent(new MouseEvent(kind, { clientX, clientY, bubbles: true, cancelable: true, view: window }));
  }
}

// A map by year: to the year before or after, by a press on the slider where that year is.
function turnYear(plot, by, reader) {
  const slider = plot._fullLayout.sliders[0], rail = plot.querySelector(".slider-rail-touch-rect");
  const to = Math.min(Math.max(slider.active + by, 0), slider.steps.length - 1);
  const box = rail.getBoundingClientRect(), edge = plot.querySelector(".slider-grip-rect").getBoundingClientRect().width / 2;
  const clientX = box.left + edge + (to / (slider.steps.length - 1)) * (box.width - 2 * edge);
  const clientY = box.top + box.height / 2;
  rail.dispatchEvent(new MouseEvent("mousedown", { clientX, clientY, bubbles: true, cancelable: true, view: window }));
  plot.dispatchEvent(new MouseEvent("mouseup", { clientX, clientY, bubbles: true, cancelable: true, view: window }));
  setTimeout(() => { reader.textContent = plainly(plot._fullLayout.sliders[0].steps[plot._fullLayout.sliders[0].active]?.label); }, 50);
}

const walks = new WeakMap();

function walk(event, reader) {
  const plot = document.activeElement;
  if (!plot?.matches(".js-plotly-plot") || event.ctrlKey || event.metaKey || event.altKey) return;
  if (["PageUp", "PageDown"].includes(event.key) && plot.querySelector(".slider-rail-touch-rect")) {
    event.preventDefault();
    return turnYear(plot, event.key === "PageDown" ? 1 : -1, reader);
  }
  const lines = pointsOf(plot), at = walks.get(plot);
  if (!lines.length) return;
  let [line, place] = at ?? [0, -1];
  const last = () => lines[line].length - 1;
  const moves = {
    ArrowRight: () => { place += 1; }, ArrowLeft: () => { place -= 1; }, Home: () => { place = 0; },
    End: () => { place = last(); }, ArrowDown: () => { line += 1; }, ArrowUp: () => { line -= 1; }, Enter: () => {},
  };
  if (!(event.key in moves)) return;
  event.preventDefault();
  event.stopPropagation();
  moves[event.key]();
  line = Math.min(Math.max(line, 0), lines.length - 1);
  place = Math.min(Math.max(place, 0), last());
  walks.set(plot, [line, place]);
  plot.scrollIntoView({ block: "nearest" });
  const chosen = lines[line][place];
  const name = chosen.trace._input?.name;
  if (event.key === "Enter") return pointAt(plot, chosen, "mousemove", "mousedown", "mouseup", "click");
  pointAt(plot, chosen, "mouseover", "mousemove");
  reader.textContent = lines.length > 1 && name ? `${plainly(name)}: ${chosen.words}` : chosen.words;
}

// Where links that skip lead, and headings one level below those that they belong to.
function inOrder() {
  if (!document.getElementById("stMain")) document.querySelector("[data-testid=stMain]")?.setAttribute("id", "stMain");
  const first = document.querySelector("[data-testid=stPlotlyChart] .js-plotly-plot[tabindex='0']");
  if (first && first.id !== "first_chart") {
    document.getElementById("first_chart")?.removeAttribute("id");
    first.id = "first_chart";
  }
  let above = 0;
  for (const heading of all("h1, h2, h3, h4")) {
    const own = Number(heading.tagName[1]), level = Math.min(own, above + 1);
    if (level < own) heading.setAttribute("aria-level", level);
    else heading.removeAttribute("aria-level");
    above = level;
  }
}

function reachable(words) {
  for (const plot of all("[data-testid=stPlotlyChart] .js-plotly-plot")) {
    const years = plot.querySelector(".slider-rail-touch-rect");
    if (plot.tabIndex === 0 || plot._context?.staticPlot || !plot.calcdata || !years && !pointsOf(plot).length) continue;
    plot.tabIndex = 0;
    plot.setAttribute("role", "application");
    const told = plot.closest("[aria-label]")?.getAttribute("aria-label") ?? "";
    plot.setAttribute("aria-label", [told, words.keys, years ? words.years : ""].filter(Boolean).join(words.space));
    plot.setAttribute("aria-roledescription", words.chart);
  }
}

function chartsAreReached(words, signal) {
  const reader = beside("chart_reader", "div", { role: "status", ariaLive: "polite" });
  const skip = beside("to_chart", "a", { href: "#first_chart" });
  skip.textContent = words.skip;
  skip.onclick = (event) => {
    event.preventDefault();
    document.querySelector(".js-plotly-plot[tabindex='0']")?.focus();
  };
  document.addEventListener("keydown", (event) => walk(event, reader), { signal, capture: true });
}

// --- paper: charts are as wide as the sheet; Ctrl-P first lets them be drawn anew for it, or composes a brief (brief.js)

const PANEL = 870;  // px of a chart with all around it, on a page that has a heading too

const settled = () => new Promise((done) => {
  let calm = 0;
  const watch = setInterval(() => {
    const fits = all("[data-testid=stPlotlyChart]").every((box) => {
      const drawn = box.querySelector(".main-svg");
      return !drawn || Math.abs(drawn.getBoundingClientRect().width - box.getBoundingClientRect().width) < 3;
    });
    calm = fits ? calm + 1 : 0;
    if (calm > 3) { clearInterval(watch); done(); }
  }, 100);
  setTimeout(() => { clearInterval(watch); done(); }, 4000);
});

// Prints the page as a brief if it has one, else as it is.
async function print(data) {
  if (!(await composeBrief(data))) {
    document.documentElement.classList.add("paper");
    await settled();
  }
  window.print();
}

function onPaper(data, signal) {
  const head = beside("print_head", "div");
  const plots = () => all("[data-testid=stPlotlyChart] .js-plotly-plot");
  const before = () => {
    if (document.getElementById("brief")) return;
    const told = [document.querySelector("h1")?.textContent, data.site, location.href, data.day];
    head.replaceChildren(...told.filter(Boolean).map((text) => Object.assign(document.createElement("span"), { textContent: text })));
    document.documentElement.classList.add("paper", "sheet");
    for (const plot of plots()) {  // as wide as its place on the sheet
      const box = plot.closest("[data-testid=stElementContainer]"), width = Number(plot.querySelector(".main-svg")?.getAttribute("width"));
      const room = box?.parentElement.clientWidth;
      if (width && room && Math.abs(width - room) > 3) box.style.zoom = room / width;
    }
    for (const chart of all("[class*='st-key-chart_']")) {  // with its headline and its source on one page
      const { height } = chart.getBoundingClientRect();
      if (height > PANEL) chart.style.zoom = PANEL / height;
    }
  };
  const after = () => {
    document.documentElement.classList.remove("paper", "sheet");
    document.getElementById("brief")?.remove();
    all("[data-testid=stElementContainer], [class*='st-key-chart_']").forEach((box) => { box.style.zoom = ""; });
  };
  addEventListener("beforeprint", before, { signal });
  addEventListener("afterprint", after, { signal });
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "p" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
    event.preventDefault();
    print(data);
  }, { signal });
}

// --- the words that Streamlit's own parts bring along in English

function translated(pairs) {
  const rules = pairs.map(([english, other]) => [new RegExp(`^${english}$`), other]);
  const other = (text) => {
    const words = text.trim();
    const rule = words && rules.find(([english]) => english.test(words));
    return rule ? text.replace(words, words.replace(rule[0], rule[1])) : text;
  };
  return (root) => {
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      if (node.parentElement?.closest(".js-plotly-plot, [data-testid=stMarkdownContainer], code, script, style")) continue;
      const words = other(node.nodeValue);
      if (words !== node.nodeValue) node.nodeValue = words;
    }
    for (const name of ["aria-label", "title", "placeholder"]) {
      for (const part of all(`[${name}]`, root)) {
        const words = other(part.getAttribute(name));
        if (words !== part.getAttribute(name)) part.setAttribute(name, words);
      }
    }
  };
}

export default function ({ data }) {
  window.aidsOfPage?.abort();
  const mine = window.aidsOfPage = new AbortController();  // one drawn before may leave after this one has come
  const { signal } = mine;
  const shade = getComputedStyle(document.querySelector(".stApp")).backgroundColor.match(/\d+/g)?.slice(0, 3).map(Number);
  document.documentElement.dataset.page = data.page;
  document.documentElement.dataset.shade = shade && Math.max(...shade) < 128 ? "dark" : "light";
  menuCloses(signal);
  roomForLabels();
  chartsAreReached(data.words, signal);
  onPaper(data, signal);
  const translate = data.frontend.length ? translated(data.frontend) : () => {};
  let waiting = false;
  const look = () => {
    waiting = false;
    reachable(data.words);
    inOrder();
    translate(document.body);
  };
  const watch = new MutationObserver(() => {
    if (!waiting) { waiting = true; setTimeout(look, 150); }
  });
  watch.observe(document.body, { childList: true, subtree: true });
  signal.addEventListener("abort", () => watch.disconnect());
  look();
  return () => mine.abort();
}
