import type { Scenario } from "../stage.ts";
import { archive, backUp, createPool, createTenant, restoreEnds, statusIn } from "../steps.ts";

export const plusArchivelog: Scenario = {
  name: "plus-archivelog",
  stem: "plus",
  title: "a set with its logs in it, restored from the data path alone",
  async act(stage) {
    await createTenant(stage);
    await archive(stage);
    await backUp(stage, "ALTER SYSTEM BACKUP TENANT = plus PLUS ARCHIVELOG");
    await createPool(stage, "plus_r");
    const data = stage.destination("plus/data");
    await stage.run(`ALTER SYSTEM RESTORE FROM '${data}' UNTIL SCN = 1 PREVIEW`);
    await stage.run(`ALTER SYSTEM RESTORE plus_r FROM '${data}' WITH 'pool_list=plus_r'`);
    await stage.until("CDB_OB_RESTORE_PROGRESS", (rows) => statusIn(rows, "RESTORING"));
    await stage.run("ALTER SYSTEM CANCEL RESTORE plus_r");
    await restoreEnds(stage, "plus_r");
  },
};
