import fs from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readPieces } from "./archive-piece.ts";
import { startRecovery, startRestore } from "./execute-restore.ts";
import { openTenantData } from "./open-tenant.ts";
import { planRecovery } from "./plan-restore.ts";
import { digestOf, refusedWith, TestTenant } from "./tenant-in-test.ts";

let tenant: TestTenant;

beforeEach(() => {
  tenant = new TestTenant({ segmentBytes: 50_000, logDiskBytes: 400_000 });
  tenant.commit("CREATE TABLE t(id INTEGER PRIMARY KEY, v TEXT)");
});

afterEach(() => tenant.remove());

function insert(text: string): void {
  tenant.commit(`INSERT INTO t(v) VALUES ('${text}' || hex(randomblob(300)))`);
}

test("a piece switches where its interval ends and each record lies in the piece of its SCN", () => {
  const { startScn } = tenant.startArchive().round;
  const day = 86_400_000_000_000n;
  const scns = [0n, 1n, 2n].map((days) => {
    tenant.clock.scn = startScn + days * day + 500n;
    insert(`day ${days}`);
    return tenant.data.lastScn;
  });
  tenant.advance();
  const pieces = tenant.archive?.pieces ?? [];
  expect(pieces.map(({ maxScn }) => maxScn).slice(0, 2)).toEqual(scns.slice(0, 2));
  expect(pieces.map(({ startScn: start }) => start)).toEqual([startScn, startScn + day, startScn + 2n * day]);
  expect(pieces.map(({ status }) => status)).toEqual(["FROZEN", "FROZEN", "ACTIVE"]);
});

test("files are named as OceanBase names them", () => {
  tenant.startArchive();
  insert("one");
  tenant.advance();
  tenant.stopArchive();
  const entries = fs.readdirSync(tenant.place.archive.directory, { recursive: true, encoding: "utf8" });
  const names = entries.map((name) =>
    name.replaceAll(/\d{8}T\d{6}/g, "<ts>").replaceAll(/\d{16,}/g, "<scn>"),
  );
  expect(names.filter((name) => /\.ob(arc|bak)$/.test(name)).toSorted()).toEqual([
    "check_file/1002_connect_file_<ts>.obbak",
    "format.obbak",
    "piece_d1001r1p1/checkpoint/checkpoint_info.0.obarc",
    "piece_d1001r1p1/checkpoint/checkpoint_info.<scn>.obarc",
    "piece_d1001r1p1/file_info.obarc",
    "piece_d1001r1p1/logstream_1/file_info.obarc",
    "piece_d1001r1p1/logstream_1/schema_meta/<scn>.obarc",
    "piece_d1001r1p1/logstream_1001/file_info.obarc",
    "piece_d1001r1p1/logstream_1001/log/1.obarc",
    "piece_d1001r1p1/piece_d1001r1p1_<ts>_<ts>.obarc",
    "piece_d1001r1p1/single_piece_info.obarc",
    "piece_d1001r1p1/tenant_archive_piece_infos.obarc",
    "pieces/piece_d1001r1p1_end_<ts>.obarc",
    "pieces/piece_d1001r1p1_start_<ts>.obarc",
    "rounds/round_d1001r1_end.obarc",
    "rounds/round_d1001r1_start.obarc",
  ]);
});

test("redo that was recycled before it was archived is reported as 9087, and the checkpoint stays", () => {
  tenant.startArchive();
  insert("archived");
  const checkpoint = tenant.advance();
  insert("lost");
  tenant.data.recycleRedo();
  expect(refusedWith(() => tenant.advance())).toBe(9087);
  expect(tenant.archive?.round.checkpointScn).toBe(checkpoint);
  expect(refusedWith(() => tenant.advance())).toBe(9087);
});

test("a log disk that fills up while nobody archives recycles its oldest redo", () => {
  tenant.startArchive();
  for (let row = 0; row < 200; row++) insert(`row ${row}`);
  expect(tenant.data.redoBytes).toBeLessThan(500_000);
  expect(refusedWith(() => tenant.advance())).toBe(9087);
});

test("redo that is archived leaves the log disk, redo that is not stays over a restart", () => {
  tenant.startArchive();
  for (let row = 0; row < 60; row++) insert(`row ${row}`);
  tenant.reopen();
  const kept = tenant.data.redoBytes;
  expect(kept).toBeGreaterThan(150_000);
  tenant.advance();
  for (let row = 0; row < 20; row++) insert(`row ${row}`);
  expect(tenant.data.redoBytes).toBeLessThan(kept);
  tenant.advance();
});

test("a destination that was taken away gets 9070; once it is back archiving goes on without a hole", () => {
  tenant.startArchive();
  tenant.backUp();
  insert("one");
  const { directory } = tenant.place.archive;
  fs.renameSync(directory, `${directory}.away`);
  expect(refusedWith(() => tenant.advance())).toBe(9070);
  insert("two");
  fs.renameSync(`${directory}.away`, directory);
  tenant.advance();
  expect(tenant.restored(tenant.plan({ latest: true }))).toBe(tenant.digest());
});

test("a log file that cannot be written leaves the checkpoint where it was, and the next advance loses nothing", () => {
  tenant.startArchive();
  tenant.backUp();
  insert("one");
  const checkpoint = tenant.advance();
  insert("two");
  const log = path.join(tenant.place.archive.directory, "piece_d1001r1p1", "logstream_1001", "log");
  fs.renameSync(log, `${log}.away`);
  expect(refusedWith(() => tenant.advance())).toBe(9070);
  expect(tenant.archive?.round.checkpointScn).toBe(checkpoint);
  expect(readPieces(tenant.place.archive.directory).at(-1)?.checkpointScn).toBe(checkpoint);
  fs.renameSync(`${log}.away`, log);
  tenant.advance();
  expect(tenant.restored(tenant.plan({ latest: true }))).toBe(tenant.digest());
});

test("a round that was let go of and resumed has no hole", () => {
  tenant.startArchive();
  tenant.backUp();
  insert("one");
  tenant.advance();
  insert("while suspended");
  tenant.reopen();
  insert("two");
  tenant.advance();
  expect(tenant.restored(tenant.plan({ latest: true }))).toBe(tenant.digest());
});

test("no commit gets an SCN that a checkpoint has already covered, even when the clock goes back over a restart", () => {
  tenant.startArchive();
  insert("one");
  const checkpoint = tenant.advance();
  tenant.clock.scn -= 1_000_000_000n;
  tenant.reopen();
  insert("two");
  expect(tenant.data.lastScn).toBeGreaterThan(checkpoint);
});

test("a restored tenant is moved on to later instants in place, and unharmed when that is given up", () => {
  tenant.startArchive();
  const { minRestoreScn: scn } = tenant.backUp();
  insert("one");
  tenant.advance();
  const directory = path.join(tenant.place.root, "standby");
  const restore = startRestore(tenant.plan({ scn }), directory);
  while (!restore.step(1_000_000)) continue;

  const recovery = () =>
    planRecovery({
      archivePath: tenant.place.archive.directory,
      fromScn: standbyState().scn,
      target: { latest: true },
    });
  const standbyState = () => {
    const data = openTenantData(directory, { nextScn: () => 1n });
    const session = data.connect();
    const state = { scn: data.lastScn, digest: digestOf(session) };
    session.close();
    data.close();
    return state;
  };
  const first = standbyState();
  expect(first.scn).toBe(scn);
  const given = startRecovery(recovery(), directory);
  given.step(1);
  given.abandon();
  expect(standbyState()).toEqual(first);

  for (const text of ["two", "three"]) {
    insert(text);
    const target = tenant.advance();
    const run = startRecovery(recovery(), directory);
    while (!run.step(1_000_000)) continue;
    expect(standbyState()).toEqual({ scn: target, digest: tenant.digest() });
  }
  expect(refusedWith(recovery)).toBe(4018);

  // A sandbox that died after the last step asks for it once more.
  const { scn: there, digest } = standbyState();
  const archivePath = tenant.place.archive.directory;
  const again = planRecovery({ archivePath, fromScn: scn, target: { scn: there } });
  expect(startRecovery(again, directory).step(1)).toBe(true);
  expect(standbyState()).toEqual({ scn: there, digest });
});
