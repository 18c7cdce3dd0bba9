import type { Scenario, Stage } from "../stage.ts";
import { archive, createPool, jobEnds, logsCoverLastSet, restoreEnds, roundIs, statusIn } from "../steps.ts";

export const aBadDay: Scenario = {
  name: "a-bad-day",
  stem: "worse",
  tenants: ["worse"],
  title: "an encrypted set, a destination that goes away, a tenant dropped in its backup",
  async act(stage) {
    await archive(stage);
    await encrypt(stage);
    await restoreEncrypted(stage);
    await loseDestination(stage);
    await dropInBackup(stage);
  },
};

async function encrypt(stage: Stage): Promise<void> {
  const ended = jobEnds(stage);
  await stage.run("SET ENCRYPTION ON IDENTIFIED BY 'secret' ONLY");
  await stage.run("ALTER SYSTEM BACKUP TENANT = worse");
  await ended();
  await logsCoverLastSet(stage);
  stage.hangUp();
}

/** Without, with a wrong and with the right password; the restore that is taken loses its tenant half way. */
async function restoreEncrypted(stage: Stage): Promise<void> {
  await createPool(stage, "worse_r");
  const from = `${stage.destination("worse/data")},${stage.destination("worse/log")}`;
  const words = `ALTER SYSTEM RESTORE worse_r FROM '${from}' WITH 'pool_list=worse_r'`;
  await stage.run(words);
  await stage.run("SET DECRYPTION IDENTIFIED BY 'guess'");
  await stage.run(words);
  await stage.run("SET DECRYPTION IDENTIFIED BY 'guess', 'secret'");
  await stage.run(words);
  await stage.until("CDB_OB_RESTORE_PROGRESS", (rows) => statusIn(rows, "RESTORING"));
  await stage.run("DROP TENANT worse_r FORCE");
  await restoreEnds(stage, "worse_r");
}

/** The directory is away for a minute and comes back; NOARCHIVELOG and ARCHIVELOG lead to the next round. */
async function loseDestination(stage: Stage): Promise<void> {
  stage.disk.rename("worse/log", "worse/away");
  await stage.pass(60);
  await stage.run("SELECT STATUS, COMMENT FROM CDB_OB_ARCHIVELOG");
  stage.disk.rename("worse/away", "worse/log");
  await stage.pass(60);
  await stage.run("ALTER SYSTEM BACKUP TENANT = worse");
  await stage.run("ALTER SYSTEM NOARCHIVELOG TENANT = worse");
  await roundIs(stage, "STOP");
  await stage.run("ALTER SYSTEM ARCHIVELOG TENANT = worse");
  await roundIs(stage, "DOING");
}

async function dropInBackup(stage: Stage): Promise<void> {
  const ended = jobEnds(stage, 1);
  await stage.run("ALTER SYSTEM BACKUP TENANT = worse DESCRIPTION = 'never-ends'");
  await stage.until("CDB_OB_BACKUP_TASKS", (rows) => statusIn(rows, "BACKUP_DATA_MINOR"));
  await stage.run("DROP TENANT worse FORCE");
  await ended();
  await stage.pass(20);
}
