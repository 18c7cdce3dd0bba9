import type { DatabaseSync } from "node:sqlite";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { BackupRun } from "./back-up.ts";
import type { BackupSet } from "./backup-set.ts";
import { refusedWith, TestTenant } from "./tenant-in-test.ts";

/*
 * Random lives of a tenant, then restores to random instants. What must come out is told by a memory that the code under
 * test never sees: the digest after every commit, and which sets and rounds there were.
 */

const PLAIN = [
  "roll back",
  "hold a reader",
  "drop the reader",
  "checkpoint",
  "reopen",
  "vacuum",
  "archive",
  "archive again",
  "start a round",
  "stop the round",
  "finish the backup",
  "finish it all the same",
  "fail the backup",
] as const;

type Move =
  | { readonly do: "write"; readonly table: number; readonly rows: number; readonly how: number }
  | { readonly do: "define"; readonly table: number; readonly how: number }
  | { readonly do: "wait"; readonly hours: number }
  | { readonly do: "begin a backup"; readonly type: "FULL" | "INC"; readonly locked: boolean }
  | { readonly do: "copy"; readonly pages: number }
  | { readonly do: "plain"; readonly name: (typeof PLAIN)[number] };

const tables = fc.nat({ max: 2 });
const ways = fc.nat({ max: 5 });
const write = fc.record({ do: fc.constant("write"), table: tables, how: ways, rows: fc.nat({ max: 60 }) });
const define = fc.record({ do: fc.constant("define"), table: tables, how: ways });
const wait = fc.record({ do: fc.constant("wait"), hours: fc.integer({ min: 1, max: 60 }) });
const types = fc.constantFrom("FULL", "INC");
const beginBackup = fc.record({ do: fc.constant("begin a backup"), type: types, locked: fc.boolean() });
const copy = fc.record({ do: fc.constant("copy"), pages: fc.integer({ min: 1, max: 12 }) });
const plain = fc.record({ do: fc.constant("plain"), name: fc.constantFrom(...PLAIN) });

const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 12, arbitrary: write },
  { weight: 3, arbitrary: define },
  { weight: 2, arbitrary: wait },
  { weight: 3, arbitrary: beginBackup },
  { weight: 4, arbitrary: copy },
  { weight: 14, arbitrary: plain },
);

const BACKED_UP: readonly Move[] = [
  { do: "write", table: 0, rows: 20, how: 0 },
  { do: "begin a backup", type: "FULL", locked: false },
  { do: "write", table: 1, rows: 5, how: 0 },
  { do: "plain", name: "finish the backup" },
  { do: "plain", name: "archive" },
];

const PASSWORD = "it's a \\ secret";

class Life {
  readonly tenant = new TestTenant({ walBytes: 40_000, segmentBytes: 60_000 });
  readonly commits: { readonly scn: bigint; readonly digest: string }[] = [];
  readonly sets: BackupSet[] = [];
  readonly rounds: { startScn: bigint; checkpointScn: bigint }[] = [];
  #reader: DatabaseSync | undefined;
  #backup: BackupRun | undefined;
  #serial = 0;

  constructor() {
    this.#remember(this.tenant.data.lastScn);
    for (const table of [0, 1, 2]) {
      this.#sql(
        `CREATE TABLE t${table}(id INTEGER PRIMARY KEY, v TEXT, n INTEGER); CREATE INDEX i${table} ON t${table}(n)`,
      );
    }
    this.#startRound();
  }

  play(next: Move): void {
    switch (next.do) {
      case "write":
        return this.#write(next);
      case "define":
        return this.#define(next.table, next.how);
      case "wait":
        this.tenant.clock.scn += BigInt(next.hours) * 3_600_000_000_000n;
        return;
      case "begin a backup":
        return this.#beginBackup(next.type, next.locked);
      case "copy":
        this.#backup?.copy(next.pages * 2048);
        return;
      case "plain":
        return this.#plain[next.name]();
      default:
        throw new Error(`no such move: ${String(next satisfies never)}`);
    }
  }

  get #plain(): Record<(typeof PLAIN)[number], () => void> {
    return {
      "roll back": () => this.tenant.session.exec("BEGIN; UPDATE t0 SET v = 'gone'; ROLLBACK"),
      "hold a reader": () => this.#holdReader(),
      "drop the reader": () => this.#dropReader(),
      checkpoint: () => void this.tenant.data.checkpoint(),
      reopen: () => this.#reopen(),
      vacuum: () => this.#vacuum(),
      archive: () => this.#archive(),
      "archive again": () => this.#archive(),
      "start a round": () => this.#startRound(),
      "stop the round": () => this.#stopRound(),
      "finish the backup": () => this.#finishBackup(),
      "finish it all the same": () => this.#finishBackup(),
      "fail the backup": () => this.#failBackup(),
    };
  }

  end(): void {
    this.#dropReader();
    this.tenant.remove();
  }

  /** What a restore to `scn` must hold. */
  digestAt(scn: bigint): string | undefined {
    return this.commits.findLast((commit) => commit.scn <= scn)?.digest;
  }

  /** From the rule alone: the newest set not above `scn` decides, and one round must cover all that it still needs. */
  isRestorable(scn: bigint): boolean {
    const set = this.sets.findLast((known) => known.minRestoreScn <= scn);
    if (set === undefined) return false;
    return this.rounds.some((round) => round.startScn <= set.startReplayScn && scn <= round.checkpointScn);
  }

  #sql(sql: string): void {
    const scn = this.tenant.commit(sql);
    if (scn !== undefined) this.#remember(scn);
  }

  #remember(scn: bigint): void {
    this.commits.push({ scn, digest: this.tenant.digest() });
  }

  #write({ table, rows, how }: Extract<Move, { do: "write" }>): void {
    this.#serial++;
    const text = `hex(randomblob(${20 + how * 300})) || '${this.#serial}'`;
    const series = `WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < ${rows + 1})`;
    const insert = `${series} INSERT INTO t${table}(v, n) SELECT ${text}, i * ${this.#serial} FROM s`;
    const update = `UPDATE t${table} SET n = n + 1 WHERE id % 7 = ${how}`;
    const remove = `DELETE FROM t${table} WHERE id % 5 = ${how}`;
    this.#sql(
      `BEGIN; ${[insert, update, `${insert}; ${remove}`, remove, insert, `${update}; ${insert}`][how]}; COMMIT`,
    );
  }

  #define(table: number, how: number): void {
    this.#serial++;
    const recreate = `DROP TABLE t${table}; CREATE TABLE t${table}(id INTEGER PRIMARY KEY, v TEXT, n INTEGER)`;
    const choices = [
      recreate,
      `ALTER TABLE t${table} ADD COLUMN c${this.#serial} TEXT DEFAULT 'x'`,
      `CREATE INDEX x${this.#serial} ON t${table}(v)`,
      `CREATE TABLE u${this.#serial} AS SELECT * FROM t${table}`,
      `DELETE FROM t${table}`,
      recreate,
    ];
    this.#sql(choices[how] ?? recreate);
  }

  /** A read transaction left open keeps SQLite from taking all of the WAL into the data file. */
  #holdReader(): void {
    this.#dropReader();
    this.#reader = this.tenant.data.connect();
    this.#reader.exec("BEGIN; SELECT count(*) FROM t0");
  }

  #dropReader(): void {
    this.#reader?.close();
    this.#reader = undefined;
  }

  #reopen(): void {
    this.#dropReader();
    const setId = this.#backup?.set.setId;
    this.tenant.reopen();
    if (setId !== undefined) this.#backup = this.tenant.resumeBackup(setId);
  }

  #vacuum(): void {
    this.#dropReader();
    this.#sql("VACUUM");
  }

  #archive(): void {
    const checkpointScn = this.tenant.advance();
    const round = this.rounds.at(-1);
    if (round !== undefined && this.tenant.archive !== undefined) round.checkpointScn = checkpointScn;
  }

  #startRound(): void {
    if (this.tenant.archive !== undefined) return;
    const { startScn, checkpointScn } = this.tenant.startArchive().round;
    this.rounds.push({ startScn, checkpointScn });
  }

  #stopRound(): void {
    if (this.#backup === undefined) this.tenant.stopArchive();
  }

  #beginBackup(type: "FULL" | "INC", locked: boolean): void {
    if (this.tenant.archive === undefined || this.#backup !== undefined) return;
    this.#backup = this.tenant.startBackup({ type, ...(locked && { password: PASSWORD }) });
  }

  #finishBackup(): void {
    if (this.#backup === undefined) return;
    this.sets.push(this.tenant.finish(this.#backup));
    this.#backup = undefined;
  }

  #failBackup(): void {
    this.#backup?.fail({ at: this.tenant.clock.micros, result: -4072, comment: "" });
    this.#backup = undefined;
  }
}

/** Instants around everything that matters: commits, sets, rounds, and in between. */
function instants(life: Life): readonly bigint[] {
  const marks = [
    ...life.commits.map((commit) => commit.scn),
    ...life.sets.flatMap((set) => [set.startReplayScn, set.consistentScn, set.minRestoreScn]),
    ...life.rounds.flatMap((round) => [round.startScn, round.checkpointScn]),
  ];
  return marks.flatMap((scn) => [scn - 1n, scn, scn + 1n]);
}

test("a restore holds exactly what was committed by its instant, or is refused with 4018 where the rule says so", () => {
  const count = { restored: 0, refused: 0 };
  const lives = fc.record({
    // Half of the lives begin with a set, or few instants of a random life could be restored.
    first: fc.constantFrom<readonly Move[]>([], BACKED_UP),
    moves: fc.array(move, { minLength: 15, maxLength: 60 }),
    picks: fc.array(fc.nat(), { minLength: 5, maxLength: 5 }),
  });
  const property = fc.property(lives, ({ first, moves, picks }) => {
    const life = new Life();
    try {
      for (const next of [...first, ...moves]) life.play(next);
      const all = instants(life);
      for (const kind of [all.filter((scn) => life.isRestorable(scn)), all]) {
        for (const pick of picks.slice(0, kind.length)) count[judge(life, kind[pick % kind.length] ?? 0n)]++;
      }
    } finally {
      life.end();
    }
  });
  fc.assert(property, { numRuns: 60, interruptAfterTimeLimit: 100_000 });
  expect(count.restored).toBeGreaterThan(30);
  expect(count.refused).toBeGreaterThan(30);
}, 120_000);

function judge(life: Life, scn: bigint): "restored" | "refused" {
  const plan = () => life.tenant.plan({ scn }, [PASSWORD]);
  if (life.isRestorable(scn)) {
    expect(life.tenant.restored(plan())).toBe(life.digestAt(scn));
    return "restored";
  }
  expect(refusedWith(plan)).toBe(4018);
  return "refused";
}
