import type { Scenario, Stage } from "../stage.ts";
import { archive, createPool, jobEnds, logsCoverLastSet, restoreEnds, statusIn } from "../steps.ts";

export const encrypted: Scenario = {
  name: "encrypted",
  stem: "worse",
  tenants: ["worse"],
  title: "an encrypted set, restored without, with a wrong and with the right password",
  async act(stage) {
    await archive(stage);
    await encrypt(stage);
    await restoreEncrypted(stage);
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
