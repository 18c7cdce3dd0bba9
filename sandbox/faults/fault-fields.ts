import { VIEW_NAMES } from "../views/view-columns.ts";
import type { FaultKind } from "./fault.ts";

/** What a field may hold: a test, and the words for a person whose value fails it. */
export interface Field {
  readonly expected: string;
  readonly needed: boolean;
  readonly accepts: (value: unknown) => boolean;
}

type Fields = Readonly<Record<string, Field>>;

function field(expected: string, accepts: (value: unknown) => boolean): Field {
  return { expected, needed: true, accepts };
}

function optional(needed: Field): Field {
  return { ...needed, needed: false };
}

function oneOf(...words: readonly string[]): Field {
  const expected = `one of ${words.map((word) => `"${word}"`).join(", ")}`;
  return field(expected, (value) => typeof value === "string" && words.includes(value));
}

/** A year: more is a mistake in the file. */
const MOST_SECONDS = 366 * 24 * 3600;

function isSeconds(value: unknown): value is number {
  return typeof value === "number" && value >= 0 && value <= MOST_SECONDS;
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 1;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function areColumnValues(value: unknown): boolean {
  if (!isRecord(value)) return false;
  return Object.values(value).every((held) => typeof held === "string" || typeof held === "number");
}

export const SECONDS = field(`seconds, 0 to ${MOST_SECONDS}`, isSeconds);
export const COUNT = field("a whole number from 1", isCount);
const TEXT = field("a text", (value) => typeof value === "string");
const NAME = field("a name of 1 to 128 characters", (value) => {
  return typeof value === "string" && value.length >= 1 && value.length <= 128;
});
const VIEW = field("a view of the sandbox, as CDB_OB_BACKUP_JOBS", (value) => {
  return typeof value === "string" && VIEW_NAMES.has(value.toUpperCase());
});
const COLUMNS = field('columns with the values of the rows meant, as {"TENANT_ID": 1002}', areColumnValues);
const CODE = field("a negative code of OceanBase, as -4016", (value) => {
  return Number.isSafeInteger(value) && Number(value) < 0;
});
const ERRNO = field("an error number, 1 to 65535", (value) => isCount(value) && Number(value) <= 65535);
const SQL_STATE = field("five letters or digits, as HY000", (value) => {
  return typeof value === "string" && /^[0-9A-Z]{5}$/.test(value);
});
const VERSION = field("a full version, as 4.2.5.1", (value) => {
  return typeof value === "string" && /^\d+\.\d+\.\d+\.\d+$/.test(value);
});
const OFFSET = field("seconds, negative for behind, not 0", (value) => {
  return typeof value === "number" && value !== 0 && isSeconds(Math.abs(value));
});
const MOVERS = oneOf("backup-jobs", "backup-tasks", "restores");
const JOB = oneOf("backup", "restore");
const USE = oneOf("data", "archive");

const TENANT: Fields = { tenant: optional(NAME) };
const ROWS: Fields = { view: VIEW, where: optional(COLUMNS) };
const MOVE: Fields = { of: MOVERS, bySeconds: SECONDS };
const DESTINATION: Fields = { ...TENANT, of: USE };
const SET: Fields = { ...TENANT, setId: optional(COUNT) };
const PIECE: Fields = { ...TENANT, pieceId: optional(COUNT) };

export const SEED = field(
  "a whole number from 0",
  (value) => Number.isSafeInteger(value) && Number(value) >= 0,
);

/** More faults than this say nothing that fewer do not. */
const MOST_DRAWN = 1000;

/** A list that may be left out, and may not be empty. */
function listOf(each: Field): Field {
  return {
    expected: `a list, each ${each.expected}`,
    needed: false,
    accepts: (value) => Array.isArray(value) && value.length > 0 && value.every(each.accepts),
  };
}

const KIND = field("a kind of fault", isKind);

/** What may stand beside a seed. */
export const DRAW_FIELDS: Fields = {
  count: optional(field(`1 to ${MOST_DRAWN}`, (value) => isCount(value) && Number(value) <= MOST_DRAWN)),
  withinSeconds: optional(COUNT),
  longestSeconds: optional(COUNT),
  tenants: listOf(NAME),
  kinds: listOf(KIND),
  versions: listOf(VERSION),
};

/** The fields of each kind of fault besides `kind`. */
export const FIELDS: Readonly<Record<FaultKind, Fields>> = {
  refused: {},
  "dropped-before": {},
  "dropped-after": {},
  timeout: { effectAfterSeconds: optional(SECONDS) },
  error: { errno: ERRNO, sqlState: optional(SQL_STATE), message: optional(TEXT) },
  "rows-late": { view: VIEW, bySeconds: SECONDS },
  "rows-missing": ROWS,
  "rows-twice": ROWS,
  "unknown-word": { ...ROWS, word: TEXT, column: optional(NAME) },
  "row-in-both": MOVE,
  "row-in-neither": MOVE,
  "job-stays": { ...TENANT, job: JOB },
  "job-fails": { ...TENANT, job: JOB, code: CODE, comment: optional(TEXT) },
  "job-canceled": { ...TENANT, job: JOB },
  "archive-interrupted": TENANT,
  "archive-lagging": TENANT,
  "archive-stopped": TENANT,
  "archive-deferred": TENANT,
  "destination-full": DESTINATION,
  "destination-read-only": DESTINATION,
  "destination-gone": DESTINATION,
  "set-lost": SET,
  "set-damaged": SET,
  "piece-lost": PIECE,
  "piece-damaged": PIECE,
  "tenant-dropped": TENANT,
  "tenant-renamed": { ...TENANT, to: NAME },
  "tenant-switched-over": TENANT,
  upgraded: { to: VERSION },
  "clock-off": { bySeconds: OFFSET },
};

export function isKind(kind: unknown): kind is FaultKind {
  return typeof kind === "string" && Object.hasOwn(FIELDS, kind);
}

/** What `for` may say of each kind: line faults go on for a time or a number of statements, others for a time. */
export const SPANS: Readonly<Record<FaultKind, readonly ("seconds" | "times")[]>> = {
  refused: ["seconds", "times"],
  "dropped-before": ["seconds", "times"],
  "dropped-after": ["seconds", "times"],
  timeout: ["seconds", "times"],
  error: ["seconds", "times"],
  "rows-late": ["seconds"],
  "rows-missing": ["seconds"],
  "rows-twice": ["seconds"],
  "unknown-word": ["seconds"],
  "row-in-both": ["seconds"],
  "row-in-neither": ["seconds"],
  "job-stays": ["seconds"],
  "job-fails": [],
  "job-canceled": [],
  "archive-interrupted": [],
  "archive-lagging": ["seconds"],
  "archive-stopped": ["seconds"],
  "archive-deferred": ["seconds"],
  "destination-full": ["seconds"],
  "destination-read-only": ["seconds"],
  "destination-gone": ["seconds"],
  "set-lost": [],
  "set-damaged": [],
  "piece-lost": [],
  "piece-damaged": [],
  "tenant-dropped": [],
  "tenant-renamed": [],
  "tenant-switched-over": ["seconds"],
  upgraded: [],
  "clock-off": [],
};
