// Unpack the browser that the npm package @sparticuz/chromium ships: node unpack.mjs FOLDER
import { readFileSync, writeFileSync, mkdirSync } from "node:fs";
import { brotliDecompressSync } from "node:zlib";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const packed = join(dirname(fileURLToPath(import.meta.url)), "node_modules", "@sparticuz", "chromium", "bin");
const folder = process.argv[2];
mkdirSync(folder, { recursive: true });
for (const name of ["chromium", "al2023.tar", "fonts.tar", "swiftshader.tar"]) {
  writeFileSync(join(folder, name), brotliDecompressSync(readFileSync(join(packed, `${name}.br`))), { mode: 0o755 });
}
