/** A fault put into the product by hand: exact texts that are replaced. A text that is no longer there is an error. */
export interface Mutant {
  readonly name: string;
  readonly edits: readonly Edit[];
}

export interface Edit {
  readonly file: string;
  readonly find: string;
  readonly put: string;
}

export const MUTANTS: readonly Mutant[] = [
  {
    name: "adopt the newest job",
    edits: [
      {
        file: "src/control/back-up.ts",
        find: "pass.inventory.tenants.find(({ backupJobs }) => backupJobs.some(isOurs))",
        put: "tenantIn(pass, operation.tenant)",
      },
      {
        file: "src/control/back-up.ts",
        find: "tenant?.backupJobs.find(isOurs)",
        put: "tenant?.backupJobs.toSorted((a, b) => b.id - a.id)[0]",
      },
    ],
  },
  {
    name: "forget the history view",
    edits: [
      {
        file: "src/oceanbase/v4-jobs.ts",
        find: '(row) => row.SOURCE === "history" || (row.SOURCE === "running" && !ended.has(jobKey(row)))',
        put: '(row) => row.SOURCE === "running" && !ended.has(jobKey(row))',
      },
    ],
  },
  {
    name: "treat INTERRUPTED as stopped",
    edits: [
      {
        file: "src/oceanbase/v4-history.ts",
        find: 'INTERRUPTED: "interrupted"',
        put: 'INTERRUPTED: "stopped"',
      },
    ],
  },
  {
    name: "send again after 4012 without looking",
    edits: [
      {
        file: "src/control/next-move.ts",
        find: "if (!mayRepeat && !absenceIsProven(step, sight))",
        put: 'if (!mayRepeat && sight.sending.state !== "unknown" && !absenceIsProven(step, sight))',
      },
    ],
  },
  {
    name: "close an interval one nanosecond too late",
    edits: [
      {
        file: "src/domain/restorable.ts",
        find: "const to = earlier(walk.to, run.reach);",
        put: "const to = earlier(walk.to, scnAfter(run.reach));",
      },
    ],
  },
  {
    name: "take the newest piece for covered while it is ACTIVE",
    edits: [
      {
        file: "src/domain/log-run.ts",
        find: "from: startScn, end: endScn, reach: checkpointScn }",
        put: "from: startScn, end: endScn, reach: checkpointScn < endScn ? endScn : checkpointScn }",
      },
      {
        file: "src/domain/log-run.ts",
        find: "  run.reach = piece.checkpointScn;",
        put: "  run.reach = piece.endScn;",
      },
    ],
  },
];
