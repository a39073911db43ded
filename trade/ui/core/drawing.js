// What draws charts that Streamlit does not draw, each part fetched once for the page.

// Plotly is there already where Streamlit has loaded it for charts of its own.
const scriptOf = (address) => (window.Plotly && address.pathname.endsWith("plotly.min.js")) || new Promise((resolve, reject) => {
  document.head.append(Object.assign(document.createElement("script"), { src: address, onload: resolve, onerror: reject }));
});

// Plotly and the rules of slides, one after the other.
const drawingReady = (addresses) => (window.storyScripts ??= addresses.reduce((before, address) =>
  before.then(() => scriptOf(new URL(address, document.baseURI))), Promise.resolve()));

// The outlines of the world, for maps.
async function outlinesReady(folder, world) {
  const known = (window.PlotlyGeoAssets ??= { topojson: {} }).topojson;
  known[world] ??= await (await fetch(new URL(`${folder}${world}.json`, document.baseURI))).json();
}

