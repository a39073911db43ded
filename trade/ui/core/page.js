// What the browser does for the page as a whole: the colours in force, the way to the chart that a link names, the choices
// in force once their controls are out of sight, the height of an embedded chart; and for a page that is not one chart
// alone: a menu that closes, charts that are walked by key, paper, Streamlit's own words.
//
// Every run draws it anew. All listeners of one drawing hang on one signal, which the next drawing ends.

const SMALLEST = 390, MARGINS = 32;  // pixels of a window, and of it beside a chart
const NARROW = 768, LOW = 430;  // pixels of a window in which the menu covers the page, or takes the room of its charts
const COLLAPSE = "[data-testid=stSidebarCollapseButton] button", EXPAND = "[data-testid=stExpandSidebarButton]";

const all = (query, within = document) => [...within.querySelectorAll(query)];
const plainly = (text) => String(text ?? "").replace(/<br\s*\/?>/g, ", ").replace(/<[^>]*>/g, "").trim();

// An element of ours beside the page that Streamlit draws.
function beside(id, tag, looks = {}) {
  return document.getElementById(id) ??
    document.body.insertBefore(Object.assign(document.createElement(tag), { id, ...looks }), document.body.firstChild);
}

// Until the page is drawn anew.
function every(milliseconds, act, signal) {
  const timer = setInterval(act, milliseconds);
  signal.addEventListener("abort", () => clearInterval(timer));
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
function tellHeight(embedded, signal) {
  if (!embedded || window.parent === window) return;
  const tell = () => {
    const chart = document.querySelector(".st-key-embedded");
    if (!chart) return;
    const height = Math.ceil(chart.getBoundingClientRect().bottom + window.scrollY + 24);
    if (height !== window.heightOfChart) parent.postMessage({ tradeChartHeight: window.heightOfChart = height }, "*");
  };
  every(300, tell, signal);
}

// Once the controls are out of sight, what they are set to stands at the top; a press leads back to them.
function tellChoices(text, help, signal) {
  const bar = document.getElementById("choices-in-force") ?? document.body.appendChild(document.createElement("button"));
  Object.assign(bar, { id: "choices-in-force", type: "button", textContent: `${text} ↑`, title: help });
  const main = document.querySelector("[data-testid=stMain]");
  if (!main) return;
  const place = () => {
    const column = document.querySelector("[data-testid=stMain] h1")?.getBoundingClientRect();
    bar.hidden = !text || !column || column.bottom > -160;
    if (column) bar.style.left = `${column.left}px`;
  };
  bar.onclick = () => main.scrollTo({ top: 0 });
  main.addEventListener("scroll", place, { passive: true, signal });
  every(500, place, signal);
  place();
}

// Plotly shows a hand over whatever a click would reach; here only where it does something.
function styleCursors() {
  if (window.cursorsOfCharts) return;
  window.cursorsOfCharts = new CSSStyleSheet();
  window.cursorsOfCharts.replaceSync(`
    .js-plotly-plot .plotly .drag, .js-plotly-plot .plotly .geo, .js-plotly-plot .plotly .geo path { cursor: default; }
    @media (min-width: 1800px) {
      [data-testid=stLayoutWrapper]:has(> .st-key-column), .st-key-column { width: min(100%, 1440px) !important; max-width: 1440px; }
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

// --- the menu of a phone covers the page: it closes after a choice and does not come back by itself

function menuCloses(signal) {
  const narrow = () => innerWidth <= NARROW || innerHeight <= LOW;
  const close = () => document.querySelector(COLLAPSE)?.click();
  const open = () => document.querySelector("[data-testid=stSidebar][data-collapsed=false]");
  document.addEventListener("click", (event) => {
    if (narrow() && event.target.closest("[data-testid=stSidebarNavLink]")) setTimeout(close, 60);
  }, { signal });
  const begin = (left) => {  // the menu may be drawn after this script has come; one that is closed is for the user to open
    if (window.menuOfDashboard || !narrow()) return;
    if (open() && document.querySelector(COLLAPSE)) close();
    else if (left && !document.querySelector(EXPAND)) return void setTimeout(begin, 100, left - 1);
    window.menuOfDashboard = true;
  };
  begin(15);
}

// Charts have room for their labels from this width on: a smaller screen shows the page a little smaller, a smaller window,
// as that of a desktop enlarged four times, its charts (page_assets.css).
function roomForLabels(signal) {
  const viewport = document.querySelector("meta[name=viewport]");
  if (viewport && screen.width < SMALLEST) viewport.content = `width=${SMALLEST}`;
  const fit = () => {
    document.documentElement.style.setProperty("--smaller", Math.min((innerWidth - MARGINS) / (SMALLEST - MARGINS), 1));
    lessenHeights();
  };
  addEventListener("resize", fit, { signal });
  fit();
}

// What is shown smaller takes the room that it is seen to fill.
function lessenHeights() {
  if (innerWidth >= SMALLEST) return;
  for (const figure of all("[class*='st-key-figure_']")) {
    const height = `${figure.offsetHeight}px`;
    if (figure.style.getPropertyValue("--height") !== height) figure.style.setProperty("--height", height);
  }
}

// --- charts: Tab reaches them, arrows walk their points, Enter chooses

// The points of a chart in the order of its traces, each with its words.
function pointsOf(plot) {
  const spoken = (point, trace) => plainly(point.htx ?? point.tx ?? (typeof trace.hovertext === "string" ? trace.hovertext : ""));
  return (plot.calcdata ?? [])
    .filter((points) => points[0]?.trace?.visible === true && points[0].trace.hoverinfo !== "skip")
    .map((points) => points.map((point) => ({ point, trace: points[0].trace, words: spoken(point, points[0].trace) }))
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
  const box = plot.getBoundingClientRect(), smaller = box.width / plot.offsetWidth;
  const [clientX, clientY] = placeOf(plot, point, trace).map((at, axis) => (axis ? box.top : box.left) + at * smaller);
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
  const named = lines.length > 1 && name && !chosen.words.includes(plainly(name));
  reader.textContent = named ? `${plainly(name)}: ${chosen.words}` : chosen.words;
}

// Where links that skip lead, and headings one level below those that they belong to.
function inOrder() {
  if (!document.getElementById("stMain")) document.querySelector("[data-testid=stMain]")?.setAttribute("id", "stMain");
  const plots = all("[data-testid=stPlotlyChart] .js-plotly-plot"), first = plots.find((plot) => plot.tabIndex === 0) ?? plots[0];
  document.getElementById("to_chart").hidden = !first;
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

const hasYears = (plot) => plot.querySelector(".slider-rail-touch-rect") !== null;

function reachable(words) {
  // the chart's words, its points and its table are read out: its drawing, with every label of an axis, is not
  for (const drawing of all(".js-plotly-plot .main-svg:not([aria-hidden])")) drawing.setAttribute("aria-hidden", "true");
  for (const plot of all("[data-testid=stPlotlyChart] .js-plotly-plot")) {
    const known = plot.tabIndex === 0;
    if (!known && (plot._context?.staticPlot || !plot.calcdata || !hasYears(plot) && !pointsOf(plot).length)) continue;
    plot.tabIndex = 0;
    plot.setAttribute("role", "application");
    plot.setAttribute("aria-roledescription", words.chart);
    // by its headline alone: the figure around it is read out with the rest
    const [headline] = (plot.parentElement.closest("[aria-label]")?.getAttribute("aria-label") ?? "").split(/(?<=\. |。)/);
    if (plot.getAttribute("aria-label") !== headline.trim()) plot.setAttribute("aria-label", headline.trim());
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
  // its keys are said when a chart takes the focus, since Orca says nothing then of what is an application
  document.addEventListener("focusin", ({ target }) => {
    if (!target.matches?.(".js-plotly-plot")) return;
    reader.textContent = [words.keys, hasYears(target) ? words.years : ""].filter(Boolean).join(words.space);
  }, { signal });
  document.addEventListener("focusout", () => { reader.textContent = ""; }, { signal });
}

// The page scrolls inside the window: its keys work before anything in it was clicked, too.
function pageScrollsByKey(signal) {
  document.addEventListener("keydown", (event) => {
    const main = document.querySelector("[data-testid=stMain]");
    if (!main || document.activeElement !== document.body || event.defaultPrevented) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const screen = main.clientHeight * 0.9, all = main.scrollHeight;
    const by = { " ": event.shiftKey ? -screen : screen, PageDown: screen, PageUp: -screen, Home: -all, End: all,
      ArrowDown: 40, ArrowUp: -40 }[event.key];
    if (!by) return;
    event.preventDefault();
    main.scrollBy(0, by);
  }, { signal });
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
    const lines = [document.querySelector("h1")?.textContent, data.site, location.href, data.day];
    head.replaceChildren(...lines.filter(Boolean).map((text) => Object.assign(document.createElement("span"), { textContent: text })));
    document.documentElement.classList.add("paper", "sheet");
    for (const plot of plots()) {  // as wide as its place on the sheet
      const box = plot.closest("[data-testid=stElementContainer]"), drawing = plot.querySelector(".main-svg");
      const [width, height] = ["width", "height"].map((side) => Number(drawing?.getAttribute(side)));
      const room = box?.parentElement.clientWidth;
      if (!width || !room || Math.abs(width - room) <= 3) continue;
      Object.assign(box.style, { zoom: room / width, height: `${height}px` });  // a map's own height follows the window
    }
    for (const chart of all("[class*='st-key-chart_']")) {  // with its headline and its source on one page
      const { height } = chart.getBoundingClientRect();
      if (height > PANEL) chart.style.zoom = PANEL / height;
    }
  };
  const after = () => {
    document.documentElement.classList.remove("paper", "sheet");
    document.getElementById("brief")?.remove();
    all("[data-testid=stElementContainer], [class*='st-key-chart_']").forEach((box) => { box.style.zoom = box.style.height = ""; });
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

// Charts, code and texts of the page; the button of an upload is such a text, and Streamlit's.
const OURS = ".js-plotly-plot, [data-testid=stMarkdownContainer]:not([data-testid=stFileUploader] button *), code, script, style";

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
      if (node.parentElement?.closest(OURS)) continue;
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

function aids(data, signal) {
  const shade = getComputedStyle(document.querySelector(".stApp")).backgroundColor.match(/\d+/g)?.slice(0, 3).map(Number);
  document.documentElement.dataset.page = data.page;
  document.documentElement.dataset.shade = shade && Math.max(...shade) < 128 ? "dark" : "light";
  menuCloses(signal);
  roomForLabels(signal);
  chartsAreReached(data.words, signal);
  pageScrollsByKey(signal);
  onPaper(data, signal);
  const translate = data.frontend.length ? translated(data.frontend) : () => {};
  let waiting = false;
  const look = () => {
    waiting = false;
    reachable(data.words);
    lessenHeights();
    inOrder();
    document.querySelector(".st-key-language button")?.setAttribute("lang", data.other);  // it is named by its own name
    translate(document.body);
  };
  const watch = new MutationObserver(() => {
    if (!waiting) { waiting = true; setTimeout(look, 150); }
  });
  watch.observe(document.body, { childList: true, subtree: true });
  signal.addEventListener("abort", () => watch.disconnect());
  look();
}

export default function ({ parentElement, data, setTriggerValue }) {
  window.pageOfDashboard?.abort();
  const mine = window.pageOfDashboard = new AbortController();  // one drawn before may leave after this one has come
  const { signal } = mine;
  document.documentElement.lang = data.lang;
  const look = getComputedStyle(parentElement.host ?? parentElement);
  const shade = look.getPropertyValue("--st-background-color").trim();
  if (window.shadeOfDashboard && window.shadeOfDashboard !== shade) setTriggerValue("changed", shade);
  window.shadeOfDashboard = shade;
  styleCursors();
  tellChoices(data.choices, data.help, signal);
  Object.assign(document.getElementById("choices-in-force").style, {
    background: look.getPropertyValue("--st-background-color"), color: look.getPropertyValue("--st-text-color"),
  });
  land(data.chart);
  tellHeight(data.embedded, signal);
  comeBack();
  addEventListener("pageshow", comeBack, { signal });
  if (data.aids) aids(data.aids, signal);
  return () => mine.abort();
}
