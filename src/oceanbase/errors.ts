import { Problem, type ProblemCode } from "../domain/problem.ts";
import { maskSecrets } from "./destination.ts";

/** What stands behind an error: which cluster was asked, and whether the statement may change something there. */
export interface Asked {
  /** `host:port`, for the reader. */
  readonly address: string;
  /**
   * A question changes nothing, so a lost answer is no more than that. A request may have taken effect unseen, once its
   * connection stands: what goes wrong while connecting is told as a question's.
   */
  readonly kind: "question" | "request";
}

/** What mysql2 rejects with: OceanBase's number and text, or the socket's code. */
interface DriverError {
  readonly errno?: number;
  readonly code?: string;
  readonly message?: string;
  readonly sqlMessage?: string;
}

interface Refusal {
  /** Tells refusals with one number apart; absent: any text. */
  readonly text?: RegExp;
  readonly code: ProblemCode;
  readonly remedy: string;
}

/** Turns whatever a connection rejected with into a Problem, secrets masked. A Problem passes through as it is. */
export function problemFrom(error: unknown, asked: Asked): Problem {
  if (error instanceof Problem) return error;
  const said: DriverError = error instanceof Error ? error : { message: String(error) };
  return isAnswer(error) ? refusal(said, asked) : lostConnection(said, asked);
}

/** The server gave an answer, so the connection still stands: it is a refusal and not a broken line. */
export function isAnswer(error: unknown): boolean {
  return error instanceof Error && "sqlMessage" in error && error.sqlMessage !== undefined;
}

function lostConnection(said: DriverError, asked: Asked): Problem {
  const cause = maskSecrets(said.code ?? said.message ?? "the connection broke");
  if (asked.kind === "request") return outcomeUnknown(asked.address, cause);
  return new Problem("cluster-unreachable", {
    found: `No answer from OceanBase at ${asked.address} (${cause}).`,
    remedy:
      "Check that the cluster runs and that this machine reaches its SQL port; Holdfast tries again by itself.",
    values: { address: asked.address, cause },
  });
}

function outcomeUnknown(address: string, cause: string): Problem {
  return new Problem("outcome-unknown", {
    found: `A statement was sent to OceanBase at ${address}, but its answer was lost (${cause}): it may have taken effect.`,
    remedy: "Look at the cluster's jobs before sending it again; Holdfast does so with its next observation.",
    values: { address, cause },
  });
}

function refusal(said: DriverError, asked: Asked): Problem {
  const errno = said.errno ?? 0;
  const message = readable(said.sqlMessage ?? said.message ?? "");
  const oceanbase = { errno, message };
  const { code, remedy } = findRefusal(errno, message);
  if (code === "outcome-unknown" && asked.kind === "question") return slowAnswer(asked, oceanbase);
  const found = `OceanBase at ${asked.address} refused with ${errno}: ${message}`;
  return new Problem(code, { found, remedy, values: { errno, address: asked.address }, oceanbase });
}

function slowAnswer(asked: Asked, oceanbase: { errno: number; message: string }): Problem {
  return new Problem("cluster-unreachable", {
    found: `OceanBase at ${asked.address} did not answer a question in time (${oceanbase.errno}).`,
    remedy: "The cluster is overloaded or partly down; Holdfast tries again by itself.",
    values: { address: asked.address, cause: String(oceanbase.errno) },
    oceanbase,
  });
}

/**
 * Without the second line of enable_rich_error_msg (address, time, trace id), on one line, secrets masked. A syntax
 * error repeats the rest of the statement, which may hold a password: that is left out.
 */
function readable(message: string): string {
  const own = message.replace(/\n?\[[^\]\n]*:\d+\] \[[^\]\n]*\] \[[^\]\n]*\]\s*$/, "");
  return maskSecrets(own.replace(/ near '[\s\S]*$/, " near …"))
    .replaceAll(/\s*\n\s*/g, " ")
    .trim();
}

function findRefusal(errno: number, message: string): Refusal {
  const known = REFUSALS[errno]?.find(({ text }) => text === undefined || text.test(message));
  return known ?? OTHER;
}

const OTHER: Refusal = {
  code: "oceanbase-refused",
  remedy: "Look the number up in OceanBase's documentation, remove the cause, and try again.",
};

const DESTINATION: Refusal = {
  code: "destination-refused",
  remedy:
    "Give each tenant its own empty directories, one for data and another for logs, that every server of the cluster can read and write.",
};
const NOT_RESTORABLE: Refusal = {
  code: "instant-in-gap",
  remedy: "Choose an instant inside a restorable interval, or wait until the logs reach the chosen one.",
};
const NO_ROOM: Refusal = {
  code: "resources-not-enough",
  remedy: "Choose a smaller unit or fewer zones, or free CPU, memory or log disk on the servers named.",
};
const TENANT_UNKNOWN: Refusal = {
  code: "tenant-unknown",
  remedy: "Check the tenant's name on the cluster's page; it may have been dropped or renamed.",
};
const TARGET_TAKEN: Refusal = {
  code: "target-name-taken",
  remedy: "Choose a name that no tenant of the target cluster has and to which no restore is running.",
};
const LOGIN: Refusal = {
  code: "cluster-login-refused",
  remedy: "Check user and password. OceanBase gives the same answer for an unknown tenant in the user name.",
};
const STARTING: Refusal = {
  code: "cluster-unreachable",
  remedy: "The server is starting or has no leader yet; Holdfast tries again by itself.",
};
const LOOK_FIRST: Refusal = {
  code: "outcome-unknown",
  remedy: "Look at the cluster's jobs before sending it again; Holdfast does so with its next observation.",
};

/**
 * By OceanBase's number. Texts and numbers as seen on 4.2.1.9; the rest from the kernel's error list
 * (src/share/ob_errno.def), not seen.
 */
const REFUSALS: Readonly<Record<number, readonly Refusal[]>> = {
  1045: [LOGIN],
  1049: [{ code: "version-not-supported", remedy: "Give the SQL port of an OceanBase 4.x cluster." }],
  1227: [
    {
      code: "oceanbase-refused",
      remedy: "Give the user of this cluster the right to ALTER SYSTEM in the sys tenant.",
    },
  ],
  4012: [LOOK_FIRST],
  4018: [NOT_RESTORABLE],
  9119: [NOT_RESTORABLE],
  4179: [{ text: /existed tenant name/, ...TARGET_TAKEN }],
  9014: [TARGET_TAKEN],
  4530: [{ code: "target-zone-unknown", remedy: "Choose among the zones that the target cluster has." }],
  4624: [NO_ROOM],
  4656: [NO_ROOM],
  4672: [NO_ROOM],
  4733: [NO_ROOM],
  4648: [
    {
      code: "unit-unknown",
      remedy: "Choose a unit that the target cluster has, or give CPU, memory and log disk.",
    },
  ],
  4659: [{ code: "unit-too-small", remedy: "Give the unit at least the size named." }],
  5150: [STARTING],
  8001: [STARTING],
  5157: [TENANT_UNKNOWN],
  5160: [TENANT_UNKNOWN],
  // KILL reached the connection in the middle of a statement; seen on the 4.3.5 line.
  5066: [LOOK_FIRST],
  9003: [DESTINATION],
  9011: [DESTINATION],
  9026: [DESTINATION],
  9060: [DESTINATION],
  9070: [DESTINATION],
  9071: [DESTINATION],
  9080: [DESTINATION],
  9081: [DESTINATION],
  9105: [DESTINATION],
  9113: [DESTINATION],
  9115: [DESTINATION],
  9116: [DESTINATION],
  9117: [DESTINATION],
  9118: [DESTINATION],
  1235: [
    {
      text: /change archive dest when archive is running/,
      code: "archive-already-running",
      remedy: "Stop archiving first, and know that this opens a gap in the restorable time.",
    },
  ],
  9023: [
    { code: "tenant-not-normal", remedy: "Wait until the tenant's status is NORMAL, then start archiving." },
  ],
  9036: [
    {
      code: "backup-already-running",
      remedy: "Wait until the running backup of this tenant ends, or cancel it.",
    },
  ],
  9040: [
    {
      text: /log archive status is not doing/,
      code: "archive-not-running",
      remedy: "Start archiving of this tenant and wait until it is running, then back up.",
    },
    {
      text: /backup dest is not set/,
      code: "destination-not-set",
      remedy: "Set a data destination for this tenant, then back up.",
    },
    {
      text: /tenant status is not normal/,
      code: "tenant-not-normal",
      remedy: "Wait until the tenant is NORMAL.",
    },
  ],
  9047: [
    {
      code: "decryption-needed",
      remedy: "Give the passwords of every encrypted set below this destination.",
    },
  ],
  9091: [{ code: "archive-already-running", remedy: "Nothing to do: this tenant archives already." }],
  9092: [{ code: "archive-not-running", remedy: "Nothing to do: this tenant does not archive." }],
  9099: [
    { text: /-4626\b/, code: "oceanbase-refused", remedy: "Choose a resource pool that no tenant holds." },
  ],
};
