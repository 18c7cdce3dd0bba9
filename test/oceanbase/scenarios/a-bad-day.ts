import type { Scenario, Stage } from "../stage.ts";
import { archive, jobEnds, roundIs, statusIn } from "../steps.ts";

export const aBadDay: Scenario = {
  name: "a-bad-day",
  stem: "awry",
  tenants: ["awry"],
  title: "a destination that goes away and comes back, a tenant dropped in its backup",
  async act(stage) {
    await archive(stage);
    await loseDestination(stage);
    await dropInBackup(stage);
  },
};

/** The directory is away for a minute and comes back; NOARCHIVELOG and ARCHIVELOG lead to the next round. */
async function loseDestination(stage: Stage): Promise<void> {
  stage.disk.rename("awry/log", "awry/away");
  await stage.pass(60);
  await stage.run("SELECT STATUS, COMMENT FROM CDB_OB_ARCHIVELOG");
  stage.disk.rename("awry/away", "awry/log");
  await stage.pass(60);
  await stage.run("ALTER SYSTEM BACKUP TENANT = awry");
  await stage.run("ALTER SYSTEM NOARCHIVELOG TENANT = awry");
  await roundIs(stage, "STOP");
  await stage.run("ALTER SYSTEM ARCHIVELOG TENANT = awry");
  await roundIs(stage, "DOING");
}

async function dropInBackup(stage: Stage): Promise<void> {
  const ended = jobEnds(stage, 1);
  await stage.run("ALTER SYSTEM BACKUP TENANT = awry DESCRIPTION = 'never-ends'");
  await stage.until("CDB_OB_BACKUP_TASKS", (rows) => statusIn(rows, "BACKUP_DATA_MINOR"));
  await stage.run("DROP TENANT awry FORCE");
  await ended();
  await stage.pass(20);
}
