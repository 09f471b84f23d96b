// A bad line between a browser and the site: a proxy that counts every byte both ways, whoever sends it
// (pages, their scripts, their worker), and holds it up as slow 3G does in Chromium's own tools.
import { connect, createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** 400 kbit/s each way; an answer comes two seconds after it is asked for. */
export const SLOW_3G = { bytesPerSecond: 50_000, roundTrip: 2_000 };

/**
 * A line to `origin`. `counted()` says how many bytes went over it, heads and all; `slow(SLOW_3G)` holds up
 * what is sent from then on, `slow()` no longer.
 */
export async function openLine(origin) {
  const { hostname, port } = new URL(origin);
  let bytes = 0;
  let rate;
  const carry = (from, to) => {
    // One piece after the other: the line is as wide for all of a connection's pieces together.
    let last = Promise.resolve();
    let free = 0;
    from.on("data", (piece) => {
      bytes += piece.length;
      const held = rate;
      const arrives = Date.now() + (held?.roundTrip ?? 0) / 2;
      last = last.then(async () => {
        if (held) {
          free = Math.max(free, arrives) + (1000 * piece.length) / held.bytesPerSecond;
          await sleep(Math.max(0, free - Date.now()));
        }
        if (!to.destroyed) to.write(piece);
      });
    });
    from.on("end", () => last.then(() => to.end()));
    from.on("error", () => to.destroy());
    from.on("close", () => last.then(() => to.destroy()));
  };
  const open = new Set();
  const server = createServer((browser) => {
    const site = connect(Number(port), hostname);
    for (const end of [browser, site]) {
      open.add(end);
      end.on("close", () => open.delete(end));
    }
    carry(browser, site);
    carry(site, browser);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    counted: () => bytes,
    slow: (to) => { rate = to; },
    close: () => {
      for (const end of open) end.destroy();
      server.close();
    },
  };
}
