import type { Scenario } from "../stage.ts";
import {
  archive,
  backUp,
  createPool,
  logsCoverLastSet,
  restore,
  restoreEnds,
  sourcesOf,
  statusIn,
} from "../steps.ts";

export const restoreCanceled: Scenario = {
  name: "restore-canceled",
  stem: "half",
  tenants: ["half"],
  title: "a restore is canceled half way; a second one into the same pool goes to the end of the logs",
  async act(stage) {
    await archive(stage);
    await backUp(stage, "ALTER SYSTEM BACKUP TENANT = half");
    await logsCoverLastSet(stage);
    await createPool(stage, "half_r");
    const words = `ALTER SYSTEM RESTORE half_r FROM '${sourcesOf(stage)}' WITH 'pool_list=half_r'`;
    await stage.run(words);
    await stage.until("CDB_OB_RESTORE_PROGRESS", (rows) => statusIn(rows, "RESTORING"));
    await stage.run(words);
    await stage.run("DROP TENANT half_r");
    await stage.run("ALTER SYSTEM CANCEL RESTORE half_r");
    await stage.run("ALTER SYSTEM CANCEL RESTORE half_r");
    await restoreEnds(stage, "half_r");
    await restore(stage, "half_r2", words.replace("half_r FROM", "half_r2 FROM"));
  },
};
