import assert from "node:assert/strict";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import {
  endOf,
  fieldOf,
  listOf,
  NEW_UNIT,
  path,
  plain,
  run,
  type Step,
  seen,
  succeed,
  type Told,
} from "./telling.ts";

/** What follows once a tenant was restored: an increment, cancels, a second restore, and an archive that is interrupted. */
export function afterTheFirstRestore(told: Told): readonly Step[] {
  return [
    { title: "an incremental backup builds on the full one", act: () => backUpIncrement(told) },
    { title: "a backup is canceled, and no set comes of it", act: () => cancelBackup(told) },
    {
      title: "a restore is canceled half way, and what it left is cleaned up",
      act: () => cancelRestore(told),
    },
    {
      title: "a second restore to the newest instant holds what the source holds",
      act: () => restoreLatest(told),
    },
    { title: "the archive loses its directory, and the gap says so", act: () => interruptArchive(told) },
    {
      title: "log archiving is stopped and started, and goes on behind the gap",
      act: () => startAgain(told),
    },
    { title: "an instant in the gap is refused", act: () => refuseGap(told) },
  ];
}

async function backUpIncrement(told: Told): Promise<void> {
  const ended = await succeed(told, "backup", path(told), "--type", "incremental", "--wait");
  assert.equal(fieldOf(ended, "outcome"), "succeeded", JSON.stringify(ended, null, 1));
  const result = fieldOf(ended, "result");
  assert.equal(fieldOf(result, "setId"), 2);
  assert.equal(fieldOf(result, "actualType"), "incremental");
}

async function cancelBackup(told: Told): Promise<void> {
  const started = await succeed(told, "backup", path(told));
  const id = String(fieldOf(started, "id"));
  await seen("the backup running", async () => isRunning(await succeed(told, "operation", "show", id)));
  await succeed(told, "operation", "cancel", id);
  const ended = await endOf(told, id);
  assert.equal(fieldOf(ended, "outcome"), "canceled", JSON.stringify(ended, null, 1));
  // A job that is canceled in INIT has no set yet; later its set stays, FAILED and INCOMPLETE.
  const rows = await run(told.kernel, "sys", [
    "SELECT STATUS, FILE_STATUS FROM oceanbase.CDB_OB_BACKUP_SET_FILES WHERE BACKUP_SET_ID = 3",
  ]);
  assert.deepEqual(
    rows.filter((row) => row.STATUS !== "FAILED" || row.FILE_STATUS !== "INCOMPLETE"),
    [],
  );
}

function isRunning(operation: unknown): true | undefined {
  return fieldOf(operation, "phase") === "running" ? true : undefined;
}

async function cancelRestore(told: Told): Promise<void> {
  const target = `${told.source}_half`;
  const order = ["restore", path(told), "--to", `kernel/${target}`, "--scn", told.instant, ...NEW_UNIT];
  const id = String(fieldOf(await succeed(told, ...order), "id"));
  await seen("the tenant being restored", async () => {
    const [row] = await run(told.kernel, "sys", [
      `SELECT COUNT(*) AS N FROM oceanbase.CDB_OB_RESTORE_PROGRESS WHERE RESTORE_TENANT_NAME = '${target}' AND STATUS = 'RESTORING'`,
    ]);
    return row?.N === "1" ? true : undefined;
  });
  await succeed(told, "operation", "cancel", id);
  const ended = await endOf(told, id);
  assert.equal(fieldOf(ended, "outcome"), "canceled", JSON.stringify(ended, null, 1));
  await succeed(told, "operation", "clean-up", id, "--wait");
  assert.deepEqual(await leftOf(told, target), []);
}

/** Tenants and pools of the name. */
async function leftOf(told: Told, target: string): Promise<readonly unknown[]> {
  return plain(
    await run(told.kernel, "sys", [
      `SELECT TENANT_NAME AS NAME FROM oceanbase.DBA_OB_TENANTS WHERE TENANT_NAME = '${target}' UNION ALL SELECT NAME FROM oceanbase.DBA_OB_RESOURCE_POOLS WHERE NAME LIKE '${target}%'`,
    ]),
  );
}

async function restoreLatest(told: Told): Promise<void> {
  const target = `${told.source}_last`;
  const order = ["restore", path(told), "--to", `kernel/${target}`, "--latest", ...NEW_UNIT, "--wait"];
  const ended = await succeed(told, ...order);
  assert.equal(fieldOf(ended, "outcome"), "succeeded", JSON.stringify(ended, null, 1));
  const question = "SELECT id, item FROM app.kept ORDER BY id";
  const [restored, kept] = [
    await run(told.kernel, target, [question]),
    await run(told.kernel, told.source, [question]),
  ];
  assert.deepEqual(plain(restored), plain(kept));
  await assert.rejects(run(told.kernel, target, ["INSERT INTO app.kept VALUES (3000, 'in a standby')"]));
  await run(told.kernel, "sys", [`DROP TENANT ${target} FORCE`]);
}

/** Deleted: a directory that was only renamed the kernel makes anew and archives on (4.2.1.9). */
async function interruptArchive(told: Told): Promise<void> {
  const log = join(told.dir, "storage", "log");
  rmSync(log, { recursive: true });
  await seen("the archive interrupted", async () => {
    const { json } = await told.holdfast.run("--json", "restorable", path(told));
    return causesOf(json).includes("archive-interrupted") ? true : undefined;
  });
  const [clock] = await run(told.kernel, told.source, [
    "SELECT TS_VALUE FROM oceanbase.V$OB_TIMESTAMP_SERVICE",
  ]);
  told.gap = clock?.TS_VALUE ?? "0";
  mkdirSync(log, { recursive: true });
}

function causesOf(restorable: unknown): readonly unknown[] {
  return listOf(fieldOf(restorable, "gaps")).map((gap) => fieldOf(fieldOf(gap, "cause"), "kind"));
}

async function startAgain(told: Told): Promise<void> {
  await succeed(told, "archive", "stop", path(told), "--wait");
  await succeed(told, "archive", "start", path(told), "--wait");
  const ended = await succeed(told, "backup", path(told), "--wait");
  assert.equal(fieldOf(ended, "outcome"), "succeeded", JSON.stringify(ended, null, 1));
  await seen("an interval behind the gap", async () => {
    const { json } = await told.holdfast.run("--json", "restorable", path(told));
    const later = listOf(fieldOf(json, "intervals")).some(
      (each) => BigInt(String(fieldOf(each, "from"))) > BigInt(told.gap),
    );
    return later && causesOf(json).includes("archive-interrupted") ? true : undefined;
  });
}

async function refuseGap(told: Told): Promise<void> {
  const order = ["restore", path(told), "--to", `kernel/${told.source}_gap`, "--scn", told.gap, ...NEW_UNIT];
  const said = await told.holdfast.run("--json", ...order);
  assert.equal(said.code, 4, said.stdout + said.stderr);
  assert.match(String(fieldOf(said.json, "code")), /^instant-/);
}
