// Finds Chromium and starts it so that it does nothing but what the tests ask.
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome"];
const FLAGS = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Chromium's path: NHIPCAU_CHROMIUM, or the first of its names on the PATH; undefined if there is none. */
export function findChromium() {
  if (process.env.NHIPCAU_CHROMIUM) return process.env.NHIPCAU_CHROMIUM;
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    for (const name of NAMES) {
      const path = join(folder, name);
      try {
        accessSync(path, constants.X_OK);
        return path;
      } catch {
        // Not in this folder.
      }
    }
  }
  return undefined;
}

/** A headless browser with a fresh profile; the sandbox is off, as root cannot have one. */
export const startChromium = (executablePath) =>
  chromium.launch({ executablePath, headless: true, chromiumSandbox: false, args: FLAGS });
