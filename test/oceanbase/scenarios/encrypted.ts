import type { Scenario } from "../stage.ts";
import {
  archive,
  backUp,
  createPool,
  createTenant,
  logsCoverLastSet,
  restoreEnds,
  sourcesOf,
  statusIn,
} from "../steps.ts";

export const encrypted: Scenario = {
  name: "encrypted",
  stem: "enc",
  title: "an encrypted set, restored without, with a wrong and with the right password",
  async act(stage) {
    await createTenant(stage);
    await archive(stage);
    await stage.run("SET ENCRYPTION ON IDENTIFIED BY 'it''s secret' ONLY");
    await backUp(stage, "ALTER SYSTEM BACKUP TENANT = enc");
    await logsCoverLastSet(stage);
    stage.hangUp();
    await createPool(stage, "enc_r");
    const words = `ALTER SYSTEM RESTORE enc_r FROM '${sourcesOf(stage)}' WITH 'pool_list=enc_r'`;
    await stage.run(words);
    await stage.run("SET DECRYPTION IDENTIFIED BY 'guess'");
    await stage.run(words);
    await stage.run("SET DECRYPTION IDENTIFIED BY 'guess', 'it''s secret'");
    await stage.run(words);
    await stage.until("CDB_OB_RESTORE_PROGRESS", (rows) => statusIn(rows, "RESTORING"));
    await stage.run("DROP TENANT enc_r FORCE");
    await restoreEnds(stage, "enc_r");
  },
};
