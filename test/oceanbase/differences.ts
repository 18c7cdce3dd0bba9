import type { Account, Chapter, RowStory } from "./account.ts";

/** One thing that the kernel showed and the sandbox does not, or the other way round. */
export interface Difference {
  /** `answer`, `row`, `states`, `end`, `column` or `file`. */
  readonly kind: string;
  /** The statement, view or file it is about. */
  readonly where: string;
  /** The row, with the chapter where it is about one. */
  readonly at: string;
  readonly kernel: string;
  readonly sandbox: string;
}

/**
 * States that 4.2.1.9 leaves within a second or so (its DBA_OB_ROOTSERVICE_EVENT_HISTORY has the instants), so that looks
 * at it meet them only now and then. Whether they were met is not compared.
 */
const BRIEF: Readonly<Record<string, readonly string[]>> = {
  CDB_OB_BACKUP_JOBS: ["INIT", "COMPLETED", "FAILED", "CANCELED"],
  CDB_OB_BACKUP_TASKS: ["INIT", "BACKUP_META_FINISH", "BACKUP_LOG", "COMPLETED", "FAILED", "CANCELED"],
  CDB_OB_RESTORE_PROGRESS: ["UPGRADE", "RESTORE_SUCCESS", "RESTORE_FAIL"],
};

export function differencesBetween(kernel: Account, sandbox: Account): readonly Difference[] {
  return [
    ...answerDifferences(kernel, sandbox),
    ...rowDifferences(kernel.rows, sandbox.rows),
    ...fileDifferences(kernel.files, sandbox.files),
  ];
}

function answerDifferences(kernel: Account, sandbox: Account): readonly Difference[] {
  const many = Math.max(kernel.statements.length, sandbox.statements.length);
  return Array.from({ length: many }, (_, index) => index).flatMap((index) => {
    const [theirs, ours] = [kernel.statements[index], sandbox.statements[index]];
    const where = theirs?.sql ?? ours?.sql ?? "";
    if (theirs?.sql === ours?.sql && theirs?.answer === ours?.answer) return [];
    return [
      {
        kind: "answer",
        where,
        at: `statement ${index + 1}`,
        kernel: theirs?.answer ?? "not asked",
        sandbox: ours?.sql === where ? ours.answer : `asked ${ours?.sql ?? "nothing"}`,
      },
    ];
  });
}

function rowDifferences(kernel: readonly RowStory[], sandbox: readonly RowStory[]): readonly Difference[] {
  const names = new Set([...kernel, ...sandbox].map(nameOf));
  return [...names].flatMap((name) => {
    const theirs = kernel.find((each) => nameOf(each) === name);
    const ours = sandbox.find((each) => nameOf(each) === name);
    if (theirs !== undefined && ours !== undefined) return storyDifferences(theirs, ours);
    const [where = "", at = ""] = name.split(" ", 2);
    return [{ kind: "row", where, at, kernel: lifeOf(theirs), sandbox: lifeOf(ours) }];
  });
}

function nameOf({ view, row }: RowStory): string {
  return `${view} ${row}`;
}

function lifeOf(story: RowStory | undefined): string {
  return story === undefined ? "no such row" : statesOf(story);
}

function statesOf({ chapters }: RowStory): string {
  return chapters.map(({ state }) => state).join(" > ");
}

function storyDifferences(kernel: RowStory, sandbox: RowStory): readonly Difference[] {
  const about = { where: kernel.view, at: kernel.row };
  return [
    ...(passThrough(kernel, sandbox) ? [] : pair("states", about, [statesOf(kernel), statesOf(sandbox)])),
    ...pair("end", about, [kernel.end, sandbox.end]),
    ...kernel.chapters.flatMap((chapter) => {
      const same = sandbox.chapters.find(({ state }) => state === chapter.state);
      return same === undefined ? [] : columnDifferences(kernel, chapter, same);
    }),
  ];
}

/** The same states in the same order, but for those that the kernel may have had while nobody looked. */
function passThrough(kernel: RowStory, sandbox: RowStory): boolean {
  const [theirs, ours] = [lasting(kernel), lasting(sandbox)];
  let at = 0;
  for (const { state, isAfterBlindness } of theirs) {
    const found = ours.findIndex((chapter, index) => index >= at && chapter.state === state);
    if (found < 0 || (found > at && !isAfterBlindness)) return false;
    at = found + 1;
  }
  return at === ours.length;
}

function lasting({ view, chapters }: RowStory): readonly Chapter[] {
  return chapters.filter(({ state }) => !BRIEF[view]?.includes(state));
}

function columnDifferences(story: RowStory, kernel: Chapter, sandbox: Chapter): readonly Difference[] {
  const columns = new Set([...Object.keys(kernel.columns), ...Object.keys(sandbox.columns)]);
  return [...columns].flatMap((column) =>
    pair("column", { where: `${story.view}.${column}`, at: `${story.row} ${kernel.state}`.trim() }, [
      kernel.columns[column] ?? "no such column",
      sandbox.columns[column] ?? "no such column",
    ]),
  );
}

function pair(
  kind: string,
  { where, at }: { readonly where: string; readonly at: string },
  [kernel, sandbox]: readonly [string, string],
): readonly Difference[] {
  return kernel === sandbox ? [] : [{ kind, where, at, kernel, sandbox }];
}

function fileDifferences(kernel: ReadonlySet<string>, sandbox: ReadonlySet<string>): readonly Difference[] {
  const missing = [...kernel].filter((file) => !sandbox.has(file));
  const added = [...sandbox].filter((file) => !kernel.has(file));
  return [
    ...missing.map((where) => ({ kind: "file", where, at: "", kernel: "there", sandbox: "not there" })),
    ...added.map((where) => ({ kind: "file", where, at: "", kernel: "not there", sandbox: "there" })),
  ];
}
