// Saves the figure of a chart as a picture: what is drawn on screen, with title, subtitle and source line around it.
// Everything stays in the browser. The fonts are put into the picture, so that it looks the same elsewhere.

const MARGIN = 24, GAP = 14, SCALE = 2, STEP = 0.7, INCH = 96, METRE = 39.3701, PHYSICAL = "pHYs", SVG = "http://www.w3.org/2000/svg";
const INTERACTIVE = ".draglayer, .hoverlayer, .modebar, .zoomlayer, .selectionlayer";
const WIDE = /[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]|[^\s\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]+\s*|\s+/g;

const made = (name, attributes = {}) => {
  const one = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) one.setAttribute(key, value);
  return one;
};

// Breaks a text into lines no wider than `width`; Chinese may break between any two characters.
function wrapped(text, font, width) {
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = font;
  const lines = [];
  let line = "";
  for (const word of text.match(WIDE) ?? []) {
    if (line && pen.measureText((line + word).trimEnd()).width > width) {
      lines.push(line.trimEnd());
      line = word.trimStart();
    } else line += word;
  }
  return line.trim() ? [...lines, line.trimEnd()] : lines;
}

// Writes lines of text from `top` on and returns where they end.
function write(svg, text, top, width, { family, size, weight = 400, colour, leading = 1.35 }) {
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = `${weight} ${size}px ${family}`;
  for (const line of wrapped(text, pen.font, width)) {
    const one = made("text", {
      x: MARGIN, y: top + size, fill: colour, "font-family": family, "font-size": size, "font-weight": weight,
      textLength: pen.measureText(line).width.toFixed(1), lengthAdjust: "spacingAndGlyphs",
    });
    one.textContent = line;
    svg.append(one);
    top += size * leading;
  }
  return top;
}

// Outlines of a map without points that no screen tells apart: a tenth of their size.
function thin(outline) {
  let [left, top] = [Infinity, Infinity];
  return outline.replace(/([ML])\s*(-?[\d.]+)[ ,](-?[\d.]+)/g, (_, kind, x, y) => {
    if (kind === "L" && Math.hypot(x - left, y - top) < STEP) return "";
    [left, top] = [Number(x), Number(y)];
    return `${kind}${left.toFixed(1)},${top.toFixed(1)}`;
  });
}

// A program that lacks our fonts keeps each label as long as it is here.
function lengths(original, copy) {
  const copies = copy.querySelectorAll("text");
  original.querySelectorAll("text").forEach((text, at) => {
    const length = text.querySelector("tspan") ? 0 : text.getComputedTextLength?.() ?? 0;
    if (length > 0) {
      copies[at].setAttribute("textLength", length.toFixed(1));
      copies[at].setAttribute("lengthAdjust", "spacingAndGlyphs");
    }
  });
}

// A copy of one of the plot's layers that stands alone: without what answers to the mouse, its references its own.
function layer(original, top) {
  const copy = original.cloneNode(true);
  lengths(original, copy);
  for (const path of copy.querySelectorAll(".geo path[d]")) path.setAttribute("d", thin(path.getAttribute("d")));
  copy.querySelectorAll(INTERACTIVE).forEach((one) => one.remove());
  for (const one of copy.querySelectorAll("*")) {
    for (const { name, value } of [...one.attributes]) {
      if (value.includes("url(")) one.setAttribute(name, value.replace(/url\((["']?)[^)#]*#([^)"']*)["']?\)/g, "url(#$2)"));
    }
  }
  copy.removeAttribute("style");
  copy.setAttribute("x", MARGIN);
  copy.setAttribute("y", top);
  return copy;
}

async function dataUrl(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${answer.status} ${address}`);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  return `data:font/woff2;base64,${btoa(bytes.reduce((text, byte) => text + String.fromCharCode(byte), ""))}`;
}

async function faces(fonts) {
  const rules = await Promise.all(fonts.map(async ({ family, weight, address }) =>
    `@font-face{font-family:'${family}';font-weight:${weight};src:url(${await dataUrl(address)})}`));
  return rules.join("") + ".crisp{shape-rendering:crispEdges}";
}

// The picture as text and its size.
async function drawn(plot, data, style) {
  const layers = [...plot.querySelectorAll(".main-svg")].filter((one) => one.getBoundingClientRect().width > 0);
  const { width, height } = layers[0].getBoundingClientRect();
  const text = style.getPropertyValue("--st-text-color").trim();
  const muted = style.getPropertyValue("--st-gray-text-color").trim() || text;
  const full = Math.round(width) + 2 * MARGIN;
  const svg = made("svg", { xmlns: SVG, width: full, role: "img", "xml:lang": document.documentElement.lang });
  const named = made("title"), told = made("desc"), fonts = made("style"), paper = made("rect", {
    width: "100%", height: "100%", fill: style.getPropertyValue("--st-background-color").trim(),
  });
  [named.textContent, told.textContent, fonts.textContent] = [data.title, data.alt, await faces(data.fonts)];
  svg.append(named, told, fonts, paper);
  let top = MARGIN;
  top = write(svg, data.title, top, width, { family: data.serif, size: 20, weight: 600, colour: text, leading: 1.25 });
  top = write(svg, data.about, top + 4, width, { family: data.sans, size: 14, colour: muted }) + GAP;
  svg.append(...layers.map((one) => layer(one, top)));
  top = write(svg, data.source, top + height + GAP, width, { family: data.sans, size: 12, colour: muted });
  if (data.link) top = write(svg, data.link, top, width, { family: data.sans, size: 11, colour: muted });
  const tall = Math.ceil(top + MARGIN / 2);
  svg.setAttribute("height", tall);
  svg.setAttribute("viewBox", `0 0 ${full} ${tall}`);
  return { text: new XMLSerializer().serializeToString(svg), width: full, height: tall };
}

// A PNG that says how many of its points make an inch, so that it is printed as large as it was on screen.
function measured(bytes) {
  const head = 33;  // signature and IHDR, which stand first in every PNG
  const chunk = new DataView(new ArrayBuffer(21)), perMetre = Math.round(INCH * SCALE * METRE);
  chunk.setUint32(0, 9);
  [...PHYSICAL].forEach((letter, at) => chunk.setUint8(4 + at, letter.charCodeAt(0)));
  chunk.setUint32(8, perMetre);
  chunk.setUint32(12, perMetre);
  chunk.setUint8(16, 1);
  chunk.setUint32(17, crc(new Uint8Array(chunk.buffer, 4, 13)));
  return new Blob([bytes.slice(0, head), chunk.buffer, bytes.slice(head)], { type: "image/png" });
}

function crc(bytes) {
  let sum = ~0;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return ~sum >>> 0;
}

async function raster({ text, width, height }) {
  const address = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  try {
    const image = new Image(width, height);
    image.src = address;
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: width * SCALE, height: height * SCALE });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((done, failed) =>
      canvas.toBlob((made) => made ? done(made) : failed(new Error("no picture")), "image/png"));
    return measured(new Uint8Array(await blob.arrayBuffer()));
  } finally {
    URL.revokeObjectURL(address);
  }
}

function keep(blob, name) {
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

// Saves the plot as `png` or `svg` under the name in `data`. Throws where the browser cannot.
async function savePicture(form, plot, data, style) {
  const picture = await drawn(plot, data, style);
  keep(form === "png" ? await raster(picture) : new Blob([picture.text], { type: "image/svg+xml" }), `${data.name}.${form}`);
}
