import type { Operation } from "../../src/domain/operation.ts";
import { Problem } from "../../src/domain/problem.ts";
import { restorable } from "../../src/domain/restorable.ts";
import { type Scn, scn } from "../../src/domain/scn.ts";
import type { Chance } from "./chance.ts";
import type { HoldfastProcess } from "./process.ts";
import type { Story } from "./story.ts";
import { SECOND, type Timeline } from "./timeline.ts";
import type { TenantName } from "./world.ts";

export type WishKind = "back-up" | "restore" | "start-archive" | "stop-archive" | "cancel" | "clean-up";

/** What a person asked Holdfast for, and what Holdfast said to it. */
export interface Asked {
  readonly requestId: string;
  readonly kind: WishKind;
  readonly tenant: TenantName;
  answer: "none" | "accepted" | "refused" | "given-up";
  operation: string | undefined;
}

type Running = NonNullable<HoldfastProcess["running"]>;

export interface PeopleParts {
  readonly timeline: Timeline;
  readonly chance: Chance;
  readonly story: Story;
  readonly running: () => Running | undefined;
  readonly defect: (error: unknown, words: string) => void;
}

/** A wish is made again this often while nobody answers. */
const MOST_TRIES = 8;
const TRY_AGAIN = 5 * SECOND;
/** Of every encrypted set; some restores are asked for without it, or with another one. */
export const PASSWORD = "correct horse";
const UNIT = { cpu: 1, memoryBytes: 2 * 1024 ** 3, logDiskBytes: 6 * 1024 ** 3 };

/** The people who use Holdfast: they wish, they ask again with the same request id when no answer comes. */
export class People {
  readonly asked: Asked[] = [];
  readonly #parts: PeopleParts;

  constructor(parts: PeopleParts) {
    this.#parts = parts;
  }

  wish(kind: WishKind, tenant: TenantName): void {
    const number = this.asked.length + 1;
    const asked: Asked = { requestId: `wish-${number}`, kind, tenant, answer: "none", operation: undefined };
    this.asked.push(asked);
    this.#try(asked, { words: this.#drawn(asked), triesLeft: MOST_TRIES });
  }

  /** What is asked, drawn once: asked again it must be the same. */
  #drawn({ kind, tenant, requestId }: Asked): (running: Running) => Promise<Operation> {
    const { chance } = this.#parts;
    const wish = { requestId, cluster: "prod", tenant };
    const type = chance.pick(["full", "incremental", "incremental"] as const);
    const encryptionPassword = chance.happens(0.1) ? PASSWORD : null;
    const details = { type, plusArchivelog: chance.happens(0.15), encryptionPassword };
    const backUp = ({ requests }: Running) => requests.backUp({ ...wish, ...details });
    if (kind === "back-up") return backUp;
    // Who finds nothing to cancel and nothing to clean up backs up instead.
    if (kind === "cancel") return async (running) => (await this.#canceled(running)) ?? backUp(running);
    if (kind === "clean-up")
      return async (running) => (await cleanedUp(running, requestId)) ?? backUp(running);
    if (kind === "restore") return this.#drawnRestore(wish);
    return ({ requests }) => requests.archive({ ...wish, verb: kind === "start-archive" ? "start" : "stop" });
  }

  #drawnRestore(wish: { readonly requestId: string; readonly tenant: TenantName }) {
    const { chance } = this.#parts;
    const place = chance.next();
    const activate = chance.happens(0.5);
    const decryptionPasswords = chance.pick([[PASSWORD], [PASSWORD], [PASSWORD], [], ["not the one"]]);
    let until: Scn | undefined;
    return async ({ requests, store }: Running): Promise<Operation> => {
      until ??= await instantAt(store, wish.tenant, place);
      const target = {
        cluster: "prod",
        tenant: wish.requestId.replace("wish-", "copy"),
        zones: ["zone1"],
        unit: UNIT,
        unitCount: 1,
        primaryZone: null,
        concurrency: null,
      };
      const source = { cluster: "prod", tenant: wish.tenant };
      const { requestId } = wish;
      return requests.restore({ requestId, source, until, target, activate, decryptionPasswords });
    };
  }

  /** One of those that go on; undefined where none does. */
  async #canceled({ requests, store }: Running): Promise<Operation | undefined> {
    const [first, ...others] = await store.activeOperations();
    return first && requests.cancel(this.#parts.chance.pick([first, ...others]).id);
  }

  #try(
    asked: Asked,
    {
      words,
      triesLeft,
    }: { readonly words: (running: Running) => Promise<Operation>; readonly triesLeft: number },
  ): void {
    const { running, timeline, story } = this.#parts;
    if (asked.answer !== "none") return;
    if (triesLeft === 0) {
      asked.answer = "given-up";
      return;
    }
    const server = running();
    timeline.after(TRY_AGAIN, () => this.#try(asked, { words, triesLeft: triesLeft - 1 }));
    if (!server) return;
    story.tell("person", () => `asks for ${asked.kind} of ${asked.tenant} (${asked.requestId})`);
    words(server).then(
      (operation) => this.#accepted(asked, operation),
      (error: unknown) => this.#refused(asked, error),
    );
  }

  #accepted(asked: Asked, { id }: Operation): void {
    this.#parts.story.tell("holdfast", () => `accepts ${asked.requestId} as ${id}`);
    asked.answer = "accepted";
    if (asked.kind !== "cancel") asked.operation = id;
  }

  #refused(asked: Asked, error: unknown): void {
    const { story, defect, running } = this.#parts;
    // The server was killed while it was asked: no answer came.
    if (!running()) return;
    if (!(error instanceof Problem)) return defect(error, `asked for ${asked.kind}`);
    story.tell("holdfast", () => `refuses ${asked.requestId}: ${error.code}: ${error.body.found}`);
    asked.answer = "refused";
  }
}

/** What the newest restore that did not succeed left behind; undefined where there was none. */
async function cleanedUp({ requests, store }: Running, requestId: string): Promise<Operation | undefined> {
  const { operations } = await store.operations({ kinds: ["restore"] });
  const left = operations.find(({ outcome }) => outcome === "failed" || outcome === "canceled");
  return left && requests.cleanUp({ requestId, operation: left.id });
}

/** An instant that a person may choose: mostly a restorable one, sometimes any of the last minutes. */
async function instantAt(store: Running["store"], tenant: TenantName, place: number): Promise<Scn> {
  const inventory = await store.tenantInventory("prod", tenant);
  const now = (await store.cluster("prod"))?.clusterNow;
  if (!inventory || !now)
    throw new Problem("tenant-unknown", { found: "Not observed yet.", remedy: "Wait." });
  const { intervals, span } = restorable(inventory, { now });
  const interval = intervals[Math.floor(place * 7919) % Math.max(1, intervals.length)];
  const range = place < 0.85 ? interval : span;
  if (!range) throw new Problem("no-backup-yet", { found: "Nothing is restorable.", remedy: "Back up." });
  const share = BigInt(Math.floor(((place * 1000) % 1) * 2 ** 30));
  return scn(range.from + ((range.to - range.from) * share) / 2n ** 30n);
}
