/* Bundles one script with the Vite that built the pages: node bundle.mjs WEB_DIR ENTRY OUT DEFINITIONS_JSON */

import { createRequire } from "node:module";
import { basename, dirname, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [webDir, entry, out, definitions] = process.argv.slice(2);
const vite = createRequire(resolve(webDir, "package.json")).resolve("vite");
const { build } = await import(pathToFileURL(vite).href);

await build({
  root: dirname(resolve(entry)),
  configFile: false,
  envDir: false,
  publicDir: false,
  logLevel: "warn",
  define: JSON.parse(definitions),
  resolve: { alias: { $: resolve(webDir) }, dedupe: ["react", "react-dom", "react-router"] },
  build: {
    outDir: dirname(resolve(out)),
    emptyOutDir: false,
    lib: { entry: resolve(entry), formats: ["es"], fileName: () => basename(out) },
    rolldownOptions: { output: { codeSplitting: false } },
    minify: true,
  },
});
