import { expect, test } from "vitest";
import {
  answersAll,
  type Branch,
  columnsQuestion,
  type KnownColumns,
  knownColumns,
  QUESTIONS,
  type Question,
  selectText,
  WHO_IS_THERE,
} from "./v4-views.ts";

const ALL: readonly Question[] = ["tenants", "backupJobs", "sets", "archive", "restores", "settings"];

/** Every view with every column that is asked, except what `without` says. */
function serverWith(without: (view: string, column: string) => boolean = () => false): KnownColumns {
  const branches: readonly Branch[] = Object.values(QUESTIONS).flat();
  const rows = branches.flatMap((branch) =>
    [...branch.columns, ...(branch.times ?? [])]
      .filter((column) => !without(branch.view, column))
      .map((column) => ({ TABLE_NAME: branch.view, COLUMN_NAME: column })),
  );
  return knownColumns(rows);
}

test("a pass asks six questions, and each is one statement", () => {
  expect(new Set(Object.keys(QUESTIONS))).toEqual(new Set(ALL));
  expect(ALL.length).toBe(6);
  for (const question of ALL) expect(selectText(question, serverWith())).not.toContain(";");
});

test("the question for rounds and pieces is written word for word", () => {
  expect(selectText("archive", serverWith())).toBe(
    "SELECT 'round' AS SOURCE, `TENANT_ID`, `DEST_ID`, `ROUND_ID`, `STATUS`, `START_SCN`, `CHECKPOINT_SCN`, `INPUT_BYTES`, `OUTPUT_BYTES`, `COMMENT`, `PATH`, NULL AS PIECE_ID, NULL AS END_SCN, NULL AS FILE_STATUS FROM oceanbase.CDB_OB_ARCHIVELOG_SUMMARY UNION ALL SELECT 'piece' AS SOURCE, `TENANT_ID`, `DEST_ID`, `ROUND_ID`, `STATUS`, `START_SCN`, `CHECKPOINT_SCN`, `INPUT_BYTES`, `OUTPUT_BYTES`, NULL AS COMMENT, `PATH`, `PIECE_ID`, `END_SCN`, `FILE_STATUS` FROM oceanbase.CDB_OB_ARCHIVELOG_PIECE_FILES",
  );
});

test("times are asked as microseconds, so that no zone takes part", () => {
  for (const question of ALL) {
    const text = selectText(question, serverWith());
    for (const column of ["START_TIMESTAMP", "END_TIMESTAMP", "FINISH_TIMESTAMP", "CREATE_TIME"]) {
      expect(text).not.toContain(`, \`${column}\``);
    }
    expect(text).not.toContain("_DISPLAY");
  }
});

test("running rows are read before ended ones, so that a row that moves meanwhile is not missed", () => {
  for (const question of ["backupJobs", "restores"] as const) {
    const text = selectText(question, serverWith());
    expect(text.indexOf("'running'")).toBeGreaterThan(-1);
    expect(text.indexOf("'running'")).toBeLessThan(text.indexOf("'history'"));
  }
});

test("a column that this server lacks is asked as NULL instead", () => {
  const old = serverWith((view, column) => view === "CDB_OB_BACKUP_TASKS" && column === "DATA_PROGRESS");
  expect(selectText("backupJobs", old)).not.toContain("`DATA_PROGRESS`");
  expect(selectText("backupJobs", old)).toContain("NULL AS DATA_PROGRESS");
});

test("a view that this server lacks is not asked", () => {
  const old = serverWith((view) => view === "CDB_OB_ARCHIVE_DEST");
  expect(selectText("settings", old)).not.toContain("CDB_OB_ARCHIVE_DEST");
  expect(selectText("settings", old)).toContain("CDB_OB_BACKUP_PARAMETER");
});

test("a login that sees no view of some question is told from one that sees them all", () => {
  expect(answersAll(serverWith())).toBe(true);
  expect(answersAll(serverWith((view) => view.startsWith("CDB_")))).toBe(false);
});

test("column names are found whatever case the server writes them in", () => {
  const known = knownColumns([{ TABLE_NAME: "dba_ob_tenants", COLUMN_NAME: "tenant_id" }]);
  expect(selectText("tenants", known)).toContain("`TENANT_ID`");
});

test("password hashes are never asked for", () => {
  const texts = [
    ...ALL.map((question) => selectText(question, serverWith())),
    columnsQuestion(),
    WHO_IS_THERE,
  ];
  expect(texts.join("\n")).not.toMatch(/PASSWD|\*\s+FROM\s+oceanbase/i);
});
