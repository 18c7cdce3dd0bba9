import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test } from "vitest";
import { StateFile } from "./state-file.ts";

let dir = "";
beforeEach(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), "sandbox-state-"));
});
afterEach(() => fs.rmSync(dir, { recursive: true, force: true }));

const fault = (id: number, comment: string) =>
  ({ id, tenantId: 1002, kind: "fail-backup", code: -1, comment }) as const;
const source = (tenantId: number) => ({ tenantId, archiveUri: `file:///a/${tenantId}` });

test("rows come back as they were saved, in their order, changed ones in their old place", () => {
  const file = path.join(dir, "state.db");
  const first = new StateFile(file);
  const state = first.load();
  for (const id of [3, 1, 2]) state.faults.put(fault(id, "old"));
  first.save(state);
  state.faults.put(fault(3, "new \u0001 5n"));
  state.faults.remove(fault(1, ""));
  state.restoreSources.put(source(1004));
  first.save(state);
  first.close();
  const second = new StateFile(file);
  const again = second.load();
  expect(again.faults.all()).toEqual([fault(3, "new \u0001 5n"), fault(2, "old")]);
  expect(again.restoreSources.all()).toEqual([source(1004)]);
  second.close();
});

test("a bigint keeps all its digits", () => {
  const file = path.join(dir, "state.db");
  const scn = 4611686018427387903n;
  const first = new StateFile(file);
  const state = first.load();
  const round = { tenantId: 1002, roundId: 1, startScn: scn, checkpointScn: 1n } as never;
  state.rounds.put(round);
  first.save(state);
  first.close();
  const second = new StateFile(file);
  expect(second.load().rounds.all()).toEqual([round]);
  second.close();
});

test("a second process is told that the directory is in use", () => {
  const file = path.join(dir, "state.db");
  const mine = new StateFile(file);
  const module = path.join(import.meta.dirname, "state-file.ts");
  const script = `import { StateFile } from ${JSON.stringify(module)}; new StateFile(${JSON.stringify(file)});`;
  const other = spawnSync(process.execPath, ["--input-type=module", "--eval", script], { encoding: "utf8" });
  expect(other.status).not.toBe(0);
  expect(other.stderr).toContain(`another sandbox is running in ${dir}`);
  mine.close();
});

test("a cluster of another format is refused, and nothing of it is touched", () => {
  const file = path.join(dir, "older.db");
  const older = new DatabaseSync(file);
  older.exec("CREATE TABLE row (id INTEGER); PRAGMA user_version = 1");
  older.close();
  expect(() => new StateFile(file)).toThrow(
    "made by another version of the sandbox (format 1, this one reads 2)",
  );
  const after = new DatabaseSync(file);
  expect(after.prepare("PRAGMA user_version").get()).toEqual({ user_version: 1 });
  after.close();
});
