import { existsSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Settings } from "./config.ts";
import { newOperationId } from "./control/acceptance.ts";
import { type Clock, realClock } from "./control/clock.ts";
import { Loop } from "./control/loop.ts";
import { createRequests, type Requests } from "./control/requests.ts";
import { prepareFolder } from "./folder.ts";
import { buildServer } from "./http/server.ts";
import { openLog } from "./log.ts";
import { openOceanBase } from "./oceanbase/connect.ts";
import { maskSecrets, parseDestination } from "./oceanbase/destination.ts";
import type { ClusterAddress, OceanBase } from "./oceanbase/oceanbase.ts";
import { statementTexts } from "./oceanbase/statement-texts.ts";
import { DATABASE_FILE, openStore } from "./store/open-store.ts";
import type { Store } from "./store/store.ts";
import { HOLDFAST_VERSION } from "./version.ts";

export interface RunningServer {
  readonly url: string;
  readonly store: Store;
  readonly requests: Requests;
  /** Takes no new requests, lets answers under way be recorded, closes the store. */
  stop(): Promise<void>;
}

/** What a test may put between the server and the world. */
export interface ServeSeams {
  readonly clock?: Clock;
  readonly openDoor?: (address: ClusterAddress) => OceanBase;
  readonly wrapStore?: (store: Store) => Store;
}

/** Wires everything in order and listens on loopback. Throws when the folder or the port cannot be had. */
export async function serve(settings: Settings, seams: ServeSeams = {}): Promise<RunningServer> {
  const clock = seams.clock ?? realClock;
  const openDoor =
    seams.openDoor ?? ((address) => openOceanBase(address, { observedNow: () => clock.now() }));
  prepareFolder(settings.dir);
  const log = openLog(settings.dir);
  const { report } = log;
  const opened = await openStore({ path: join(settings.dir, DATABASE_FILE), now: () => clock.now() });
  const store = seams.wrapStore?.(opened) ?? opened;
  log.follow(opened);
  const loop = new Loop({
    store,
    openDoor,
    texts: statementTexts,
    clock,
    report,
    settings: watchSettings(settings),
  });
  const requests = createRequests({
    store,
    loop,
    clock,
    openDoor,
    texts: statementTexts,
    maskUri,
    newId: newOperationId,
  });
  const server = await buildServer({
    store,
    requests,
    report,
    now: () => clock.now(),
    version: HOLDFAST_VERSION,
    startedAt: clock.now(),
    consoleFolder: consoleFolder(),
  });
  await server.listen({ host: "127.0.0.1", port: settings.port });
  await loop.start();
  const { port } = server.server.address() as AddressInfo;
  const stop = async () => {
    await server.close();
    await loop.stop();
    await log.close();
    await store.close();
  };
  return { url: `http://127.0.0.1:${port}`, store, requests, stop };
}

function watchSettings(settings: Settings) {
  return {
    observeIdleMs: settings.observeIdleSeconds * 1000,
    observeBusyMs: settings.observeBusySeconds * 1000,
    adoptMicros: settings.adoptSeconds * 1_000_000,
  };
}

function consoleFolder(): string | null {
  const folder = join(import.meta.dirname, "..", "dist", "console");
  return existsSync(join(folder, "index.html")) ? folder : null;
}

/** Refuses what is no destination; what it gives back may be shown. */
function maskUri(uri: string): string {
  parseDestination(uri);
  return maskSecrets(uri);
}
