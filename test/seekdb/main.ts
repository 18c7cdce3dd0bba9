import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startSandbox } from "../support/sandbox-process.ts";
import { readAccepted } from "./accepted.ts";
import { readChapters } from "./chapters.ts";
import { compareChapter, type Judged, type Ports } from "./compare.ts";
import { checkDoor } from "./door.ts";
import { startSeekdb } from "./seekdb.ts";

/** The line of the kernel from which seekdb 1.2.0 comes: its ob_version(). */
const VERSION = "4.3.5.3";

const isFailure = (kind: string) => kind === "differ" || kind === "vanished";

/**
 * `npm run test:kernel`: Holdfast's own sessions against OceanBase's seekdb, and the sandbox's answers beside seekdb's.
 * Where there is no seekdb to be had it says so and fails nothing.
 */
const dir = mkdtempSync(join(tmpdir(), "holdfast-seekdb-"));
const seekdb = await startSeekdb(dir);
if ("reason" in seekdb) {
  console.log(`The tests against seekdb cannot run: ${seekdb.reason}.`);
  console.log("0 passed, 0 failed");
} else {
  const sandbox = await startSandbox({ dir: join(dir, "sandbox"), flags: ["--version", VERSION] });
  process.exitCode = 1;
  try {
    process.exitCode = (await run({ seekdb: seekdb.port, sandbox: sandbox.port })) === 0 ? 0 : 1;
  } finally {
    await sandbox.kill("SIGTERM");
    await seekdb.stop();
  }
}
rmSync(dir, { recursive: true, force: true });
process.exit();

async function run(ports: Ports): Promise<number> {
  const door = await checkDoor({ host: "127.0.0.1", port: ports.seekdb, user: "root", password: "" });
  const accepted = readAccepted();
  const judged: Judged[] = [];
  for (const chapter of readChapters()) {
    const answers = await compareChapter(chapter, { ports, accepted });
    console.log(`${chapter.name.padEnd(24)} ${countWords(answers)}`);
    judged.push(...answers);
  }
  const asked = new Set(judged.map(({ question }) => question.sql));
  const idle = [...accepted.keys()].filter((statement) => !asked.has(statement));
  for (const each of judged) explain(each);
  for (const statement of idle)
    console.log(`\nFAILED accepted.json names a statement that nobody asks: ${statement}`);
  const failed = judged.filter(({ verdict }) => isFailure(verdict.kind)).length + idle.length + door.failed;
  console.log(`${judged.length + idle.length + door.passed + door.failed - failed} passed, ${failed} failed`);
  return failed;
}

function countWords(judged: readonly Judged[]): string {
  const count = (kind: string) => judged.filter(({ verdict }) => verdict.kind === kind).length;
  const failed = count("differ") + count("vanished");
  return `${judged.length} statements: ${count("agree")} agree, ${count("accepted")} differ as accepted, ${failed} failed`;
}

function explain({ chapter, question, verdict }: Judged): void {
  if (verdict.kind === "vanished") {
    console.log(`\nFAILED ${chapter}: both agree now, but accepted.json lists a difference: ${question.sql}`);
  }
  if (verdict.kind === "differ") {
    const { kind: _, ...said } = verdict;
    console.log(`\nFAILED ${chapter}: ${question.sql}`);
    console.log(JSON.stringify({ statement: question.sql, ...said }, undefined, 2));
  }
}
