import { setTimeout as sleep } from "node:timers/promises";
import { Connections, type ServerAddress } from "./connections.ts";
import type { Recording } from "./recording.ts";
import { WATCHED } from "./watched.ts";

/** Between two looks: a kernel that is built without optimising needs most of a core to answer them as it is. */
const PAUSE_MS = 200;
const LIST_EVERY_MS = 2000;

export interface Watch {
  /** Recordings that are being made; they may come and go. */
  readonly recordings: Set<Recording>;
  stop(): void;
}

/** Reads all views over and over, once for all recordings, and survives a server that is away. */
export function watch(address: ServerAddress): Watch {
  const connections = new Connections(address);
  const recordings = new Set<Recording>();
  const over = new AbortController();
  void (async () => {
    let listed = 0;
    while (!over.signal.aborted) {
      await look(connections, recordings).catch(() => connections.hangUp());
      if (Date.now() - listed > LIST_EVERY_MS) {
        for (const recording of recordings) recording.list();
        listed = Date.now();
      }
      await sleep(PAUSE_MS);
    }
    connections.hangUp();
  })();
  return {
    recordings,
    stop() {
      over.abort();
    },
  };
}

async function look(connections: Connections, recordings: ReadonlySet<Recording>): Promise<void> {
  for (const watched of WATCHED) {
    const rows = await connections.rows(`SELECT * FROM ${watched.view}`, "root@sys");
    for (const recording of recordings) recording.see(watched, rows);
  }
  for (const recording of recordings) recording.endLook();
}
