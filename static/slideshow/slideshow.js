// A presentation: one chart a slide, steered by keys, with a view of its own for who speaks.
//
// The page holds the words of all steps and fetches every chart as soon as it is open. From then on it needs no server:
// keys, list, presenter's view and the years of a map work with what the browser holds.
"use strict";

const show = JSON.parse(document.getElementById("slideshow").textContent);
const { words, steps } = show;
const HEIGHT = 538; // px of a slide as it is laid out; the whole is enlarged to the screen
const NARROWEST = 640; // px: a screen that stands upright shows a slide of this width
const AT_ONCE = 2; // charts fetched at the same time
const AGAIN = 4000; // ms until a chart that did not come is asked for again
const BEAT = 10000; // ms between two looks whether the server is there
const SOURCES = 3 * 14; // px: three lines of sources and notes
const NAMED = 3; // sources named under a chart, as on a page
const YEAR = 900; // ms that a year of a map stays
const REST = 2500; // ms without the mouse after which the controls go

const at = id => document.getElementById(id);
const say = (key, values = {}) => words[key].replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
const loaded = new Map(); // the charts by their place, as the server sent them
const pictures = new Map(); // small pictures of charts by place and theme
let current = 0, theme = "light", online = true, typed = "", playing = 0, year = -1, drawn = null, drawing = null, scale = 1;

// --- what is shown

// The words and the chart of a step; what is not known yet is empty.
function slideOf(number) {
  const step = steps[number], chart = loaded.get(number);
  const own = chart?.headline ?? "";
  const headline = (step.headline || "{chart}").replaceAll("{chart}", own);
  return {
    headline: headline || step.problem || chart?.problem || "…",
    own: own && own !== headline ? own : "",
    subtitle: chart?.subtitle ?? "",
    notes: step.notes.replaceAll("{chart}", own),
    sources: chart?.figure ? sourcesOf(chart) : [],
    problem: step.problem || chart?.problem || (chart ? "" : online ? "" : say("missing")),
    chart: chart?.figure ? chart : null,
  };
}

// The sources of a chart in one sentence, and each of its notes.
function sourcesOf(chart) {
  const producers = new Map();
  for (const { producer, title } of chart.sources.slice(0, NAMED)) {
    producers.set(producer, [...(producers.get(producer) ?? []), title.split(/[:：]/)[0]]);
  }
  const named = [...producers].map(([producer, titles]) => `${producer}${words.comma}${titles.join(words.comma)}`);
  const more = chart.sources.length - NAMED;
  const sources = named.join(words.semicolon) + (more > 0 ? say("more_sources", { count: more }) : "");
  const source = named.length ? say("source", { sources }) : "";
  return [source, ...chart.notes].filter(Boolean);
}

// Under the chart: its sources, and as many notes as three lines hold. The others are counted.
function showSources(parts) {
  const place = at("source"), text = count => [...parts.slice(0, count),
    ...(count < parts.length ? [say("more_notes", { count: parts.length - count })] : [])].join(words.space);
  place.textContent = "";
  for (let count = parts.length; count > 0; count -= 1) {
    place.textContent = text(count);
    if (place.clientHeight <= SOURCES) return;
  }
}

function draw() {
  const slide = slideOf(current), place = say("place", { title: show.title, number: current + 1, count: steps.length });
  stop();
  at("headline").replaceChildren(...breakable(slide.headline));
  at("own").textContent = slide.own ? slide.own + words.own_end : "";
  at("place").textContent = steps.length > 1 ? place : "";
  at("problem").hidden = !slide.problem || slide.problem === slide.headline;
  at("problem").textContent = slide.problem;
  document.title = `${slide.headline} · ${show.title}`;
  at("subtitle").textContent = slide.subtitle;
  fit();
  showSources(slide.sources);
  drawFigure(slide);
  for (const [name, off] of [["previous", current === 0], ["next", current === steps.length - 1]]) {
    at("controls").querySelector(`[name=${name}]`).disabled = off;
  }
  showStatus();
  speaker?.refresh();
}

// A headline that may break between words. Browsers break Chinese anywhere, even between a number and its unit, so it
// stays together (`keep-all` in the style sheet) but where a word begins that belongs to no number before it.
function breakable(text) {
  if (!/^(zh|ja)/.test(document.documentElement.lang)) return [text];
  const parts = [];
  let joined = 0; // how many words still belong to a number
  for (const { segment, isWordLike } of new Intl.Segmenter(document.documentElement.lang, { granularity: "word" }).segment(text)) {
    const number = /\d/.test(segment), opens = /[(（“《+−$]$/.test(parts.at(-1) ?? "");
    if (isWordLike && !joined && !opens && parts.length) parts.push(document.createElement("wbr"));
    if (isWordLike) joined = number ? 2 : segment.length > 1 ? 0 : Math.max(joined - 1, 0);
    parts.push(segment);
  }
  return parts;
}

// The slide is as high as the screen and as wide, in pixels of its own.
function fit() {
  scale = Math.min(innerHeight / HEIGHT, innerWidth / NARROWEST);
  Object.assign(at("slide").style, {
    width: `${innerWidth / scale}px`, height: `${innerHeight / scale}px`, transform: `scale(${scale})`,
  });
}

function drawFigure(slide) {
  const place = at("figure"), room = at("chart");
  Plotly.purge(place);
  drawn = drawing = null;
  place.setAttribute("aria-label", slide.chart?.takeaway ?? "");
  if (slide.chart) {
    const figure = figureIn(room, slide);
    drawn = figure;
    drawing = Plotly.newPlot(place, { ...figure, config: { displayModeBar: false, topojsonURL: show.topojson } })
      .then(() => settle(place, scale, () => drawn === figure));
  }
  const years = drawn?.frames ?? [];
  year = years.length - 1;
  for (const id of ["year", "years", "play"]) at(id).hidden = !years.length;
  at("years").max = Math.max(years.length - 1, 0);
  showYear();
}

// The figure for the room that is left. Where rows are left out, the line above says so, which may take room itself.
function figureIn(room, slide) {
  const fit = () => figureOf(slide.chart, room.clientWidth, room.clientHeight);
  for (let figure = fit(), high = -1; ; figure = fit()) {
    const { left, ...drawable } = figure;
    if (!left || high === room.clientHeight) return drawable;
    high = room.clientHeight;
    at("subtitle").textContent = `${slide.subtitle} · ${say(left.kind, left)}`;
  }
}

function figureOf(chart, width, height) {
  const painted = JSON.parse(show.colours.reduce((text, colour) => text.replaceAll(colour.live, colour[theme]),
    JSON.stringify(chart.figure)));
  return fitted(painted, width, height, { muted: show.palettes[theme].muted, full: show.palettes[theme].text });
}

function paint() {
  document.documentElement.dataset.theme = theme;
  for (const target of [document, speaker?.window.document].filter(Boolean)) {
    for (const [name, value] of Object.entries(show.palettes[theme])) {
      target.documentElement.style.setProperty(`--${name}`, value);
    }
  }
}

// --- moving

function go(number) {
  const wanted = Math.min(Math.max(number, 0), steps.length - 1);
  endBlack();
  if (wanted === current) return;
  current = wanted;
  const depth = (history.state?.depth ?? 0) + 1;
  history.pushState({ ...history.state, depth, step: current }, "", addressOf(current));
  draw();
  fetchAhead();
}

function addressOf(number) {
  const rest = location.search.replace(/([?&])step=\d+&?/, "$1").replace(/[?&]$/, "");
  return `${location.pathname}${rest}${rest ? "&" : "?"}step=${number + 1}`;
}

// Back to where one came from: the page that opened the presentation, at the chart or the step last shown.
async function leave() {
  if (!(await answers())) return setOnline(false);
  const { page, chart } = steps[current];
  const mark = show.story ? `.st-key-story_step_${current + 1}` : `.st-key-chart_${chart}`;
  remember("slideshow.place", JSON.stringify({ mark, at: Date.now() }));
  const state = history.state ?? {};
  if (state.came) history.go(-(state.depth + 1));
  else location.assign(show.story ? show.home : steps[current].view || `${show.base}${page}`);
  return undefined;
}

function remember(name, value) {
  try { sessionStorage.setItem(name, value); } catch { /* a browser that stores nothing: it opens at the top */ }
}

function recall(name) {
  try { return sessionStorage.getItem(name); } catch { return null; }
}

// --- fetching ahead

let waiting = 0;
function fetchAhead() {
  const order = [...steps.keys()].sort((a, b) => distance(a) - distance(b));
  for (const number of order) {
    if (waiting >= AT_ONCE) return;
    if (!loaded.has(number) && !steps[number].requested && !steps[number].problem) fetchChart(number);
  }
}

// The steps that come first, then those that were.
function distance(number) {
  return number >= current ? number - current : steps.length + current - number;
}

async function fetchChart(number) {
  const step = steps[number];
  step.requested = true;
  waiting += 1;
  let failed = false;
  try {
    const answer = await fetch(step.data);
    const body = await answer.json();
    if (answer.ok) loaded.set(number, body);
    else if (answer.status !== 503) loaded.set(number, { problem: body.error });
    else failed = true;
  } catch {
    failed = true;
  }
  waiting -= 1;
  if (failed) {
    setOnline(false);
    setTimeout(() => { step.requested = false; fetchAhead(); }, AGAIN);
  } else {
    setOnline(true);
    if (number === current) draw();
    else { showStatus(); speaker?.refresh(); }
  }
  fetchAhead();
}

// The outlines of all maps; Plotly takes them from here before it asks the server.
async function fetchShapes() {
  try {
    const shapes = await (await fetch(`${show.topojson}${show.world}.json`)).json();
    window.PlotlyGeoAssets = { topojson: { [show.world]: shapes } };
  } catch {
    setTimeout(fetchShapes, AGAIN);
  }
}

async function answers() {
  try {
    await fetch(`${show.base}api/health`, { cache: "no-store", signal: AbortSignal.timeout(3000) });
    return true;
  } catch {
    return false;
  }
}

function setOnline(now) {
  const changed = online !== now;
  online = now;
  if (!changed) return;
  if (!now && !loaded.has(current)) draw();
  showStatus();
  speaker?.refresh();
}

function showStatus() {
  at("status").textContent = online ? "" : say("offline", { loaded: loaded.size, count: steps.length });
}

// --- the years of a map

function showFrame(to) {
  const frames = drawn?.frames ?? [];
  if (!frames.length) return;
  year = Math.min(Math.max(to, 0), frames.length - 1);
  Plotly.animate(at("figure"), [frames[year].name], {
    mode: "immediate", frame: { duration: 0, redraw: true }, transition: { duration: 0 },
  });
  showYear();
}

function showYear() {
  at("year").textContent = drawn?.frames?.[year]?.name ?? "";
  at("years").value = Math.max(year, 0);
  at("years").setAttribute("aria-valuetext", at("year").textContent);
  label("play", playing ? "pause" : "play");
}

function play() {
  const frames = drawn?.frames ?? [];
  if (!frames.length) return;
  if (playing) return stop();
  if (year >= frames.length - 1) showFrame(0);
  playing = setInterval(() => (year >= frames.length - 1 ? stop() : showFrame(year + 1)), YEAR);
  showYear();
}

function stop() {
  clearInterval(playing);
  playing = 0;
  showYear();
}

// --- black, full screen, list

const toggleBlack = () => { at("black").hidden = !at("black").hidden; };
const endBlack = () => { at("black").hidden = true; };
const full = () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen());

async function openList() {
  if (at("list").open) return at("list").close();
  const list = at("steps");
  list.replaceChildren(...steps.map((step, number) => {
    const item = document.createElement("li"), button = document.createElement("button");
    const name = document.createElement("span"), picture = document.createElement("img");
    Object.assign(picture, { alt: "" });
    picture.hidden = true;
    name.textContent = `${number + 1}. ${slideOf(number).headline}`;
    button.append(picture, name);
    if (number === current) button.setAttribute("aria-current", "step");
    button.onclick = () => { at("list").close(); go(number); };
    item.append(button);
    return item;
  }));
  at("list").showModal();
  list.querySelector("[aria-current]")?.focus();
  for (const [number, picture] of [...list.querySelectorAll("img")].entries()) {
    if (!at("list").open) break;
    const address = await pictureOf(number);
    if (address) Object.assign(picture, { src: address, hidden: false });
  }
  return undefined;
}

// A step's chart as a small picture; empty as long as the chart has not come.
async function pictureOf(number) {
  const chart = loaded.get(number), key = `${number} ${theme}`;
  if (!chart?.figure) return "";
  if (!pictures.has(key)) {
    const { data, layout } = figureOf(chart, 800, 400);
    const background = show.palettes[theme].background;
    pictures.set(key, Plotly.toImage({ data, layout: { ...layout, paper_bgcolor: background } },
      { format: "png", width: 800, height: 400, scale: 0.6 }).catch(() => ""));
  }
  return pictures.get(key);
}

// --- the presenter's view

let speaker = null;
function openSpeaker() {
  if (speaker && !speaker.window.closed) return speaker.window.focus();
  const opened = window.open("", "slideshow-speaker", "popup,width=1100,height=760");
  if (!opened) {
    at("status").textContent = say("blocked");
    return undefined;
  }
  speaker = speakerView(opened);
  paint();
  return speaker.refresh();
}

// The window has no page of its own: this one writes into it, so that it needs no server either.
function speakerView(opened) {
  const page = opened.document, make = (tag, attributes = {}, ...inside) => {
    const node = Object.assign(page.createElement(tag), attributes);
    node.append(...inside);
    return node;
  };
  const style = make("style", { textContent: [...document.styleSheets].flatMap(sheet => [...sheet.cssRules])
    .map(rule => rule.cssText.replaceAll("../fonts/", `${location.origin}${show.base}app/static/fonts/`)).join("\n") });
  page.head.replaceChildren(make("meta", { charset: "utf-8" }), make("title", { textContent: `${say("speaker")} · ${show.title}` }), style);
  page.documentElement.lang = document.documentElement.lang;
  const place = make("span"), clock = make("time"), timer = make("time", { title: say("elapsed") });
  const reset = make("button", { textContent: say("restart"), onclick: () => { began = Date.now(); tick(); } });
  const headline = make("h2"), notes = make("div", { className: "notes", tabIndex: 0 }), caveat = make("p", { className: "small" });
  const upcoming = make("p", { className: "small", textContent: say("upcoming") }), after = make("h2"), picture = make("img", { alt: "" });
  const status = make("p", { className: "small" });
  const controls = make("nav", {}, ...[["previous", () => go(current - 1)], ["next", () => go(current + 1)],
    ["list", () => { window.focus(); openList(); }], ["black", toggleBlack]].map(
    ([name, onclick]) => make("button", { textContent: say(name), onclick })));
  page.body.className = "speaker";
  page.body.replaceChildren(
    make("header", {}, place, make("span", {}, timer, " ", reset), clock),
    make("main", {}, headline, notes, caveat), make("aside", {}, upcoming, picture, after, status), controls,
  );
  let began = Number(recall("slideshow.began")) || Date.now();
  remember("slideshow.began", String(began));
  const tick = () => {
    const seconds = Math.floor((Date.now() - began) / 1000), two = number => String(number).padStart(2, "0");
    remember("slideshow.began", String(began));
    timer.textContent = `${Math.floor(seconds / 60)}:${two(seconds % 60)}`;
    clock.textContent = new Date().toLocaleTimeString(show.tag, { hour: "2-digit", minute: "2-digit" });
  };
  tick();
  const ticking = setInterval(() => (opened.closed ? clearInterval(ticking) : tick()), 500);
  page.onkeydown = pressed;
  const refresh = async () => {
    if (opened.closed) return;
    const number = current, now = slideOf(number), next = number + 1 < steps.length ? slideOf(number + 1) : null;
    place.textContent = say("place", { title: show.title, number: number + 1, count: steps.length });
    headline.textContent = now.headline;
    const paragraphs = (now.notes || say("no_notes")).split(/\n\s*\n/).map(text => make("p", { textContent: text }));
    notes.replaceChildren(...paragraphs);
    caveat.textContent = now.sources.join(words.space);
    after.textContent = next ? next.headline : say("end");
    status.textContent = at("status").textContent;
    const address = next ? await pictureOf(number + 1) : "";
    if (number !== current) return;
    picture.hidden = !address;
    if (address) picture.src = address;
  };
  return { window: opened, refresh };
}

// --- keys and controls

const ACTIONS = {
  next: () => go(current + 1),
  previous: () => go(current - 1),
  first: () => go(0),
  last: () => go(steps.length - 1),
  list: openList,
  black: toggleBlack,
  full,
  speaker: openSpeaker,
  play,
  later: () => (drawn?.frames?.length ? showFrame(year + 1) : go(current + 1)),
  earlier: () => (drawn?.frames?.length ? showFrame(year - 1) : go(current - 1)),
  leave: () => (at("black").hidden ? leave() : endBlack()),
};
const KEYS = {
  ArrowRight: "next", PageDown: "next", " ": "next", ArrowLeft: "previous", PageUp: "previous", Backspace: "previous",
  ArrowDown: "later", ArrowUp: "earlier", Home: "first", End: "last", b: "black", ".": "black", f: "full",
  g: "list", n: "speaker", s: "speaker", p: "play", Escape: "leave",
};

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || at("list").open && event.key !== "g") return;
  const target = event.target;
  if (target.closest?.("button") && [" ", "Enter"].includes(event.key)) return;
  if (target.closest?.("input") && event.key.startsWith("Arrow")) return;
  if (/^\d$/.test(event.key)) return type(typed + event.key);
  if (event.key === "Enter" && typed) {
    event.preventDefault();
    const number = Number(typed);
    type("");
    if (number >= 1) go(number - 1);
    return;
  }
  type("");
  const action = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!action) return;
  event.preventDefault();
  if (event.repeat && action !== "later" && action !== "earlier") return;
  ACTIONS[action]();
}

function type(text) {
  typed = text.slice(-2);
  at("typed").hidden = !typed;
  at("typed").textContent = typed;
}

function label(name, key = name) {
  const button = at("controls").querySelector(`[name=${name}]`);
  if (button) button.querySelector("span").textContent = say(key);
}

let resting = 0;
function wake() {
  document.body.classList.remove("quiet");
  clearTimeout(resting);
  resting = setTimeout(() => document.body.classList.add("quiet"), REST);
}

function chooseTheme() {
  const contrast = matchMedia("(forced-colors: active)").matches;
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const chosen = contrast ? null : recall("slideshow.theme");
  theme = chosen in show.palettes ? chosen : dark ? "dark" : "light";
  paint();
}

async function start() {
  for (const name of Object.keys(ACTIONS)) {
    label(name);
    const button = at("controls").querySelector(`[name=${name}]`);
    if (button) button.onclick = () => ACTIONS[name]();
  }
  at("list_title").textContent = say("list");
  at("years").oninput = () => { stop(); showFrame(Number(at("years").value)); };
  chooseTheme();
  for (const query of ["(prefers-color-scheme: dark)", "(forced-colors: active)"]) {
    matchMedia(query).addEventListener("change", () => { chooseTheme(); draw(); });
  }
  current = Math.min(Math.max(show.first, 1), steps.length) - 1;
  if (!history.state) {
    const came = document.referrer.startsWith(location.origin) && history.length > 1;
    history.replaceState({ depth: 0, came, step: current }, "");
  } else if (Number.isInteger(history.state.step)) {
    current = Math.min(history.state.step, steps.length - 1);
  }
  addEventListener("popstate", event => {
    if (!Number.isInteger(event.state?.step)) return;
    current = event.state.step;
    draw();
  });
  document.addEventListener("keydown", pressed);
  for (const name of ["mousemove", "touchstart", "focusin"]) document.addEventListener(name, wake, { passive: true });
  at("black").onclick = endBlack;
  let resized = 0;
  addEventListener("resize", () => { clearTimeout(resized); resized = setTimeout(draw, 60); });
  addEventListener("offline", () => setOnline(false));
  addEventListener("online", async () => setOnline(await answers()));
  setInterval(async () => setOnline(await answers()), BEAT);
  fetchAhead();
  fetchShapes();
  await document.fonts.ready;
  draw();
  wake();
}

start();
