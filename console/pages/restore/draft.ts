import { z } from "zod";
import type { AnswerOf, BodyOf } from "../../../src/api/contract.ts";
import type { TenantRef } from "../../tenant-ref.ts";

/**
 * What a person has decided so far. Null stands for "not decided": the proposal made from the cluster's present state is
 * used, and follows it. Passwords are not part of it: they are never stored.
 */
const draftSchema = z.object({
  until: z.union([z.object({ scn: z.string().regex(/^\d{1,20}$/) }), z.object({ latest: z.literal(true) })]),
  zone: z.string().nullable(),
  cluster: z.string().nullable(),
  tenant: z.string().nullable(),
  zones: z.array(z.string()).nullable(),
  unit: z
    .union([
      z.object({ name: z.string() }),
      z.object({ cpu: z.number(), memoryGib: z.number(), logDiskGib: z.number() }),
    ])
    .nullable(),
  unitCount: z.number(),
  primaryZone: z.string().nullable(),
  concurrency: z.number().nullable(),
  activate: z.boolean(),
  /** Belongs to exactly this order: another decision needs another id. */
  requestId: z.string(),
});

export type Draft = z.output<typeof draftSchema>;
export type Decisions = Partial<Omit<Draft, "requestId">>;
export type UnitChoice = NonNullable<Draft["unit"]>;
export type Order = BodyOf<"planRestore">;
export type Resources = NonNullable<AnswerOf<"showCluster">["resources"]>;

export function newDraft(requestId: string): Draft {
  return {
    until: { latest: true },
    zone: null,
    cluster: null,
    tenant: null,
    zones: null,
    unit: null,
    unitCount: 1,
    primaryZone: null,
    concurrency: null,
    activate: false,
    requestId,
  };
}

/** Undefined where nothing readable was kept: an older shape, or a browser that forbids storage. */
export function readDraft(kept: string | null): Draft | undefined {
  if (kept === null) return undefined;
  try {
    return draftSchema.safeParse(JSON.parse(kept)).data;
  } catch {
    return undefined;
  }
}

/** Decisions about the target cluster fall with it: its zones, units and names are others. */
export function decided(
  draft: Draft,
  { decisions, requestId }: { decisions: Decisions; requestId: string },
): Draft {
  const movesCluster = decisions.cluster !== undefined && decisions.cluster !== draft.cluster;
  const fallen = movesCluster ? { tenant: null, zones: null, unit: null, primaryZone: null } : {};
  return { ...draft, ...fallen, ...decisions, requestId };
}

export interface Proposal {
  readonly cluster: string;
  readonly tenant: string;
  readonly zones: readonly string[];
  readonly unit: UnitChoice;
}

interface Surroundings {
  readonly source: TenantRef;
  /** The source tenant's id in its own cluster. */
  readonly sourceId: number;
  /** `1121`: the chosen instant's day in the viewer's zone. */
  readonly day: string;
  readonly resources: Resources | null;
  readonly takenNames: readonly string[];
}

const SMALL_UNIT: UnitChoice = { cpu: 2, memoryGib: 4, logDiskGib: 12 };

/** What stands in the form: what was decided, and for the rest a proposal that can be sent as it is. */
export function propose(draft: Draft, around: Surroundings): Proposal {
  const cluster = draft.cluster ?? around.source.cluster;
  return {
    cluster,
    tenant: draft.tenant ?? freeName(`${around.source.tenant}_r${around.day}`, around.takenNames),
    zones: draft.zones ?? zonesOf(around.resources),
    unit: draft.unit ?? proposedUnit(cluster, around),
  };
}

export function zonesOf(resources: Resources | null): readonly string[] {
  const zones = (resources?.servers ?? []).filter((server) => server.isActive).map((server) => server.zone);
  return [...new Set(zones)].toSorted();
}

/** `shop_r1121`, or `shop_r1121_2` where that name is taken, in whatever case. */
export function freeName(wanted: string, taken: readonly string[]): string {
  const names = new Set(taken.map((name) => name.toLowerCase()));
  const isFree = (name: string) => !names.has(name.toLowerCase());
  if (isFree(wanted)) return wanted;
  for (let count = 2; count <= names.size + 2; count++) {
    if (isFree(`${wanted}_${count}`)) return `${wanted}_${count}`;
  }
  return wanted;
}

/** The source's own unit where it exists in the target cluster: what carried the tenant once carries it again. */
function proposedUnit(cluster: string, { source, sourceId, resources }: Surroundings): UnitChoice {
  const configs = resources?.unitConfigs ?? [];
  const own =
    cluster === source.cluster
      ? resources?.pools.find((pool) => pool.tenantId === sourceId)?.unitConfigName
      : undefined;
  const name = configs.find((config) => config.name === own)?.name;
  return name === undefined ? SMALL_UNIT : { name };
}

const GIB = 1024 ** 3;

/** The order as it is sent; the server fills nothing in that the form has shown. */
export function orderOf(draft: Draft, { source, proposal, passwords }: OrderParts): Order {
  const { unit } = proposal;
  return {
    source: { cluster: source.cluster, tenant: source.tenant },
    until: draft.until,
    target: {
      cluster: proposal.cluster,
      tenant: proposal.tenant,
      zones: [...proposal.zones],
      unit:
        "name" in unit
          ? unit
          : { cpu: unit.cpu, memoryBytes: unit.memoryGib * GIB, logDiskBytes: unit.logDiskGib * GIB },
      unitCount: draft.unitCount,
      primaryZone: draft.primaryZone,
      concurrency: draft.concurrency,
    },
    activate: draft.activate,
    decryptionPasswords: [...passwords],
  };
}

interface OrderParts {
  readonly source: TenantRef;
  readonly proposal: Proposal;
  readonly passwords: readonly string[];
}

/** Orders of priority that a person may want: each zone first, the others after it. */
export function primaryZonesOf(zones: readonly string[]): readonly string[] {
  return zones.map((first) =>
    [first, zones.filter((zone) => zone !== first).join(",")].filter(Boolean).join(";"),
  );
}
