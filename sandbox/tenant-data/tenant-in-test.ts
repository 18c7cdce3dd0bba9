import { createHash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { type ArchiveRun, resumeArchive, startArchive } from "./archive-log.ts";
import { type BackupRequest, type BackupRun, resumeBackup, startBackup } from "./back-up.ts";
import type { BackupSet } from "./backup-set.ts";
import { type Destination, type Source, writeFormat } from "./destination.ts";
import { startRestore } from "./execute-restore.ts";
import { createTenantData, openTenantData } from "./open-tenant.ts";
import { planRestore, type RestorePlan, type RestoreTarget } from "./plan-restore.ts";
import { StorageFault } from "./storage-fault.ts";
import type { OpenTenant, TenantOptions } from "./tenant-data.ts";

/* Support of this folder's tests: one tenant with its destinations in a directory of its own. */

export const DAY = 86_400_000_000;
const BIRTH = 1_700_000_000_000_000_000n;

export const SOURCE: Source = {
  clusterName: "prod",
  clusterId: 1,
  tenantName: "shop",
  tenantId: 1002,
  version: "4.2.5.1",
  compatible: "4.2.5.1",
  zoneMinutes: 480,
};

export interface TestPlace {
  readonly root: string;
  readonly tenant: string;
  readonly data: Destination;
  readonly archive: Destination;
}

/** Memory where there is some: these tests make and remove a great many small files. */
const FAST = fs.existsSync("/dev/shm") ? "/dev/shm" : os.tmpdir();

export function makePlace(below = FAST): TestPlace {
  return placeBelow(fs.mkdtempSync(path.join(below, "sandbox-tenant-")));
}

export function placeBelow(root: string): TestPlace {
  return {
    root,
    tenant: path.join(root, "tenant"),
    data: { uri: "file:///data", directory: path.join(root, "data"), id: 1002 },
    archive: { uri: "file:///archive", directory: path.join(root, "archive"), id: 1001 },
  };
}

/** Moves only when asked for an SCN or told to jump. */
export class TestClock {
  scn = BIRTH;

  nextScn(): bigint {
    this.scn += 1000n;
    return this.scn;
  }

  get micros(): number {
    return Number(this.scn / 1000n);
  }
}

type Options = Partial<Omit<TenantOptions, "nextScn">>;

export class TestTenant {
  readonly place: TestPlace;
  readonly clock: TestClock;
  readonly source: Source;
  readonly #options: Options;
  data: OpenTenant;
  session: DatabaseSync;
  archive: ArchiveRun | undefined;
  #rounds = 0;
  #nextPiece = 1;
  #sets = 0;

  constructor(options: Options = {}, version = SOURCE.version) {
    this.source = { ...SOURCE, version, compatible: version };
    this.place = makePlace();
    this.clock = new TestClock();
    this.#options = options;
    const { data: toData, archive: toArchive } = this.place;
    writeFormat({ type: "backup_data", destination: toData, source: this.source, at: this.clock.micros });
    writeFormat({ type: "archive_log", destination: toArchive, source: this.source, at: this.clock.micros });
    this.data = createTenantData(this.place.tenant, this.#tenantOptions);
    this.session = this.data.connect();
  }

  get #tenantOptions(): TenantOptions {
    return { ...this.#options, nextScn: () => this.clock.nextScn() };
  }

  /** Runs statements as one commit and returns its SCN, undefined when they changed nothing. */
  commit(sql: string): bigint | undefined {
    this.session.exec(sql);
    return this.data.captureCommit();
  }

  startArchive(pieceSwitchInterval = DAY): ArchiveRun {
    this.#rounds++;
    this.archive = startArchive({
      data: this.data,
      destination: this.place.archive,
      source: this.source,
      roundId: this.#rounds,
      basePieceId: this.#nextPiece,
      pieceSwitchInterval,
      startScn: this.clock.nextScn(),
    });
    return this.archive;
  }

  advance(): bigint {
    const scn = this.clock.nextScn();
    this.archive?.advance(scn);
    return scn;
  }

  stopArchive(): void {
    this.archive?.stop();
    this.#nextPiece = (this.archive?.round.usedPieceId ?? 0) + 1;
    this.archive = undefined;
  }

  startBackup(wish: Partial<Pick<BackupRequest, "type" | "plusArchivelog" | "password">> = {}): BackupRun {
    this.#sets++;
    return startBackup({
      data: this.data,
      destination: this.place.data,
      source: this.source,
      setId: this.#sets,
      type: "FULL",
      plusArchivelog: false,
      at: this.clock.micros,
      ...wish,
    });
  }

  backUp(wish: Partial<Pick<BackupRequest, "type" | "plusArchivelog" | "password">> = {}): BackupSet {
    return this.finish(this.startBackup(wish));
  }

  finish(run: BackupRun): BackupSet {
    while (!run.copy(1_000_000)) continue;
    return run.finish({ at: this.clock.micros, minRestoreScn: this.clock.nextScn() });
  }

  /** As after a clean stop and start of the sandbox. */
  reopen(): void {
    const roundId = this.archive?.round.roundId;
    this.archive?.close();
    this.session.close();
    this.data.close();
    this.data = openTenantData(this.place.tenant, this.#tenantOptions);
    this.session = this.data.connect();
    if (roundId !== undefined) {
      this.archive = resumeArchive({ data: this.data, destination: this.place.archive, roundId });
    }
  }

  resumeBackup(setId: number): BackupRun | undefined {
    return resumeBackup({ data: this.data, destination: this.place.data, setId });
  }

  plan(target: RestoreTarget, passwords: readonly string[] = []): RestorePlan {
    const { data, archive } = this.place;
    return planRestore({ dataPath: data.directory, archivePath: archive.directory, target, passwords });
  }

  /** Restores into a new directory and returns the digest of what is there. */
  restored(plan: RestorePlan): string {
    return restoredDigest(plan, path.join(this.place.root, "restored"));
  }

  digest(): string {
    return digestOf(this.session);
  }

  remove(): void {
    this.archive?.close();
    this.session.close();
    this.data.close();
    fs.rmSync(this.place.root, { recursive: true, force: true });
  }
}

export function restoredDigest(plan: RestorePlan, directory: string): string {
  fs.rmSync(directory, { recursive: true, force: true });
  const run = startRestore(plan, directory);
  while (!run.step(100_000)) continue;
  const restored = openTenantData(directory, { nextScn: () => plan.targetScn + 1n });
  const session = restored.connect();
  try {
    const check = session.prepare("PRAGMA integrity_check").get();
    return check?.integrity_check === "ok"
      ? digestOf(session)
      : `integrity: ${String(check?.integrity_check)}`;
  } finally {
    session.close();
    restored.close();
    fs.rmSync(directory, { recursive: true, force: true });
  }
}

/** All tables, their definitions and their rows. */
export function digestOf(session: DatabaseSync): string {
  const sum = createHash("sha256");
  const schema = session.prepare("SELECT type, name, sql FROM sqlite_schema ORDER BY name").all();
  sum.update(JSON.stringify(schema));
  for (const { name } of schema.filter((row) => row.type === "table")) {
    const rows = session.prepare(`SELECT rowid, * FROM "${String(name)}" ORDER BY rowid`).iterate();
    for (const row of rows) sum.update(JSON.stringify(Object.values(row)));
  }
  return sum.digest("hex");
}

/** The OceanBase error number that `act` is refused with; fails when it is not refused. */
export function refusedWith(act: () => unknown): number {
  try {
    act();
  } catch (cause) {
    if (cause instanceof StorageFault) return cause.errno;
    throw cause;
  }
  throw new Error("was not refused");
}

let newest = 0n;

/** The machine's own clock, for tests in which a process dies and another goes on. */
export function realScn(): bigint {
  const now = BigInt(Date.now()) * 1_000_000n;
  newest = now > newest ? now : newest + 1n;
  return newest;
}
