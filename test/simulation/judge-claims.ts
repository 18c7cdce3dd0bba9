import { tenantById } from "../../sandbox/model/model.ts";
import type { Operation } from "../../src/domain/operation.ts";
import type { Gap, Restorable } from "../../src/domain/restorable.ts";
import type { Scn } from "../../src/domain/scn.ts";
import type { Chance } from "./chance.ts";
import { contentIn, restoreTo } from "./judge-restore.ts";
import type { Story } from "./story.ts";
import { Violation } from "./violation.ts";
import { TENANTS, type TenantName, type World } from "./world.ts";

/** Invariant 3: what is claimed of a tenant at this moment, held against real restores. */
export class ClaimJudge {
  restores = 0;
  refusals = 0;
  readonly #world: World;
  readonly #chance: Chance;
  readonly #story: Story;
  readonly #spoiled = new Set<TenantName>();

  constructor(world: World, { chance, story }: { readonly chance: Chance; readonly story: Story }) {
    this.#world = world;
    this.#chance = chance;
    this.#story = story;
  }

  /** One instant inside, one at or beside an edge, one in a gap. `isExact`: nothing has moved since it was observed. */
  async judge(
    tenant: TenantName,
    claimed: Restorable,
    { isExact }: { readonly isExact: boolean },
  ): Promise<void> {
    const { intervals, gaps } = claimed;
    // A file that somebody took away or spoiled shows in no view: nobody can know.
    const interval = this.#spoiled.has(tenant) ? undefined : this.#oneOf(intervals);
    if (interval) {
      await this.#mustRestore(tenant, this.#within(interval));
      await this.#mustRestore(tenant, this.#chance.happens(0.6) ? interval.to : interval.from);
    }
    const settled = gaps.filter((each) => isExact || !MOVES.has(each.cause.kind));
    const gap = this.#oneOf(settled);
    if (gap) await this.#mustNotRestore(tenant, gap, this.#besideOrWithin(gap));
  }

  /** A file below the tenant's destinations was lost or damaged, or its destination is out of reach. */
  spoil(tenant: TenantName): void {
    this.#spoiled.add(tenant);
  }

  /** A restore that Holdfast calls a success: what stands in the new tenant now is what stood in the old one then. */
  async judgeRestored({ id, request, result }: Operation): Promise<void> {
    const { model } = this.#world;
    if (request.kind !== "restore" || result.tenantId === null || !tenantById(model, result.tenantId)) return;
    const source = TENANTS.find((each) => each === request.source.tenant);
    if (!source) return;
    this.restores += 1;
    const { seq, problems } = await contentIn(model.media.data(result.tenantId).connect());
    const wanted = this.#world.tenant(source).seqAt(request.until);
    if (seq === wanted && problems.length === 0) return;
    throw new Violation(
      3,
      `${id} restored ${source} to commit ${seq} instead of ${wanted}: ${problems.join("; ")}`,
    );
  }

  #oneOf<T>(among: readonly T[]): T | undefined {
    return among[this.#chance.whole(0, Math.max(0, among.length - 1))];
  }

  #within({ from, to }: { readonly from: Scn; readonly to: Scn }): bigint {
    return from + ((to - from) * BigInt(this.#chance.whole(0, 2 ** 30))) / BigInt(2 ** 30);
  }

  /** The first nanosecond of a gap lies one after an interval, the last one before the next. */
  #besideOrWithin(gap: Gap): bigint {
    if (this.#chance.happens(0.4)) return gap.from;
    return this.#chance.happens(0.3) ? gap.to : this.#within(gap);
  }

  async #mustRestore(tenant: TenantName, instant: bigint): Promise<void> {
    this.restores += 1;
    const restored = await restoreTo(instant, this.#storage(tenant));
    const wanted = this.#world.tenant(tenant).seqAt(instant);
    this.#story.tell(
      "judge",
      () => `restores ${tenant} to ${instant}: ${JSON.stringify(restored)}, wanted commit ${wanted}`,
    );
    if (restored.kind === "refused") {
      throw new Violation(
        3,
        `${tenant} is called restorable to ${instant}, and the cluster says ${restored.words}`,
      );
    }
    if (restored.seq === wanted && restored.problems.length === 0) return;
    const what = restored.problems.join("; ") || `commit ${restored.seq} instead of ${wanted}`;
    throw new Violation(3, `${tenant} restored to ${instant} is wrong: ${what}`);
  }

  async #mustNotRestore(tenant: TenantName, gap: Gap, instant: bigint): Promise<void> {
    this.refusals += 1;
    const restored = await restoreTo(instant, this.#storage(tenant));
    this.#story.tell(
      "judge",
      () => `asks for ${tenant} at ${instant} in a gap (${gap.cause.kind}): ${JSON.stringify(restored)}`,
    );
    if (restored.kind === "refused") return;
    throw new Violation(
      3,
      `${tenant} at ${instant} lies in a gap (${gap.cause.kind}), and it restores to commit ${restored.seq}`,
    );
  }

  #storage(tenant: TenantName) {
    return { dataPath: this.#world.folder(tenant, "data"), archivePath: this.#world.folder(tenant, "clog") };
  }
}

/** Gaps that the next moment may close: an older observation of them proves nothing. */
const MOVES: ReadonlySet<string> = new Set([
  "not-archived-yet",
  "set-not-covered",
  "set-running",
  "no-backup-yet",
  "no-set-in-round",
]);
