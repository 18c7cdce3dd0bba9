import type { Fault } from "../../sandbox/faults/fault.ts";
import type { Micros } from "../../src/domain/scn.ts";
import { drawStatement } from "./another-person.ts";
import type { Chance } from "./chance.ts";
import { drawFaults } from "./draw-faults.ts";
import type { WishKind } from "./people.ts";
import { MILLISECOND, SECOND } from "./timeline.ts";
import { type SandboxVersion, START, TENANTS, type TenantName, VERSIONS } from "./world.ts";

/** Everything that is decided before a schedule begins. */
export interface Drawn {
  readonly version: SandboxVersion;
  readonly latency: Micros;
  /** How many of the statements that ask for something take seconds, before their effect or after it. */
  readonly slowShare: number;
  readonly clockAhead: Micros;
  readonly wishes: readonly { readonly at: Micros; readonly kind: WishKind; readonly tenant: TenantName }[];
  /** What another person sends, as root of sys. */
  readonly others: readonly { readonly at: Micros; readonly sql: string }[];
  readonly faults: readonly Fault[];
  /** At `at` the process is doomed to die so many awaits later, and to start again after `pause`. */
  readonly kills: readonly { readonly at: Micros; readonly points: number; readonly pause: Micros }[];
  readonly judgings: readonly { readonly at: Micros; readonly tenant: TenantName }[];
  readonly commits: readonly { readonly at: Micros; readonly tenant: TenantName }[];
  /** Nothing is done to Holdfast or the cluster after this. */
  readonly faultsEnd: Micros;
}

const WISHES: readonly [WishKind, ...WishKind[]] = [
  "back-up",
  "back-up",
  "back-up",
  "restore",
  "restore",
  "cancel",
  "clean-up",
  "start-archive",
  "stop-archive",
];

/** The oldest and the one between cost as much as those that people have. */
const USUAL: readonly [SandboxVersion, ...SandboxVersion[]] = ["4.2.1.9", "4.2.5.1", "4.3.5.1"];

/** Short and dense: a long story finds nothing that many short ones do not, and costs more. */
const SHORTEST = 16;
const LONGEST = 36;
const MOST_COMMITS = 6;

export function draw(chance: Chance): Drawn {
  const seconds = chance.whole(SHORTEST, LONGEST);
  const length = seconds * SECOND;
  const faultsEnd = START + length;
  const moment = () => START + chance.whole(0, length);
  const times = (most: number) =>
    Array.from({ length: chance.whole(0, most) }, moment).toSorted((a, b) => a - b);
  return {
    version: chance.happens(0.2) ? chance.pick(VERSIONS) : chance.pick(USUAL),
    latency: chance.pick([0, 0, 0, 0, 20 * MILLISECOND, 400 * MILLISECOND]),
    slowShare: chance.pick([0, 0, 0.2]),
    clockAhead: chance.pick([0, 0, 90 * SECOND, -90 * SECOND, 3600 * SECOND]),
    wishes: [START + SECOND, ...times(3)].map((at) => ({
      at,
      kind: chance.pick(WISHES),
      tenant: someTenant(chance),
    })),
    others: times(3).map((at) => ({ at, sql: drawStatement(chance, someTenant(chance)) })),
    faults: drawFaults(chance.fork("faults"), seconds),
    kills: times(2).map((at) => ({ at, points: chance.whole(1, 60), pause: chance.whole(0, 20) * SECOND })),
    judgings: times(2).map((at) => ({ at, tenant: someTenant(chance) })),
    commits: times(MOST_COMMITS).map((at) => ({ at, tenant: someTenant(chance) })),
    faultsEnd,
  };
}

/** Mostly the same one, so that things meet. */
function someTenant(chance: Chance): TenantName {
  return chance.happens(0.75) ? "shop" : chance.pick(TENANTS);
}
