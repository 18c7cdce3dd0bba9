import type { Plan } from "../use-plan.ts";

type ZoneRoom = Plan["room"][number];
export const ROOM_KINDS = ["cpu", "memory", "logDisk", "dataDisk"] as const;
export type RoomKind = (typeof ROOM_KINDS)[number];

/** Less than this share left afterwards is worth a word. */
const TIGHT_BELOW = 0.15;

export function roomOf(zone: ZoneRoom, kind: RoomKind): { readonly need: number; readonly free: number } {
  const rooms: Readonly<Record<RoomKind, { need: number; free: number }>> = {
    cpu: zone.cpu,
    memory: zone.memoryBytes,
    logDisk: zone.logDiskBytes,
    dataDisk: zone.dataDiskBytes,
  };
  return rooms[kind];
}

export type RoomVerdict =
  | { readonly kind: "enough" }
  | { readonly kind: "tight" | "short"; readonly what: RoomKind; readonly percentLeft: number };

/** The scarcest of the four decides. */
export function roomVerdict(zone: ZoneRoom): RoomVerdict {
  const shares = ROOM_KINDS.map((what) => {
    const { need, free } = roomOf(zone, what);
    return { what, left: free === 0 ? (need === 0 ? 1 : -1) : (free - need) / free };
  });
  const scarcest = shares.reduce((least, share) => (share.left < least.left ? share : least));
  const percentLeft = Math.floor(scarcest.left * 100);
  if (scarcest.left < 0) return { kind: "short", what: scarcest.what, percentLeft };
  return scarcest.left < TIGHT_BELOW
    ? { kind: "tight", what: scarcest.what, percentLeft }
    : { kind: "enough" };
}
