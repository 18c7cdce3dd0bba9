import fs from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readBackupSets } from "./backup-set.ts";
import { refusedWith, TestTenant } from "./tenant-in-test.ts";

let tenant: TestTenant;

beforeEach(() => begin());
afterEach(() => tenant.remove());

function begin(version?: string): void {
  tenant = new TestTenant({}, version);
  tenant.commit("CREATE TABLE t(id INTEGER PRIMARY KEY, v TEXT)");
  tenant.commit(many(400));
  tenant.startArchive();
}

function many(rows: number): string {
  return `WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < ${rows})
    INSERT INTO t(v) SELECT hex(randomblob(700)) FROM s`;
}

/** File names below the data destination with what differs from run to run left out. */
function names(): readonly string[] {
  const entries = fs.readdirSync(tenant.place.data.directory, { recursive: true, encoding: "utf8" });
  const files = entries.filter((name) => name.endsWith(".obbak") && !name.includes("check_file"));
  const plain = files.map((name) => name.replaceAll(/\d{8}T\d{6}/g, "<ts>").replaceAll(/\d{16,}/g, "<scn>"));
  return plain.toSorted();
}

const SET = "backup_set_1_full";

const OF_BOTH = [
  `${SET}/${SET}_<ts>_<ts>.obbak`,
  `${SET}/infos/diagnose_info.obbak`,
  `${SET}/infos/locality_info.obbak`,
  `${SET}/infos/meta_info/ls_attr_info.1.obbak`,
  `${SET}/infos/meta_info/ls_meta_infos.obbak`,
  `${SET}/logstream_1/meta_info_turn_1_retry_0/ls_meta_info.obbak`,
  `${SET}/logstream_1/meta_info_turn_1_retry_0/tablet_info.1.obbak`,
  `${SET}/logstream_1/sys_data_turn_1_retry_0/meta_index.obbak`,
  `${SET}/logstream_1001/meta_info_turn_1_retry_0/ls_meta_info.obbak`,
  `${SET}/logstream_1001/meta_info_turn_1_retry_0/tablet_info.1.obbak`,
  `${SET}/single_backup_set_info.obbak`,
  `${SET}/tenant_backup_set_infos.obbak`,
  `backup_sets/${SET}_end_success_<ts>.obbak`,
  `backup_sets/${SET}_start.obbak`,
  "format.obbak",
];

const OF_40 = [
  `${SET}/infos/data_info_turn_1/tablet_log_stream_info.obbak`,
  `${SET}/logstream_1001/major_data_turn_1_retry_0/macro_block_data.0.obbak`,
  `${SET}/logstream_1001/major_data_turn_1_retry_0/macro_range_index.obbak`,
  `${SET}/logstream_1001/major_data_turn_1_retry_0/meta_index.obbak`,
  `${SET}/logstream_1001/major_data_turn_1_retry_0/sec_meta_index.obbak`,
  `${SET}/logstream_1001/minor_data_turn_1_retry_0/meta_index.obbak`,
];

const TABLE_LIST = [
  `${SET}/infos/table_list/table_list.<scn>.1.obbak`,
  `${SET}/infos/table_list/table_list_meta_info.<scn>.obbak`,
];

const OF_42 = [
  `${SET}/infos/major_data_info_turn_1/tablet_log_stream_info.obbak`,
  `${SET}/infos/minor_data_info_turn_1/tablet_log_stream_info.obbak`,
  `${SET}/logstream_1001/major_data_turn_1_retry_0/macro_block_data.0.obbak`,
  `${SET}/logstream_1001/major_data_turn_1_retry_0/macro_range_index.obbak`,
  `${SET}/logstream_1001/major_data_turn_1_retry_0/meta_index.obbak`,
  `${SET}/logstream_1001/major_data_turn_1_retry_0/sec_meta_index.obbak`,
  `${SET}/logstream_1001/minor_data_turn_1_retry_0/meta_index.obbak`,
];

const OF_43 = [
  `${SET}/infos/user_data_info_turn_1/tablet_log_stream_info.obbak`,
  `${SET}/logstream_1/fused_meta_info_turn_1/meta_index.obbak`,
  `${SET}/logstream_1001/fused_meta_info_turn_1/meta_index.obbak`,
  `${SET}/logstream_1001/user_data_turn_1_retry_0/macro_block_data.0.obbak`,
  `${SET}/logstream_1001/user_data_turn_1_retry_0/macro_range_index.obbak`,
  `${SET}/logstream_1001/user_data_turn_1_retry_0/meta_index.obbak`,
  `${SET}/logstream_1001/user_data_turn_1_retry_0/sec_meta_index.obbak`,
];

test.each([
  ["4.0.0.0", OF_40],
  ["4.1.0.2", OF_40],
  ["4.2.1.3", OF_42],
  ["4.2.1.9", [...OF_42, ...TABLE_LIST]],
  ["4.2.5.1", [...OF_42, ...TABLE_LIST, `${SET}/infos/tenant_parameter.obbak`]],
  ["4.3.3.1", [...OF_43, ...TABLE_LIST, `${SET}/infos/tenant_parameter.obbak`]],
  ["4.3.5.1", [...OF_43, ...TABLE_LIST, `${SET}/infos/tenant_parameter.obbak`]],
])("a set of %s has the files and folders of that version", (version, own) => {
  tenant.remove();
  begin(version);
  tenant.backUp();
  expect(names()).toEqual([...OF_BOTH, ...own].toSorted());
});

test("an increment holds the pages that changed since the set before it and no others", () => {
  const full = tenant.backUp();
  tenant.commit("UPDATE t SET v = 'short' WHERE id = 200");
  const small = tenant.backUp({ type: "INC" });
  const nothing = tenant.backUp({ type: "INC" });
  expect(full.outputBytes).toBeGreaterThan(300_000);
  expect(small.outputBytes).toBeLessThan(full.outputBytes / 20);
  expect(small.outputBytes).toBeGreaterThan(0);
  expect(nothing).toMatchObject({ outputBytes: 0, macroBlockCount: 0, inputBytes: full.inputBytes });
  tenant.advance();
  expect(tenant.restored(tenant.plan({ latest: true }))).toBe(tenant.digest());
});

test("an increment in a destination that holds no set yet becomes a full set", () => {
  expect(tenant.backUp({ type: "INC" })).toMatchObject({ type: "FULL", prevFullId: 0, prevIncId: 0 });
});

test("START_REPLAY_SCN <= CONSISTENT_SCN < MIN_RESTORE_SCN, with commits while it copies in between", () => {
  const run = tenant.startBackup();
  const started = run.set.startReplayScn;
  expect(started).toBeLessThanOrEqual(tenant.data.lastScn);
  let last = 0n;
  while (!run.copy(50_000)) last = tenant.commit("UPDATE t SET v = v || 'x' WHERE id % 50 = 1") ?? 0n;
  const set = tenant.finish(run);
  expect(last).toBeGreaterThan(started);
  expect(set.startReplayScn).toBe(started);
  expect(set.consistentScn).toBeGreaterThanOrEqual(last);
  expect(set.minRestoreScn).toBeGreaterThan(set.consistentScn);
});

test("a set in the making says how far it is", () => {
  const run = tenant.startBackup();
  const { totalBytes } = run.progress;
  const seen = [];
  while (!run.copy(totalBytes / 4)) seen.push(Math.round((run.progress.readBytes / totalBytes) * 4));
  expect(seen).toEqual([1, 2, 3]);
  expect(run.progress).toMatchObject({ readBytes: totalBytes, totalBytes });
  tenant.finish(run);
});

test("what finish returns is what the files say", () => {
  const sets = [tenant.backUp(), tenant.backUp({ type: "INC", password: "p", plusArchivelog: true })];
  expect(readBackupSets(tenant.place.data.directory)).toEqual(sets);
});

test("a destination that goes away while a set is copied gets 9070; when it is back the same run goes on", () => {
  const { directory } = tenant.place.data;
  const run = tenant.startBackup();
  run.copy(100_000);
  fs.renameSync(directory, `${directory}.away`);
  expect(refusedWith(() => run.copy(100_000))).toBe(9070);
  tenant.commit("UPDATE t SET v = 'while it was away' WHERE id < 100");
  fs.renameSync(`${directory}.away`, directory);
  tenant.finish(run);
  tenant.advance();
  expect(tenant.restored(tenant.plan({ latest: true }))).toBe(tenant.digest());
});

test("a job can end as failed although its destination is gone", () => {
  const { directory } = tenant.place.data;
  const run = tenant.startBackup();
  fs.rmSync(directory, { recursive: true });
  fs.writeFileSync(directory, "a file where the directory was");
  const set = run.fail({ at: tenant.clock.micros, result: -9070, comment: "gone" });
  expect(set).toMatchObject({ status: "FAILED", fileStatus: "COPYING", result: -9070, comment: "gone" });
  expect(tenant.resumeBackup(set.setId)).toBeUndefined();
});

test("a set cannot be finished before it is copied, nor to an instant before its last commit", () => {
  const run = tenant.startBackup();
  const end = { at: tenant.clock.micros, minRestoreScn: tenant.clock.nextScn() };
  expect(() => run.finish(end)).toThrow("not copied yet");
  tenant.commit("DELETE FROM t WHERE id = 1");
  while (!run.copy(1_000_000)) continue;
  expect(() => run.finish(end)).toThrow("before CONSISTENT_SCN");
  tenant.finish(run);
});

test("the redo that a PLUS ARCHIVELOG set still needs stays on the log disk while it runs, even without archiving", () => {
  tenant.remove();
  tenant = new TestTenant({ segmentBytes: 30_000 });
  tenant.commit("CREATE TABLE t(id INTEGER PRIMARY KEY, v TEXT)");
  const run = tenant.startBackup({ plusArchivelog: true });
  for (let row = 0; row < 100; row++) tenant.commit("INSERT INTO t(v) VALUES (hex(randomblob(500)))");
  expect(tenant.data.redoBytes).toBeGreaterThan(200_000);
  tenant.finish(run);
  tenant.commit("INSERT INTO t(v) VALUES ('last')");
  for (let row = 0; row < 20; row++) tenant.commit("INSERT INTO t(v) VALUES (hex(randomblob(500)))");
  expect(tenant.data.redoBytes).toBeLessThan(100_000);
});

test("a PLUS ARCHIVELOG set whose redo was recycled while it ran fails with 9087", () => {
  const run = tenant.startBackup({ plusArchivelog: true });
  tenant.commit("INSERT INTO t(v) VALUES ('lost')");
  tenant.data.recycleRedo();
  expect(refusedWith(() => tenant.finish(run))).toBe(9087);
});

test("each set of a chain is locked with the password of its own moment", () => {
  tenant.backUp({ password: "first" });
  tenant.commit("UPDATE t SET v = 'changed' WHERE id < 50");
  tenant.backUp({ type: "INC", password: "second" });
  tenant.advance();
  for (const passwords of [["first"], ["second"], []]) {
    expect(refusedWith(() => tenant.plan({ latest: true }, passwords))).toBe(9047);
  }
  expect(tenant.restored(tenant.plan({ latest: true }, ["second", "first"]))).toBe(tenant.digest());
});

test("no file below a destination holds the password, its key or a row of a locked set in the clear", () => {
  const canary = "a row that nobody may read";
  tenant.commit(`INSERT INTO t(v) VALUES ('${canary}')`);
  const run = tenant.startBackup({ password: "open sesame" });
  run.copy(1000);
  const memory = fs.readFileSync(path.join(tenant.place.tenant, "backups", "1.json"), "utf8");
  const key = /"key": "([0-9a-f]{64})"/.exec(memory)?.[1] ?? "";
  expect(key).toHaveLength(64);
  tenant.finish(run);
  const { directory } = tenant.place.data;
  const entries = fs.readdirSync(directory, { recursive: true, withFileTypes: true });
  const all = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  const bytes = Buffer.concat(all.map((file) => fs.readFileSync(file)));
  for (const secret of [canary, "open sesame", key]) expect(bytes.includes(secret)).toBe(false);
  expect(bytes.includes(Buffer.from(key, "hex"))).toBe(false);
});
