// Makes plotly.min.js out of entry.js: see README.md. The settings are those of plotly.js's own esbuild-config.js.
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
const require = createRequire(process.cwd() + "/");
const path = (name) => fileURLToPath(new URL(name, import.meta.url));
const banner = `/* plotly.js v${require("plotly.js/package.json").version}, traces of entry.js only. MIT licence: LICENSE.txt */`;
await require("esbuild").build({
  entryPoints: [path("entry.js")], outfile: path("plotly.min.js"), nodePaths: [process.cwd() + "/node_modules"],
  format: "iife", globalName: "Plotly", bundle: true, minify: true, target: "es2016", legalComments: "none", banner: { js: banner },
  plugins: [
    require("esbuild-plugin-inline-css")(),
    require("esbuild-plugin-glsl").glsl({ minify: true }),
    require("esbuild-plugin-environment").environmentPlugin({ NODE_DEBUG: false }),
  ],
  alias: { regl: "@plotly/regl", stream: "stream-browserify" },
  define: { global: "window", "define.amd": "false" },
});
