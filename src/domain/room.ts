import { bytesText } from "./bytes-text.ts";
import type { Room, ServerRoom } from "./cluster.ts";
import type { UnitSize } from "./operation.ts";
import { Problem } from "./problem.ts";
import type { PassedGuard, ZoneRoom } from "./restore-plan.ts";

export interface RoomWanted {
  readonly zones: readonly string[];
  readonly unit: UnitSize;
  /** Units per zone; each needs a server of its own. */
  readonly unitCount: number;
  /** What the sets hold: after the restore it lies on the data disks, spread over the zone's units. */
  readonly dataBytes: number;
  readonly servers: readonly ServerRoom[];
}

const PARTS = ["cpu", "memoryBytes", "logDiskBytes", "dataDiskBytes"] as const;
type Part = (typeof PARTS)[number];
type Need = Readonly<Record<Part, number>>;

const NAMES: Readonly<Record<Part, string>> = {
  cpu: "CPU",
  memoryBytes: "memory",
  logDiskBytes: "log disk",
  dataDiskBytes: "data disk",
};

/** A guard is tight when it would leave less than a tenth of what was free. */
const TIGHT = 0.9;

/** Throws `resources-not-enough` with every zone and part that lacks something; the first one in figures. */
export function judgeRoom(wanted: RoomWanted): {
  readonly room: readonly ZoneRoom[];
  readonly guard: PassedGuard;
} {
  const room = wanted.zones.map((zone) => roomIn(zone, wanted));
  const shortages = room.flatMap((each) => shortagesIn(each));
  if (shortages.length > 0) throw notEnough(shortages);
  const isTight = room.some((each) => PARTS.some((part) => each[part].need > each[part].free * TIGHT));
  const units = wanted.unitCount === 1 ? "1 unit fits" : `${wanted.unitCount} units fit`;
  const found = `${units} in each of ${wanted.zones.join(", ")}.`;
  return { room, guard: { name: "resources", isTight, found } };
}

/**
 * The zone's units go to the servers with the most room; what the last of them has free decides. OceanBase places units by
 * its own balance, so a zone that fits here by the last byte may still be refused (4733).
 */
function roomIn(zone: string, { servers, unit, unitCount, dataBytes }: RoomWanted): ZoneRoom {
  const need: Need = { ...unit, dataDiskBytes: Math.ceil(dataBytes / unitCount) };
  const inZone = servers.filter((server) => server.zone === zone && server.isActive);
  const chosen = inZone.toSorted((a, b) => lackingIn(a, need) - lackingIn(b, need) || byMemory(a, b));
  const last = chosen[unitCount - 1];
  const of = (part: Part) => ({ need: need[part], free: last ? freeOf(last[part]) : 0 });
  return {
    zone,
    cpu: of("cpu"),
    memoryBytes: of("memoryBytes"),
    logDiskBytes: of("logDiskBytes"),
    dataDiskBytes: of("dataDiskBytes"),
  };
}

function freeOf({ total, assigned }: Room): number {
  return Math.max(0, total - assigned);
}

function lackingIn(server: ServerRoom, need: Need): number {
  return PARTS.filter((part) => freeOf(server[part]) < need[part]).length;
}

function byMemory(a: ServerRoom, b: ServerRoom): number {
  return freeOf(b.memoryBytes) - freeOf(a.memoryBytes);
}

interface Shortage {
  readonly zone: string;
  readonly part: Part;
  readonly need: number;
  readonly free: number;
}

function shortagesIn(room: ZoneRoom): readonly Shortage[] {
  return PARTS.filter((part) => room[part].need > room[part].free).map((part) => ({
    zone: room.zone,
    part,
    ...room[part],
  }));
}

function notEnough(shortages: readonly Shortage[]): Problem {
  const lines = shortages.map(
    ({ zone, part, need, free }) =>
      `${zone} lacks ${NAMES[part]}: needs ${amount(part, need)}, ${amount(part, free)} free`,
  );
  const [worst] = shortages;
  const missing = worst ? worst.need - worst.free : 0;
  return new Problem("resources-not-enough", {
    found: `${lines.join("; ")}.`,
    remedy: worst
      ? `Choose another zone or a smaller unit, or add ${amount(worst.part, missing)} of ${NAMES[worst.part]} in ${worst.zone}.`
      : "Choose another zone.",
    values: {
      zone: worst?.zone ?? null,
      part: worst ? NAMES[worst.part] : null,
      need: worst?.need ?? null,
      free: worst?.free ?? null,
      missing,
      shortages: lines,
    },
  });
}

function amount(part: Part, value: number): string {
  return part === "cpu" ? String(value) : bytesText(value);
}
