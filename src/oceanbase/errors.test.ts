import { expect, test } from "vitest";
import type { ProblemCode } from "../domain/problem.ts";
import { Problem } from "../domain/problem.ts";
import { type Asked, problemFrom } from "./errors.ts";

const REQUEST: Asked = { address: "127.0.0.1:2881", kind: "request" };
const QUESTION: Asked = { address: "127.0.0.1:2881", kind: "question" };

/** As mysql2 rejects when the server answers with an error packet. */
function answered(errno: number, sqlMessage: string): Error {
  return Object.assign(new Error(sqlMessage), { errno, sqlState: "HY000", sqlMessage });
}

/** As mysql2 rejects when the line breaks. */
function broken(code: string): Error {
  return Object.assign(new Error(code), { errno: -104, code, fatal: true });
}

/** Numbers and texts as OceanBase 4.2.1.9 printed them. */
const SEEN: readonly (readonly [number, string, ProblemCode])[] = [
  [1045, "Access denied for user 'root'@'xxx.xxx.xxx.xxx' (using password: YES)", "cluster-login-refused"],
  [1049, "Unknown database 'oceanbase'", "version-not-supported"],
  [1227, "Access denied", "oceanbase-refused"],
  [4016, "Internal error", "oceanbase-refused"],
  [4018, "No enough log for restore", "instant-in-gap"],
  [4179, "restore tenant with existed tenant name is not allowed", "target-name-taken"],
  [4179, "Cancel tenant not in restore is not allowed", "oceanbase-refused"],
  [4530, "Zone info 'zone9' not exist", "target-zone-unknown"],
  [4648, "resource unit 'nope' not exist", "unit-unknown"],
  [4659, "invalid MEMORY_SIZE value, min value is 1073741824", "unit-too-small"],
  [
    4733,
    "zone 'zone1' resource not enough to hold 1 unit. …\nserver '\"127.0.0.1:4882\"' CPU resource not enough\n",
    "resources-not-enough",
  ],
  [5150, "Tenant not in this server", "cluster-unreachable"],
  [5157, "Unknown tenant 'nope'", "tenant-unknown"],
  [5160, "invalid tenant name specified in connection string", "tenant-unknown"],
  [9003, "OSS error", "destination-refused"],
  [9011, "cannot find backup file", "destination-refused"],
  [9026, "backup destination is not valid", "destination-refused"],
  [9036, "Backup is in progress", "backup-already-running"],
  [9040, "backup can not start, because log archive status is not doing. ", "archive-not-running"],
  [9080, "the format file does not exist under the destination", "destination-refused"],
  [9081, "the content of the format file at the destination does not match", "destination-refused"],
  [1235, "change archive dest when archive is running is not supported", "archive-already-running"],
  [1235, "Not supported feature or function", "oceanbase-refused"],
  [9091, "Already in ARCHIVELOG mode", "archive-already-running"],
  [9092, "Already in NOARCHIVELOG mode", "archive-not-running"],
  [
    9099,
    "shop2 restore failed, ROOTSERVICE : OB_RESOURCE_POOL_ALREADY_GRANTED(-4626) on …",
    "oceanbase-refused",
  ],
];

test.each(SEEN)("%i %s becomes the problem %s, with OceanBase's number and words", (errno, text, code) => {
  const { body } = problemFrom(answered(errno, text), REQUEST);
  expect(body.code).toBe(code);
  expect(body.oceanbase?.errno).toBe(errno);
  expect(body.found).toContain(text.split("\n")[0]?.trim());
  expect(body.remedy).not.toBe("");
});

test("a request that ran longer than OceanBase allows has an unknown outcome; a question has not", () => {
  const timeout = answered(4012, "Timeout, query has reached the maximum query timeout: 10000000(us)");
  expect(problemFrom(timeout, REQUEST).code).toBe("outcome-unknown");
  expect(problemFrom(timeout, QUESTION).code).toBe("cluster-unreachable");
});

test("a statement whose session was killed may have taken effect", () => {
  const killed = answered(5066, "Session interrupted");
  expect(problemFrom(killed, REQUEST).code).toBe("outcome-unknown");
  expect(problemFrom(killed, QUESTION).code).toBe("cluster-unreachable");
});

test("a line that breaks under a request leaves its outcome unknown; under a question nothing was lost", () => {
  for (const code of ["PROTOCOL_CONNECTION_LOST", "ECONNRESET", "PROTOCOL_SEQUENCE_TIMEOUT"]) {
    expect(problemFrom(broken(code), REQUEST).code).toBe("outcome-unknown");
    expect(problemFrom(broken(code), QUESTION).code).toBe("cluster-unreachable");
  }
});

test("keys in OceanBase's words are masked, and the line with address and trace id is left out", () => {
  const text =
    "cannot write oss://b/d?host=h&access_id=ID&access_key=KEY\n[1.2.3.4:2882] [2026-11-25 10:00:00.000000] [Y0-1]";
  const { body } = problemFrom(answered(9003, text), REQUEST);
  expect(body.oceanbase?.message).toBe("cannot write oss://b/d?host=h&access_id=******&access_key=******");
  expect(JSON.stringify(body)).not.toMatch(/=ID|=KEY|Y0-1/);
});

test("a syntax error does not repeat the statement, which may hold a password", () => {
  const text =
    "You have an error in your SQL syntax; check the manual … to use near 'IDENTIFIED BY 'pw' ONLY' at line 1";
  const { body } = problemFrom(answered(1064, text), REQUEST);
  expect(JSON.stringify(body)).not.toContain("pw");
  expect(body.oceanbase?.message).toContain("error in your SQL syntax");
});

test("a problem passes through unchanged, and what is no error at all is told too", () => {
  const problem = new Problem("tenant-unknown", { found: "f", remedy: "r" });
  expect(problemFrom(problem, QUESTION)).toBe(problem);
  expect(problemFrom("odd", QUESTION).body.found).toContain("odd");
});
