import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ClusterAddress } from "../../src/oceanbase/oceanbase.ts";
import { PATIENCE, Session } from "../../src/oceanbase/session.ts";
import { startSandbox } from "../support/sandbox-process.ts";

/** A cluster that a test may do anything to, and how patient a test has to be with it. */
export interface Witness {
  readonly address: ClusterAddress;
  readonly tenant: string;
  readonly unit: { readonly cpu: number; readonly memoryBytes: number; readonly logDiskBytes: number };
  readonly zones: readonly string[];
  readonly pollMs: number;
  readonly limitMs: number;
  /** `file:///…` of a directory of this name that the cluster can write. */
  destination(name: string): string;
  close(): Promise<void>;
}

const GiB = 2 ** 30;
const UNIT = { cpu: 2, memoryBytes: 2 * GiB, logDiskBytes: 6 * GiB };

/**
 * The sandbox, or the cluster at OCEANBASE=HOST:PORT (root@sys without a password, one zone named zone1): the same
 * contract is held against both.
 */
export async function startWitness(): Promise<Witness> {
  const dir = mkdtempSync(join(tmpdir(), "holdfast-contract-"));
  const cluster = process.env.OCEANBASE;
  return cluster === undefined ? joinSandbox(dir) : joinCluster(cluster, dir);
}

async function joinCluster(cluster: string, dir: string): Promise<Witness> {
  const [host = "", port = ""] = cluster.split(":");
  const address = { host, port: Number(port), user: "root@sys", password: "" };
  const tenant = `hfc${Date.now() % 1_000_000}`;
  await asSys(address, [
    `CREATE RESOURCE UNIT ${tenant} MAX_CPU 2, MIN_CPU 2, MEMORY_SIZE '2G', LOG_DISK_SIZE '6G'`,
    `CREATE RESOURCE POOL ${tenant} UNIT = '${tenant}', UNIT_NUM = 1, ZONE_LIST = ('zone1')`,
    `CREATE TENANT ${tenant} RESOURCE_POOL_LIST = ('${tenant}') SET ob_tcp_invited_nodes = '%'`,
  ]);
  return {
    address,
    tenant,
    unit: UNIT,
    zones: ["zone1"],
    pollMs: 1000,
    limitMs: 900_000,
    destination: (name) => destinationIn(dir, name),
    close: async () => {
      await asSys(address, [
        `DROP TENANT IF EXISTS ${tenant}_r FORCE`,
        `DROP TENANT ${tenant} FORCE`,
        `DROP RESOURCE POOL IF EXISTS hf_pool`,
        `DROP RESOURCE UNIT IF EXISTS hf_unit`,
        `DROP RESOURCE POOL ${tenant}`,
        `DROP RESOURCE UNIT ${tenant}`,
      ]);
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** Statements that the door does not have, each on a connection of its own. */
export async function asSys(address: ClusterAddress, statements: readonly string[]): Promise<void> {
  const session = await Session.open(address, { kind: "request", patience: PATIENCE });
  try {
    for (const statement of statements) await session.run(statement);
  } finally {
    session.close();
  }
}

function destinationIn(dir: string, name: string): string {
  mkdirSync(join(dir, name), { recursive: true });
  return `file://${join(dir, name)}`;
}

async function joinSandbox(dir: string): Promise<Witness> {
  const flags = ["--tenants", "shop", "--workload", "off", "--clock", "10", "--allow-path", dir];
  const sandbox = await startSandbox({ dir: join(dir, "cluster"), flags });
  return {
    address: { host: "127.0.0.1", port: sandbox.port, user: "root@sys", password: "" },
    tenant: "shop",
    unit: UNIT,
    zones: ["zone1", "zone2", "zone3"],
    pollMs: 50,
    limitMs: 60_000,
    destination: (name) => destinationIn(dir, name),
    close: async () => {
      await sandbox.kill("SIGKILL");
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
