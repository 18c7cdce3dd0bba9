import type { Round } from "../../sandbox/model/backup-rows.ts";
import type { GapCause } from "../../src/domain/gap-cause.ts";
import type { Gap, Restorable } from "../../src/domain/restorable.ts";
import { Violation } from "./violation.ts";
import type { TenantName, World } from "./world.ts";

/**
 * Invariant 4: each cause that is given for a gap, held against what really befell the cluster. What an archive round
 * went through is written down while it happens: once stopped, its row no longer tells.
 */
export class CauseJudge {
  readonly #world: World;
  /** `tenant id/round id` of every round that was ever interrupted. */
  readonly #interrupted = new Set<string>();
  /** Of these, those that an observation has met as such: of the others nobody can know. */
  readonly #seenInterrupted = new Set<string>();

  #lastEvent = 0;
  #revision = -1;

  constructor(world: World) {
    this.#world = world;
  }

  /** After everything that happens: the cluster's own book of events tells what came and went in between. */
  writeDown(): void {
    const { events } = this.#world.model.state;
    if (events.revision === this.#revision) return;
    this.#revision = events.revision;
    const fresh = events.all().filter((each) => each.id > this.#lastEvent && each.event === "change_status");
    this.#lastEvent = events.all().at(-1)?.id ?? this.#lastEvent;
    for (const { values } of fresh) {
      const told = new Map(values);
      const round = this.#newestRound(Number(told.get("tenant_id")));
      if (told.get("new_status") === "INTERRUPTED" && round) this.#interrupted.add(keyOf(round));
    }
  }

  /** A pass that saw the views as they are. */
  observed(): void {
    for (const round of this.#interruptedNow()) this.#seenInterrupted.add(keyOf(round));
  }

  judge(tenant: TenantName, { gaps }: Restorable): void {
    const tenantId = this.#world.idOf(tenant) ?? 0;
    for (const gap of gaps) {
      const wrong = this.#contradiction(tenantId, gap);
      if (wrong)
        throw new Violation(
          4,
          `${tenant}: a gap from ${gap.from} to ${gap.to} is said to be ${said(gap)}, but ${wrong}`,
        );
    }
  }

  #newestRound(tenantId: number): Round | undefined {
    return this.#world.model.state.rounds.all().findLast((round) => round.tenantId === tenantId);
  }

  #interruptedNow(): readonly Round[] {
    return this.#world.model.state.rounds.all().filter((round) => round.status === "INTERRUPTED");
  }

  #contradiction(tenantId: number, { cause, from }: Gap): string | undefined {
    switch (cause.kind) {
      case "archive-interrupted":
      case "archive-stopped":
      case "archive-suspended":
      case "not-archived-yet":
        return this.#ofRound(tenantId, cause);
      case "set-failed":
      case "set-running":
      case "set-deleted":
        return this.#ofSet(tenantId, cause);
      case "no-backup-yet":
        return this.#ofNothing(tenantId, from);
      default:
        return undefined;
    }
  }

  #ofRound(tenantId: number, cause: Extract<GapCause, { readonly roundId: number }>): string | undefined {
    const round = this.#world.model.state.rounds
      .all()
      .find((each) => each.tenantId === tenantId && each.roundId === cause.roundId);
    if (!round) return `there is no round ${cause.roundId}`;
    const isInterrupted = this.#interrupted.has(keyOf(round));
    const isKnown = this.#seenInterrupted.has(keyOf(round));
    if (cause.kind === "archive-interrupted")
      return isInterrupted ? undefined : `round ${cause.roundId} was never interrupted`;
    if (isInterrupted && isKnown) return `round ${cause.roundId} was interrupted`;
    if (isInterrupted) return undefined;
    const wanted = ROUND_WORDS[cause.kind] ?? [];
    return wanted.includes(round.status) ? undefined : `round ${cause.roundId} is ${round.status}`;
  }

  #ofSet(tenantId: number, cause: Extract<GapCause, { readonly setId: number }>): string | undefined {
    const set = this.#world.model.state.sets
      .all()
      .find((each) => each.tenantId === tenantId && each.setId === cause.setId);
    if (!set) return `there is no set ${cause.setId}`;
    const isDeleted = set.fileStatus === "DELETED";
    const isTrue = {
      "set-failed": set.status === "FAILED",
      "set-running": set.status === "DOING",
      "set-deleted": isDeleted,
    };
    return isTrue[cause.kind as keyof typeof isTrue]
      ? undefined
      : `set ${cause.setId} is ${set.status} / ${set.fileStatus}`;
  }

  #ofNothing(tenantId: number, from: bigint): string | undefined {
    const earlier = this.#world.model.state.sets
      .all()
      .find((set) => set.tenantId === tenantId && set.status === "SUCCESS" && set.minRestoreScn <= from);
    return earlier && earlier.fileStatus === "AVAILABLE" ? `set ${earlier.setId} was there` : undefined;
  }
}

const ROUND_WORDS: Readonly<Partial<Record<GapCause["kind"], readonly Round["status"][]>>> = {
  "archive-stopped": ["STOPPING", "STOP"],
  "archive-suspended": ["SUSPENDING", "SUSPEND"],
  "not-archived-yet": ["BEGINNING", "DOING"],
};

function keyOf({ tenantId, roundId }: Round): string {
  return `${tenantId}/${roundId}`;
}

function said({ cause }: Gap): string {
  return JSON.stringify(cause, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value));
}
