import type { Scenario } from "../stage.ts";
import { archive, backUp, createPool, createTenant, logsCoverLastSet, roundIs, sourcesOf } from "../steps.ts";

export const restoreInGap: Scenario = {
  name: "restore-in-gap",
  stem: "gap",
  title: "restores at the last instant of a round, in the gap behind it, and in the next round",
  async act(stage) {
    await createTenant(stage);
    await archive(stage);
    await backUp(stage, "ALTER SYSTEM BACKUP TENANT = gap");
    await logsCoverLastSet(stage);
    await stage.run("ALTER SYSTEM NOARCHIVELOG TENANT = gap");
    await roundIs(stage, "STOP");
    const last = BigInt(await stage.value("SELECT CHECKPOINT_SCN FROM CDB_OB_ARCHIVELOG"));
    await stage.run("ALTER SYSTEM ARCHIVELOG TENANT = gap");
    await roundIs(stage, "DOING");
    const next = BigInt(await stage.value("SELECT CHECKPOINT_SCN FROM CDB_OB_ARCHIVELOG"));
    await createPool(stage, "gap_r");
    const from = sourcesOf(stage);
    for (const scn of [last, last + 1n, next - 1n]) {
      await stage.run(`ALTER SYSTEM RESTORE FROM '${from}' UNTIL SCN = ${scn} PREVIEW`);
    }
    for (const scn of [last + 1n, next]) {
      await stage.run(`ALTER SYSTEM RESTORE gap_r FROM '${from}' UNTIL SCN = ${scn} WITH 'pool_list=gap_r'`);
    }
    await stage.run(`ALTER SYSTEM RESTORE gap_r FROM '${from}' WITH 'pool_list=gap_r'`);
  },
};
