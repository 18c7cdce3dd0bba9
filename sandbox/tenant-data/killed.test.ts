import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { resumeArchive, startArchive } from "./archive-log.ts";
import { resumeBackup, startBackup } from "./back-up.ts";
import { readBackupSets } from "./backup-set.ts";
import { writeFormat } from "./destination.ts";
import { createTenantData, dataFileOf, openTenantData } from "./open-tenant.ts";
import { planRestore } from "./plan-restore.ts";
import type { OpenTenant } from "./tenant-data.ts";
import {
  DAY,
  digestOf,
  makePlace,
  realScn,
  restoredDigest,
  SOURCE,
  type TestPlace,
} from "./tenant-in-test.ts";
import { script } from "./writer-to-be-killed.ts";

let place: TestPlace;

beforeEach(() => {
  place = makePlace(os.tmpdir());
  const at = Date.now() * 1000;
  writeFormat({ type: "backup_data", destination: place.data, source: SOURCE, at });
  writeFormat({ type: "archive_log", destination: place.archive, source: SOURCE, at });
  const data = createTenantData(place.tenant, { nextScn: realScn });
  const session = data.connect();
  session.exec("CREATE TABLE numbers(n INTEGER PRIMARY KEY, filler TEXT)");
  data.captureCommit();
  const round = { roundId: 1, basePieceId: 1, pieceSwitchInterval: DAY, startScn: realScn() };
  startArchive({ data, destination: place.archive, source: SOURCE, ...round }).close();
  const backup = { setId: 1, type: "FULL", plusArchivelog: false, at } as const;
  const run = startBackup({ data, destination: place.data, source: SOURCE, ...backup });
  while (!run.copy(1_000_000)) continue;
  run.finish({ at, minRestoreScn: realScn() });
  session.close();
  data.close();
});

afterEach(() => fs.rmSync(place.root, { recursive: true, force: true }));

/** Lets the writer write for some milliseconds, kills it, and returns the last number that it said was captured. */
async function writeAndKill(milliseconds: number): Promise<number> {
  const child = spawn(process.execPath, [script, place.root], { stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  child.stdout.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  await once(child.stdout, "data");
  const ended = once(child, "close");
  setTimeout(() => child.kill("SIGKILL"), milliseconds);
  await ended;
  return Number(said.trimEnd().split("\n").at(-1));
}

function open(): OpenTenant {
  return openTenantData(place.tenant, { nextScn: realScn });
}

/** Ends the backup that the dead process had begun, archives up to now, and restores what the files then hold. */
function carryOn(data: OpenTenant): {
  readonly live: string;
  readonly restored: string;
  readonly atSet: string;
} {
  const session = data.connect();
  const live = digestOf(session);
  const archive = resumeArchive({ data, destination: place.archive, roundId: 1 });
  const setId = readBackupSets(place.data.directory).at(-1)?.setId ?? 0;
  const backup = resumeBackup({ data, destination: place.data, setId });
  if (backup !== undefined) {
    while (!backup.copy(1_000_000)) continue;
    backup.finish({ at: Date.now() * 1000, minRestoreScn: realScn() });
  }
  archive.advance(realScn());
  archive.close();
  session.close();
  const paths = { dataPath: place.data.directory, archivePath: place.archive.directory, passwords: [] };
  const into = path.join(place.root, "restored");
  const restored = restoredDigest(planRestore({ ...paths, target: { latest: true } }), into);
  // A set that was begun in the moment of death is in nobody's memory and stays unfinished.
  const ended = readBackupSets(place.data.directory).findLast((set) => set.status === "SUCCESS");
  const scn = ended?.minRestoreScn ?? 0n;
  const atSet = restoredDigest(planRestore({ ...paths, target: { scn } }), into);
  return { live, restored, atSet: backup === undefined ? live : atSet };
}

test("a tenant killed again and again loses no captured commit, and its redo, sets and pieces go on without a hole", async () => {
  const sets: number[] = [];
  for (const milliseconds of [3, 60, 150, 11, 240]) {
    const said = await writeAndKill(milliseconds);
    const data = open();
    const session = data.connect();
    const kept = Number(session.prepare("SELECT max(n) AS n FROM numbers").get()?.n);
    expect(kept).toBeGreaterThanOrEqual(said);
    session.close();
    const { live, restored, atSet } = carryOn(data);
    expect(restored).toBe(live);
    expect(atSet).toBe(live);
    data.close();
    sets.push(readBackupSets(place.data.directory).length);
  }
  expect(sets.at(-1)).toBeGreaterThan(1);
}, 60_000);

test("a commit whose process died before its redo was written gets an SCN when the tenant is opened", async () => {
  const child = spawn(process.execPath, [script, place.root, "3"], { stdio: "ignore" });
  const [, signal] = (await once(child, "close")) as [number | null, string | null];
  expect(signal).toBe("SIGKILL");
  const before = realScn();
  const data = open();
  expect(data.lastScn).toBeGreaterThan(before);
  const session = data.connect();
  expect(session.prepare("SELECT max(n) AS n FROM numbers").get()).toEqual({ n: 3 });
  session.close();
  const { live, restored } = carryOn(data);
  expect(restored).toBe(live);
  data.close();
});

test("a half-written redo record is cut and its commit captured again", () => {
  const data = open();
  const session = data.connect();
  session.exec("INSERT INTO numbers VALUES (1, 'one')");
  data.captureCommit();
  const { lsn, scn } = data.redo.newest;
  const folder = path.join(path.dirname(dataFileOf(place.tenant)), "redo");
  const segment = path.join(
    folder,
    fs
      .readdirSync(folder)
      .filter((name) => name.endsWith(".redo"))
      .at(-1) ?? "",
  );
  // The tenant stays open, as a killed process leaves its WAL behind; a copy of the directory is what the next one finds.
  const crashed = { ...place, tenant: path.join(place.root, "crashed") };
  fs.cpSync(place.tenant, crashed.tenant, { recursive: true });
  const copied = segment.replace(place.tenant, crashed.tenant);
  fs.truncateSync(copied, fs.statSync(copied).size - 100);
  session.close();
  data.close();
  const reopened = openTenantData(crashed.tenant, { nextScn: realScn });
  expect(reopened.redo.newest.lsn).toBe(lsn);
  expect(reopened.lastScn).toBeGreaterThan(scn);
  const again = reopened.connect();
  expect(again.prepare("SELECT filler FROM numbers WHERE n = 1").get()).toEqual({ filler: "one" });
  again.close();
  reopened.close();
});
