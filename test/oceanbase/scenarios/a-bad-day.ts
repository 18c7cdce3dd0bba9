import type { Scenario, Stage } from "../stage.ts";
import { archive, createPool, jobEnds, logsCoverLastSet, restoreEnds, roundIs, statusIn } from "../steps.ts";

export const aBadDay: Scenario = {
  name: "a-bad-day",
  stem: "bad",
  tenants: ["bad"],
  title:
    "a deferred destination, an encrypted set, a destination that goes away, a tenant dropped in its backup",
  async act(stage) {
    await archive(stage);
    await deferAndEnable(stage);
    await encrypt(stage);
    await restoreEncrypted(stage);
    await loseDestination(stage);
    await dropInBackup(stage);
  },
};

async function deferAndEnable(stage: Stage): Promise<void> {
  await stage.run("ALTER SYSTEM SET LOG_ARCHIVE_DEST_STATE = 'DEFER' TENANT = bad");
  await roundIs(stage, "SUSPEND");
  await stage.run("ALTER SYSTEM BACKUP TENANT = bad");
  await stage.run("ALTER SYSTEM SET LOG_ARCHIVE_DEST_STATE = 'SLEEP' TENANT = bad");
  await stage.run("ALTER SYSTEM SET LOG_ARCHIVE_DEST_STATE = 'ENABLE' TENANT = bad");
  await roundIs(stage, "DOING");
}

async function encrypt(stage: Stage): Promise<void> {
  const ended = jobEnds(stage);
  await stage.run("SET ENCRYPTION ON IDENTIFIED BY 'secret' ONLY");
  await stage.run("ALTER SYSTEM BACKUP TENANT = bad");
  await ended();
  await logsCoverLastSet(stage);
  stage.hangUp();
}

/** Without, with a wrong and with the right password; the restore that is taken loses its tenant half way. */
async function restoreEncrypted(stage: Stage): Promise<void> {
  await createPool(stage, "bad_r");
  const from = `${stage.destination("bad/data")},${stage.destination("bad/log")}`;
  const words = `ALTER SYSTEM RESTORE bad_r FROM '${from}' WITH 'pool_list=bad_r'`;
  await stage.run(words);
  await stage.run("SET DECRYPTION IDENTIFIED BY 'guess'");
  await stage.run(words);
  await stage.run("SET DECRYPTION IDENTIFIED BY 'guess', 'secret'");
  await stage.run(words);
  await stage.until("CDB_OB_RESTORE_PROGRESS", (rows) => statusIn(rows, "RESTORING"));
  await stage.run("DROP TENANT bad_r FORCE");
  await restoreEnds(stage, "bad_r");
}

/** The directory is away for a minute and comes back; NOARCHIVELOG and ARCHIVELOG lead to the next round. */
async function loseDestination(stage: Stage): Promise<void> {
  stage.disk.rename("bad/log", "bad/away");
  await stage.pass(60);
  await stage.run("SELECT STATUS, COMMENT FROM CDB_OB_ARCHIVELOG");
  stage.disk.rename("bad/away", "bad/log");
  await stage.pass(60);
  await stage.run("ALTER SYSTEM BACKUP TENANT = bad");
  await stage.run("ALTER SYSTEM NOARCHIVELOG TENANT = bad");
  await roundIs(stage, "STOP");
  await stage.run("ALTER SYSTEM ARCHIVELOG TENANT = bad");
  await roundIs(stage, "DOING");
}

async function dropInBackup(stage: Stage): Promise<void> {
  const ended = jobEnds(stage, 1);
  await stage.run("ALTER SYSTEM BACKUP TENANT = bad DESCRIPTION = 'never-ends'");
  await stage.until("CDB_OB_BACKUP_TASKS", (rows) => statusIn(rows, "BACKUP_DATA_MINOR"));
  await stage.run("DROP TENANT bad FORCE");
  await ended();
  await stage.pass(20);
}
