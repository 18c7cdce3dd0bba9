import type { Settings } from "../../src/config.ts";
import type { BackupWish } from "../../src/control/request-backup.ts";
import type { RestoreWish } from "../../src/control/request-restore.ts";
import type { Operation } from "../../src/domain/operation.ts";
import { scn } from "../../src/domain/scn.ts";
import { openOceanBase } from "../../src/oceanbase/connect.ts";
import { serve } from "../../src/serve.ts";

/**
 * The real server with a death in it: every await on the store and on the door is a point, before and after, and at
 * point number `killAt` (counted from the moment a wish is made) the process kills itself with SIGKILL.
 * Prints the ended operation as one JSON line.
 */
export interface Doom {
  readonly settings: Settings;
  readonly clusterAddress: string;
  readonly killAt: number;
  readonly wish:
    | { readonly kind: "back-up"; readonly with: BackupWish }
    | { readonly kind: "restore"; readonly with: Omit<RestoreWish, "until"> & { readonly until: string } };
}

const doom = JSON.parse(process.env.DOOM ?? "{}") as Doom;
let isArmed = false;
let points = 0;

const server = await serve(doom.settings, {
  openDoor: (address) => counted(openOceanBase(address)),
  wrapStore: (store) => counted(store),
});
if (!(await server.store.cluster("prod"))) {
  await server.requests.addCluster({
    name: "prod",
    address: doom.clusterAddress,
    user: "root@sys",
    password: "",
  });
}
await waitFor(async () => (await server.store.cluster("prod"))?.observedAt !== null);
isArmed = true;
const asked = await ask();
const ended = await waitFor(async () => {
  const operation = await server.store.operation(asked.id);
  return operation?.phase === "ended" && operation;
});
isArmed = false;
console.log(JSON.stringify({ id: ended.id, outcome: ended.outcome, problem: ended.problem, points }));
await server.stop();

function ask(): Promise<Operation> {
  const { wish } = doom;
  if (wish.kind === "back-up") return server.requests.backUp(wish.with);
  return server.requests.restore({ ...wish.with, until: scn(wish.with.until) });
}

/** Wraps what owns a resource so that each of its awaits is a point. The loop's own waiting is not counted. */
function counted<T extends object>(owner: T): T {
  return new Proxy(owner, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== "function") return member;
      return (...args: unknown[]) => {
        const isPolling = name === "operation" || name === "cluster" || name === "close";
        if (!isPolling) point();
        const answer: unknown = member.apply(target, args);
        if (!(answer instanceof Promise)) return answer;
        return answer.finally(() => !isPolling && point());
      };
    },
  });
}

function point(): void {
  if (!isArmed) return;
  points += 1;
  if (points === doom.killAt) process.kill(process.pid, "SIGKILL");
}

async function waitFor<T>(look: () => Promise<T | false | undefined>): Promise<T> {
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
