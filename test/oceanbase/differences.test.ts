import { expect, test } from "vitest";
import { accountOf } from "./account.ts";
import { differencesBetween } from "./differences.ts";
import { type Moment, readTrace, type Seen, type Trace } from "./trace.ts";

/** What was recorded, and the same with one thing changed: the comparison has to find that thing, and nothing else. */
const recorded = readTrace("incremental");

function changed(change: (moment: Moment) => readonly Moment[]): Trace {
  return { ...recorded, moments: recorded.moments.flatMap(change) };
}

function found(trace: Trace) {
  const differences = differencesBetween(accountOf(recorded), accountOf(trace));
  return differences.map(({ kind, where, at, sandbox }) => `${kind} ${where} ${at}: ${sandbox}`);
}

function isOf(moment: Moment, { view, row }: Pick<Seen, "view" | "row">): moment is Seen {
  return "view" in moment && moment.view === view && moment.row === row;
}

test("a trace does not differ from itself", () => {
  expect(found(recorded)).toEqual([]);
});

test("another errno is found", () => {
  const other = changed((moment) =>
    "sql" in moment && typeof moment.answer === "object" && "errno" in moment.answer
      ? [{ ...moment, answer: { ...moment.answer, errno: moment.answer.errno + 1 } }]
      : [moment],
  );
  expect(found(other)).toHaveLength(4);
  expect(found(other)[0]).toContain("9037 (HY000) Backup is in progress");
});

test("a state that is passed over is found", () => {
  const task = { view: "CDB_OB_BACKUP_TASKS", row: "1006/1" };
  const other = changed((moment) =>
    isOf(moment, task) && moment.changes?.["STATUS"] === "BACKUP_DATA_MAJOR" ? [] : [moment],
  );
  const states = found(other).filter((each) => each.startsWith("states "));
  expect(states).toEqual([expect.stringContaining("BACKUP_DATA_MINOR > BACKUP_LOG")]);
});

test("a column that is NULL where it was set is found", () => {
  const set = { view: "CDB_OB_BACKUP_SET_FILES", row: "1006/2" };
  const other = changed((moment) =>
    isOf(moment, set) && moment.changes?.["STATUS"] === "SUCCESS"
      ? [{ ...moment, changes: { ...moment.changes, MIN_RESTORE_SCN: null } }]
      : [moment],
  );
  expect(found(other)).toEqual([
    "column CDB_OB_BACKUP_SET_FILES.MIN_RESTORE_SCN inc/2 SUCCESS AVAILABLE: NULL",
  ]);
});

test("a row that stays where it went is found, and one that never came", () => {
  const job = { view: "CDB_OB_BACKUP_JOBS", row: "1006/1" };
  const stays = changed((moment) => (isOf(moment, job) && moment.goes ? [] : [moment]));
  expect(found(stays)).toEqual(["end CDB_OB_BACKUP_JOBS inc/1: stays"]);
  const none = changed((moment) => (isOf(moment, job) ? [] : [moment]));
  expect(found(none)).toEqual(["row CDB_OB_BACKUP_JOBS inc/1: no such row"]);
});

test("a file of another name is found, and one with another instant in its name is not", () => {
  const renamed = (from: RegExp, to: string) =>
    changed((moment) =>
      "filesAppear" in moment && moment.filesAppear
        ? [{ ...moment, filesAppear: moment.filesAppear.map((file) => file.replace(from, to)) }]
        : [moment],
    );
  expect(found(renamed(/format\.obbak$/, "formats.obbak"))).toHaveLength(4);
  expect(found(renamed(/\d{8}T\d{6}/, "20300101T000000"))).toEqual([]);
});

test("other ids of tenants and jobs, and other instants, are no difference", () => {
  const text = JSON.stringify(recorded)
    .replaceAll(/\b1006\b|(?<=META\$)1006|1006(?=_connect)/g, "1777")
    .replaceAll("2026-11-25", "2027-01-02");
  expect(found(JSON.parse(text) as Trace)).toEqual([]);
});
