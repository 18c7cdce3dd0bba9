import { type Placeless, placelessFor, tenantNames } from "./placeless.ts";
import type { Answer, Moment, Row, Said, Seen, Trace } from "./trace.ts";
import { WATCHED } from "./watched.ts";

/** A time in the life of a row in which its words of state did not change, and its columns at the end of it. */
export interface Chapter {
  readonly state: string;
  readonly columns: Readonly<Record<string, string>>;
  /** Nobody looked for a while before it began: a short chapter may be missing ahead of it. */
  readonly isAfterBlindness: boolean;
}

export interface RowStory {
  readonly view: string;
  readonly row: string;
  readonly chapters: readonly Chapter[];
  readonly end: "stays" | "goes" | "goes with its tenant";
}

/** What a trace tells once all that differs from run to run is taken out. */
export interface Account {
  readonly statements: readonly { readonly sql: string; readonly answer: string }[];
  readonly rows: readonly RowStory[];
  /** Every name of a file that was ever seen, as a pattern. */
  readonly files: ReadonlySet<string>;
}

/** What of a trace another one could show too: the views that were looked at there, and files where they were listed. */
export function asFarAsSeenIn(other: Trace, trace: Trace): Trace {
  const hasFiles = other.moments.some(isListing);
  const moments = trace.moments.filter((moment) =>
    "view" in moment ? other.watched.includes(moment.view) : hasFiles || !isListing(moment),
  );
  return { ...trace, tenants: Object.fromEntries(tenantNames(trace)), moments };
}

function isListing(moment: Moment): boolean {
  return "filesAppear" in moment || "filesGo" in moment;
}

/** A file is there under this name while it is being written. */
const HALF_WRITTEN = /\.tmp\.\d+$/;

/** A change of one of these opens a chapter. */
const WORDS_OF_STATE = ["STATUS", "FILE_STATUS", "TENANT_ROLE", "SWITCHOVER_STATUS", "LOG_MODE", "VALUE"];

export function accountOf(trace: Trace): Account {
  const placeless = placelessFor(trace);
  const said = trace.moments.filter((moment) => "sql" in moment);
  const seen = trace.moments.filter((moment) => "view" in moment);
  const files = trace.moments.flatMap((moment) =>
    "filesAppear" in moment ? (moment.filesAppear ?? []) : [],
  );
  return {
    statements: said.map(({ sql, answer }) => ({
      sql: placeless.text(sql),
      answer: answerText(answer, placeless),
    })),
    rows: rowStories({ seen, said, placeless }),
    files: new Set(files.filter((file) => !HALF_WRITTEN.test(file)).map((file) => placeless.file(file))),
  };
}

function answerText(answer: Answer, placeless: Placeless): string {
  if (answer === "ok") return "ok";
  if ("errno" in answer) return `${answer.errno} (${answer.sqlState}) ${placeless.text(answer.text)}`;
  return answer
    .map((row) => Object.entries(row).map(([name, value]) => `${name}=${placeless.text(value ?? "NULL")}`))
    .map((columns) => columns.join(" "))
    .join("; ");
}

interface Sources {
  readonly seen: readonly Seen[];
  readonly said: readonly Said[];
  readonly placeless: Placeless;
}

function rowStories({ seen, said, placeless }: Sources): readonly RowStory[] {
  const byRow = Map.groupBy(seen, ({ view, row }) => `${view} ${row}`);
  return [...byRow.values()].map((moments) => {
    const [first] = moments;
    if (first === undefined) throw new Error("a group without a moment");
    const chapters = chaptersOf(moments, placeless);
    const row = nameOf(first, placeless);
    return { view: first.view, row, chapters, end: endOf({ moments, said, row }) };
  });
}

function nameOf({ view, appears }: Seen, placeless: Placeless): string {
  if (view === "DBA_OB_TENANTS") return placeless.value("TENANT_ID", appears ?? {});
  if (view === "DBA_OB_RESOURCE_POOLS") return appears?.["NAME"] ?? "";
  const key = WATCHED.find((each) => each.view === view)?.key ?? [];
  return key.map((column) => placeless.value(column, appears ?? {})).join("/");
}

function chaptersOf(moments: readonly Seen[], placeless: Placeless): readonly Chapter[] {
  const chapters: Chapter[] = [];
  let row: Row = {};
  for (const { view, appears, changes, unseen } of moments) {
    row = appears ?? { ...row, ...changes };
    const state = stateOf(row, placeless);
    const last = chapters.at(-1);
    const isSame = last?.state === state;
    if (isSame) chapters.pop();
    const isAfterBlindness = isSame ? last.isAfterBlindness : unseen !== undefined;
    chapters.push({ state, columns: columnsOf(view, row, placeless), isAfterBlindness });
  }
  return chapters;
}

function stateOf(row: Row, placeless: Placeless): string {
  return WORDS_OF_STATE.filter((column) => column in row)
    .map((column) => placeless.value(column, row))
    .join(" ");
}

/** Restless columns are left out: what they held at the end of a chapter was not always written down. */
function columnsOf(view: string, row: Row, placeless: Placeless): Chapter["columns"] {
  const restless = WATCHED.find((each) => each.view === view)?.restless ?? [];
  const left = [...WORDS_OF_STATE, ...restless];
  const columns = Object.keys(row).filter((column) => !left.includes(column));
  return Object.fromEntries(columns.map((column) => [column, placeless.value(column, row)]));
}

/** Looks lag behind statements by a second or two, so a row that goes right after a DROP TENANT went with it. */
function endOf(of: {
  readonly moments: readonly Seen[];
  readonly said: readonly Said[];
  readonly row: string;
}): RowStory["end"] {
  const last = of.moments.at(-1);
  if (!last?.goes) return "stays";
  const dropped = of.said.find(({ sql, at }) => sql.startsWith("DROP TENANT") && at < last.at);
  return dropped === undefined || of.row.startsWith("sys/") ? "goes" : "goes with its tenant";
}
