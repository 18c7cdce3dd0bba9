import fs from "node:fs";
import { resumeArchive } from "./archive-log.ts";
import { type BackupRun, resumeBackup, startBackup } from "./back-up.ts";
import { readBackupSets } from "./backup-set.ts";
import { openTenantData } from "./open-tenant.ts";
import type { OpenTenant } from "./tenant-data.ts";
import { placeBelow, realScn, SOURCE, type TestPlace } from "./tenant-in-test.ts";

/** Run by killed.test.ts: `node writer-to-be-killed.ts ROOT [COMMITS]`. */
export const script = import.meta.filename;

/**
 * Writes, archives and backs up without a pause, and says each commit's number on its output once it is captured. Kills
 * itself before it captures the last of `commits`.
 */
function writeUntilKilled(root: string, commits: number): void {
  const place = placeBelow(root);
  const data = openTenantData(place.tenant, { nextScn: realScn, walBytes: 100_000, segmentBytes: 300_000 });
  const session = data.connect();
  const archive = resumeArchive({ data, destination: place.archive, roundId: 1 });
  const backups = backingUp(data, place);
  const insert = session.prepare("INSERT INTO numbers(n, filler) VALUES (?, hex(randomblob(200)))");
  const change = session.prepare("UPDATE numbers SET filler = hex(randomblob(150)) WHERE n % 41 = ? % 41");
  const before = Number(session.prepare("SELECT coalesce(max(n), 0) AS n FROM numbers").get()?.n);
  for (let turn = 1; turn <= commits; turn++) {
    session.exec("BEGIN");
    insert.run(before + turn);
    change.run(turn);
    session.exec("COMMIT");
    if (turn === commits) process.kill(process.pid, "SIGKILL");
    data.captureCommit();
    fs.writeSync(1, `${before + turn}\n`);
    if (turn % 7 === 0) archive.advance(realScn());
    if (turn % 5 === 0) backups.step();
  }
}

/** One increment after the other. */
function backingUp(data: OpenTenant, { data: destination }: TestPlace): { step(): void } {
  const newest = () => readBackupSets(destination.directory).at(-1)?.setId ?? 0;
  const begin = () => {
    const wish = { setId: newest() + 1, type: "INC", plusArchivelog: true, at: Date.now() * 1000 } as const;
    return startBackup({ data, destination, source: SOURCE, ...wish });
  };
  let run: BackupRun | undefined = resumeBackup({ data, destination, setId: newest() });
  return {
    step() {
      run ??= begin();
      if (!run.copy(40_000)) return;
      run.finish({ at: Date.now() * 1000, minRestoreScn: realScn() });
      run = undefined;
    },
  };
}

if (import.meta.main) {
  const [root = "", commits = "1000000"] = process.argv.slice(2);
  writeUntilKilled(root, Number(commits));
}
