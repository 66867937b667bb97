/* Bundles one script with the Vite that built the pages: node bundle.mjs WEB_DIR ENTRY OUT DEFINITIONS_JSON
 *
 * The script stands outside WEB_DIR, whose packages it may use all the same.
 */

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
  define: { "process.env.NODE_ENV": '"production"', ...JSON.parse(definitions) },
  resolve: {
    alias: [
      { find: /^\$\//, replacement: `${resolve(webDir)}/` },
      { find: /^(react|react-dom|react-router)(?=\/|$)/, replacement: `${resolve(webDir)}/node_modules/$1` },
    ],
  },
  build: {
    outDir: dirname(resolve(out)),
    emptyOutDir: false,
    lib: { entry: resolve(entry), formats: ["iife"], name: "careapp", fileName: () => basename(out) },
    minify: true,
  },
});
