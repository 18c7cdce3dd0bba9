import fs from "node:fs";
import { resumeArchive } from "./archive-log.ts";
import { type BackupRun, resumeBackup, startBackup } from "./back-up.ts";
import { readBackupSets } from "./backup-set.ts";
import { openTenantData } from "./open-tenant.ts";
import { placeBelow, realScn, SOURCE } from "./tenant-in-test.ts";

/*
 * A process of its own for killed.test.ts: writes, archives and backs up without a pause, and says each commit's number on
 * its output once it is captured. `node writer-to-be-killed.ts ROOT [COMMITS_BEFORE_IT_KILLS_ITSELF_UNCAPTURED]`
 */
const [root = "", limit = "1000000"] = process.argv.slice(2);
const place = placeBelow(root);
const data = openTenantData(place.tenant, { nextScn: realScn, walBytes: 100_000, segmentBytes: 300_000 });
const session = data.connect();
const archive = resumeArchive({ data, destination: place.archive, roundId: 1 });
const insert = session.prepare("INSERT INTO numbers(n, filler) VALUES (?, hex(randomblob(200)))");
const change = session.prepare("UPDATE numbers SET filler = hex(randomblob(150)) WHERE n % 41 = ? % 41");

let backup: BackupRun | undefined = resumeBackup({ data, destination: place.data, setId: newestSet() });
let number = Number(session.prepare("SELECT coalesce(max(n), 0) AS n FROM numbers").get()?.n);

for (let turn = 1; turn <= Number(limit); turn++) {
  number++;
  session.exec("BEGIN");
  insert.run(number);
  change.run(number);
  session.exec("COMMIT");
  if (turn === Number(limit)) process.kill(process.pid, "SIGKILL");
  data.captureCommit();
  fs.writeSync(1, `${number}\n`);
  if (turn % 7 === 0) archive.advance(realScn());
  if (turn % 5 === 0) stepBackup();
}

function newestSet(): number {
  return readBackupSets(place.data.directory).at(-1)?.setId ?? 0;
}

function stepBackup(): void {
  const at = Date.now() * 1000;
  backup ??= startBackup({
    data,
    destination: place.data,
    source: SOURCE,
    setId: newestSet() + 1,
    type: "INC",
    plusArchivelog: true,
    at,
  });
  if (!backup.copy(40_000)) return;
  backup.finish({ at, minRestoreScn: realScn() });
  backup = undefined;
}
