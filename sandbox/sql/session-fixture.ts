import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Column, Connection, Engine, Reply, Value } from "../engine.ts";
import type { TenantData } from "../tenant-data/tenant-data.ts";
import { openSession } from "./session.ts";
import type { SessionOptions } from "./session-options.ts";
import type { SystemView } from "./system-views.ts";

/** 2026-11-18 19:06:40.123456789 in the default zone, +08:00. */
export const NOW = 1795000000123456789n;

export interface TestTenant {
  /** How often a commit was captured. */
  readonly captured: () => number;
  readonly open: (more?: Partial<SessionOptions>) => Connection;
  readonly engine: Engine;
  readonly close: () => void;
}

const TENANTS: SystemView = {
  name: "DBA_OB_TENANTS",
  columns: [
    { name: "TENANT_ID", type: "bigint" },
    { name: "TENANT_NAME", type: "varchar", length: 128 },
    { name: "SYNC_SCN", type: "bigint", unsigned: true },
    { name: "CREATE_TIME", type: "timestamp", decimals: 6 },
  ] satisfies readonly Column[],
  revision: 1,
  rows: () => [
    [1, "sys", null, NOW],
    [1002, "shop", NOW, NOW],
  ],
};

/** Rows in a file of its own; SQLite alone, without redo. */
export function testTenant(): TestTenant {
  const directory = mkdtempSync(path.join(tmpdir(), "sandbox-sql-"));
  const file = path.join(directory, "data.db");
  const keeper = new DatabaseSync(file);
  keeper.exec("PRAGMA journal_mode=WAL");
  let captured = 0;
  const connect = () => {
    const db = new DatabaseSync(file);
    db.exec("PRAGMA synchronous=OFF");
    return db;
  };
  const data: TenantData = {
    connect,
    captureCommit: () => BigInt(++captured),
    promise: () => undefined,
    directory,
    lastScn: 0n,
    sizeBytes: 0,
    redoBytes: 0,
    recycleRedo: () => undefined,
    close: () => keeper.close(),
  };
  const globals = new Map();
  const open = (more: Partial<SessionOptions> = {}) => openSession({ ...OPTIONS, data, globals, ...more });
  return {
    captured: () => captured,
    open,
    engine: {
      handshakeVersion: "5.7.25",
      account: ({ database, connectionId }) => ({
        passwordHash: new Uint8Array(),
        open: () => open({ database, connectionId }),
      }),
    },
    close: () => {
      keeper.close();
      rmSync(directory, { recursive: true });
    },
  };
}

const OPTIONS = {
  tenantName: "shop",
  tenantId: 1002,
  user: "root",
  clientAddress: "127.0.0.1",
  connectionId: 77,
  database: "test",
  views: {
    find: (name: string) => (name.toUpperCase() === TENANTS.name ? TENANTS : undefined),
    names: () => [TENANTS.name],
  },
  now: () => NOW,
  versionText: "5.7.25-OceanBase_CE-v4.2.5.1",
  versionComment: "OceanBase_CE 4.2.5.1 (sandbox)",
};

/** The rows of an answer, big integers as numbers where they are small. */
export function rowsOf(reply: Reply): unknown[][] {
  if (reply.kind !== "rows") throw new Error("no rows");
  return reply.rows.map((row) => row.map(plain));
}

function plain(value: Value): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString("hex");
  return typeof value === "bigint" && BigInt(Number(value)) === value && Math.abs(Number(value)) < 2 ** 53
    ? Number(value)
    : value;
}
