// Compiles the styles, draws the icons and copies the typeface and idb into static/build/, which is
// never committed.
// Pages get small woff2 files; the PDF needs whole TTF files, since typst reads no woff2.

import { copyFile, mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import * as sass from "sass";
import { icon } from "./icons.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const packages = path.join(here, "..", "node_modules");
const build = path.join(here, "build");
const fonts = path.join(build, "fonts");
const printed = path.join(fonts, "ttf");

// Latin is always fetched; Latin Extended only by a page with a macron or a circumflex in it.
const pageFaces = ["400-normal", "400-italic", "600-normal", "700-normal"].flatMap((face) =>
  ["latin", "latin-ext"].map((letters) => `source-sans-3-${letters}-${face}.woff2`),
);
const printedFaces = ["Regular", "Semibold", "Bold"].map((face) => `SourceSans3-${face}.ttf`);

// What home screens show: as it is, or white to the edge where a system cuts a shape of its own.
const icons = [
  ["icon-192.png", 192, false],
  ["icon-512.png", 512, false],
  ["icon-512-maskable.png", 512, true],
  ["icon-180.png", 180, true],
];

const copyAll = (names, from, to) =>
  Promise.all(names.map((name) => copyFile(path.join(from, name), path.join(to, name))));

await rm(build, { recursive: true, force: true });
await mkdir(printed, { recursive: true });
await copyFile(path.join(here, "lens.svg"), path.join(build, "lens.svg"));
await copyFile(path.join(packages, "idb/build/index.js"), path.join(build, "idb.js"));
await Promise.all(
  icons.map(([name, size, fills]) => writeFile(path.join(build, name), icon(size, fills))),
);
await copyAll(pageFaces, path.join(packages, "@fontsource/source-sans-3/files"), fonts);
await copyAll(printedFaces, path.join(packages, "source-sans/TTF"), printed);

const { css } = sass.compile(path.join(here, "scss/practicelens.scss"), {
  loadPaths: [packages],
  quietDeps: true,
  style: "compressed",
});
await writeFile(path.join(build, "practicelens.css"), css);
console.log(`static/build/practicelens.css, ${Math.round(css.length / 1000)} kB`);
