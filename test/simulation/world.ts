import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { StatementRecord } from "../../sandbox/cluster/cluster-options.ts";
import { type Cluster, createCluster, type Runner } from "../../sandbox/cluster/create-cluster.ts";
import { createTenants } from "../../sandbox/cluster/create-tenants.ts";
import type { Account, Reply } from "../../sandbox/engine.ts";
import { SqlError } from "../../sandbox/engine.ts";
import { isViewFault } from "../../sandbox/faults/fault.ts";
import type { StruckFault } from "../../sandbox/faults/fault-plan.ts";
import { SteppedClock } from "../../sandbox/model/clock.ts";
import { tenantById, tenantByName } from "../../sandbox/model/model.ts";
import type { Micros } from "../../src/domain/scn.ts";
import { LivedTenant } from "./lived-tenant.ts";
import { newFolder } from "./scratch.ts";
import { SECOND } from "./timeline.ts";

export const VERSIONS = ["4.0.0.0", "4.1.0.0", "4.2.1.9", "4.2.5.1", "4.3.3.0", "4.3.5.1"] as const;
export type SandboxVersion = (typeof VERSIONS)[number];
export const TENANTS = ["shop", "crm"] as const;
export type TenantName = (typeof TENANTS)[number];

/** When every schedule begins; the template's past lies before it. */
export const START: Micros = Date.UTC(2026, 9, 1, 12) * 1000;
const PAST = 120 * SECOND;

export interface Past {
  readonly dir: string;
  readonly commits: ReadonlyMap<TenantName, LivedTenant["commits"]>;
}

const pasts = new Map<SandboxVersion, Past>();

/** The cluster before the schedule: two tenants with rows, archiving, one of them with a full set. Made once, then copied. */
function pastOf(version: SandboxVersion): Past {
  const known = pasts.get(version);
  if (known) return known;
  const dir = newFolder("past");
  const clock = new SteppedClock(START - PAST);
  const world = new World({ dir, version, clock });
  createTenants(world.cluster, TENANTS);
  world.liveTo(START - PAST + 10 * SECOND);
  for (const tenant of TENANTS) prepare(world, tenant);
  world.liveTo(START - PAST + 40 * SECOND);
  for (const tenant of TENANTS) world.tenant(tenant).commit(clock.now());
  world.sys("ALTER SYSTEM BACKUP TENANT = shop DESCRIPTION = 'before'");
  for (let at = clock.now(); at < START; at += 10 * SECOND) {
    world.liveTo(at);
    for (const tenant of TENANTS) world.tenant(tenant).commit(clock.now());
  }
  world.liveTo(START);
  world.close();
  const past = { dir, commits: new Map(TENANTS.map((name) => [name, world.tenant(name).commits])) };
  pasts.set(version, past);
  return past;
}

function prepare(world: World, tenant: TenantName): void {
  world.tenant(tenant).createTables(world.account(`root@${tenant}`).open());
  world.sys(`ALTER SYSTEM SET DATA_BACKUP_DEST = 'file:///backup/${tenant}/data' TENANT = ${tenant}`);
  world.sys(
    `ALTER SYSTEM SET LOG_ARCHIVE_DEST = 'LOCATION=file:///backup/${tenant}/clog' TENANT = ${tenant}`,
  );
  world.sys(`ALTER SYSTEM SET archive_lag_target = '16s' TENANT = ${tenant}`);
  world.sys(`ALTER SYSTEM ARCHIVELOG TENANT = ${tenant}`);
}

/** What a schedule hears of its cluster. */
export interface Listener {
  readonly onFault: (struck: StruckFault) => void;
  readonly onStatement: (statement: StatementRecord) => void;
}

export function openWorld(version: SandboxVersion, listener: Listener): World {
  const past = pastOf(version);
  const dir = newFolder("world");
  cpSync(past.dir, dir, { recursive: true });
  return new World({ dir, version, clock: new SteppedClock(START), commits: past.commits, listener });
}

function idIn(cluster: Cluster, name: TenantName): [string, number][] {
  const tenant = tenantByName(cluster.model, name);
  return tenant ? [[name, tenant.id]] : [];
}

interface WorldParts {
  readonly dir: string;
  readonly version: SandboxVersion;
  readonly clock: SteppedClock;
  readonly commits?: Past["commits"];
  readonly listener?: Listener;
}

/** The sandbox cluster of one schedule, in this process, on the schedule's clock; and what was committed in it when. */
export class World {
  readonly cluster: Cluster;
  readonly dir: string;
  readonly #clock: SteppedClock;
  /** Of the tenants of the past: faults rename and drop them. */
  readonly #ids: ReadonlyMap<string, number>;
  readonly #tenants: ReadonlyMap<TenantName, LivedTenant>;
  #sys: Runner | undefined;

  constructor({ dir, version, clock, commits, listener }: WorldParts) {
    this.dir = dir;
    this.#clock = clock;
    this.cluster = createCluster({ dir, name: "prod", version, clock, seed: 1, ...listener });
    this.#ids = new Map(TENANTS.flatMap((name) => idIn(this.cluster, name)));
    this.#tenants = new Map(
      TENANTS.map((name) => [name, new LivedTenant(this.cluster, name, commits?.get(name) ?? [])]),
    );
  }

  get now(): Micros {
    return this.#clock.now();
  }

  get model(): Cluster["model"] {
    return this.cluster.model;
  }

  tenant(name: TenantName): LivedTenant {
    const tenant = this.#tenants.get(name);
    if (!tenant) throw new Error(`no tenant ${name}`);
    return tenant;
  }

  /** What the cluster takes the time for: a fault may have moved it. */
  get clusterNow(): Micros {
    return this.cluster.clock.now();
  }

  /** Whether a view may say now what is not so. */
  get isDistorted(): boolean {
    return this.cluster.faults.plan.inForce(isViewFault).length > 0;
  }

  /** Whether the cluster still has it: of one that was dropped it remembers nothing. */
  has(name: TenantName): boolean {
    return tenantById(this.model, this.idOf(name) ?? 0) !== undefined;
  }

  /** The id that a tenant has or had, whatever it is called now. */
  idOf(name: string): number | undefined {
    return this.#ids.get(name) ?? tenantByName(this.model, name)?.id;
  }

  /** Where a destination of a tenant lies on this machine. */
  folder(tenant: TenantName, which: "data" | "clog"): string {
    return join(this.dir, "storage", "backup", tenant, which);
  }

  /** Every step on the way is taken at its own moment. */
  liveTo(moment: Micros): void {
    this.#clock.moveTo(moment);
    this.cluster.advance();
  }

  /** A login through the lines that fail. Throws SqlError, LineDropped. */
  account(user: string): Account {
    return this.cluster.engine.account({
      user,
      database: undefined,
      connectionId: 1,
      clientAddress: "127.0.0.1",
    });
  }

  /** A statement of somebody else's, as root of sys, on a line that never fails. Throws SqlError. */
  sys(sql: string): Reply {
    this.#sys ??= this.cluster.as("root@sys");
    return this.#sys.run(sql);
  }

  /** The same, and what OceanBase answered in short. */
  attempt(sql: string): string {
    try {
      this.sys(sql);
      return "OK";
    } catch (error) {
      if (error instanceof SqlError) return `${error.errno} ${error.message}`;
      throw error;
    }
  }

  close(): void {
    this.cluster.close();
  }

  /** Closes it and deletes all that it has written. */
  end(): void {
    this.close();
    rmSync(this.dir, { recursive: true, force: true });
  }
}
