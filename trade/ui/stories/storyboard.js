// The steps of a story as small pictures: fetched from the API one after the other, drawn by Plotly, put into pages as images.
export default function ({ parentElement, data, setTriggerValue }) {
  const list = parentElement.querySelector("ol"), hint = parentElement.querySelector("p");
  const memory = (window.storyPictures ??= new Map()); // by address and theme: drawn once however often the page runs
  let gone = false, dragged = -1;
  list.setAttribute("aria-label", data.words.list);
  hint.textContent = data.words.hint;

  async function draw(step) {
    const key = `${step.data} ${data.mode}`;
    if (!memory.has(key)) memory.set(key, pictured(step).catch(() => { memory.delete(key); return null; }));
    return memory.get(key);
  }

  async function pictured(step) {
    const answer = await fetch(new URL(step.data, document.baseURI));
    const chart = await answer.json();
    if (!chart.figure) return { headline: chart.error ?? "", src: "" };
    await drawingReady(data.scripts);
    const text = data.colours.reduce((json, colour) => json.replaceAll(colour.live, colour[data.mode]), JSON.stringify(chart.figure));
    if (/"type":\s*"(choropleth|scattergeo)"/.test(text)) await outlinesReady(data.topojson.folder, data.topojson.world);
    const { data: traces, layout } = window.fitted(JSON.parse(text), 800, 400, { muted: data.palette.muted, full: data.palette.text });
    const src = await window.Plotly.toImage({ data: traces, layout: { ...layout, paper_bgcolor: data.palette.background } },
      { format: "png", width: 800, height: 400, scale: 0.5 });
    return { headline: chart.headline, src };
  }

  const move = (from, to) => {
    if (from >= 0 && to >= 0 && to < data.steps.length && from !== to) setTriggerValue("moved", [from, to]);
  };

  list.replaceChildren(...data.steps.map((step, place) => {
    const item = document.createElement("li"), button = document.createElement("button");
    const name = document.createElement("span"), picture = document.createElement("div");
    picture.className = "blank";
    name.textContent = `${place + 1}. ${(step.headline || step.problem || "…").replaceAll("{chart}", "…")}`;
    button.append(picture, name);
    button.onclick = () => document.querySelector(`.st-key-story_step_${place + 1}`)?.scrollIntoView({ block: "center" });
    if (data.movable) {
      button.draggable = true;
      button.setAttribute("aria-keyshortcuts", "Alt+ArrowLeft Alt+ArrowRight");
      button.ondragstart = event => { dragged = place; event.dataTransfer.effectAllowed = "move"; };
      button.ondragover = event => { event.preventDefault(); item.classList.add("over"); };
      button.ondragleave = () => item.classList.remove("over");
      button.ondrop = event => { event.preventDefault(); item.classList.remove("over"); move(dragged, place); };
      button.onkeydown = event => {
        if (!event.altKey || !["ArrowLeft", "ArrowRight"].includes(event.key)) return;
        event.preventDefault();
        const to = place + (event.key === "ArrowLeft" ? -1 : 1);
        if (data.steps[to]) window.movedStep = to;
        move(place, to);
      };
    }
    item.append(button);
    return item;
  }));

  if (window.movedStep >= 0) {  // who moves a step by key goes on with it
    list.children[window.movedStep]?.firstChild.focus({ preventScroll: true });
    window.movedStep = -1;
  }

  (async () => {
    for (const [place, step] of data.steps.entries()) {
      if (gone) return;
      const drawn = step.problem ? null : await draw(step);
      const button = list.children[place]?.firstChild;
      if (!drawn || !button || gone) continue;
      if (drawn.src) {
        const image = Object.assign(document.createElement("img"), { src: drawn.src, alt: "", draggable: false });
        button.firstChild.replaceWith(image);
      }
      const own = (step.headline || "{chart}").replaceAll("{chart}", drawn.headline);
      button.lastChild.textContent = `${place + 1}. ${own}`;
    }
  })();
  return () => { gone = true; };
}
