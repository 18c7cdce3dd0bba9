import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FirstFailure } from "./find-failure.ts";
import { type Edit, MUTANTS, type Mutant } from "./mutants.ts";

/*
 * npm run test:mutants: puts each fault into a copy of the tree and lets the simulation find it. The checkout itself is
 * not touched. Ends with 1 when a fault is not caught within the seeds that `npm test` runs.
 */

const SEEDS = 1000;
const root = join(import.meta.dirname, "..", "..");

const caught = MUTANTS.map(({ name, edits }) => {
  const failure = firstFailure({ name, edits });
  const what = failure
    ? `caught at seed ${failure.seed} by ${failure.message}`
    : `NOT CAUGHT within ${SEEDS} schedules`;
  console.log(`${name}: ${what}`);
  return failure !== null;
});
const escaped = caught.filter((each) => !each).length;
console.log(`${caught.length - escaped} of ${caught.length} faults caught`);
process.exitCode = escaped === 0 ? 0 : 1;

function firstFailure(mutant: Mutant): FirstFailure {
  const folder = mkdtempSync(join(tmpdir(), "holdfast-mutant-"));
  try {
    for (const part of ["src", "sandbox", "test/simulation", "package.json"]) {
      cpSync(join(root, part), join(folder, part), { recursive: true });
    }
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    for (const edit of mutant.edits) put(folder, edit);
    return search(folder, mutant.name);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function put(folder: string, { file, find, put: wanted }: Edit): void {
  const path = join(folder, file);
  const text = readFileSync(path, "utf8");
  const times = text.split(find).length - 1;
  if (times !== 1) throw new Error(`${file} has ${times} times what is to be replaced: ${find}`);
  writeFileSync(
    path,
    text.replace(find, () => wanted),
  );
}

function search(folder: string, name: string): FirstFailure {
  const script = join(folder, "test", "simulation", "find-failure.ts");
  const ran = spawnSync(process.execPath, [script, String(SEEDS)], { encoding: "utf8", cwd: folder });
  if (ran.status !== 0) throw new Error(`${name}: the simulation did not run: ${ran.stderr}`);
  return JSON.parse(ran.stdout) as FirstFailure;
}
