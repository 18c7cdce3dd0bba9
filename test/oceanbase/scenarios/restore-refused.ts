import type { Scenario, Stage } from "../stage.ts";
import { archive, backUp, createPool, createTenant, logsReach, sourcesOf, writeRows } from "../steps.ts";

export const restoreRefused: Scenario = {
  name: "restore-refused",
  stem: "rest",
  title: "restores that are refused: instants, names, pools, words",
  async act(stage) {
    await createTenant(stage);
    await archive(stage);
    const early = await writeRows(stage, "(1, 'before the set')");
    await backUp(stage, "ALTER SYSTEM BACKUP TENANT = rest");
    const wanted = await writeRows(stage, "(2, 'after the set')");
    await logsReach(stage, BigInt(wanted) + 1_000_000_000n);
    await createPool(stage, "rest_r");
    await refused(stage, { early, wanted });
  },
};

async function refused(
  stage: Stage,
  { early, wanted }: { readonly early: string; readonly wanted: string },
): Promise<void> {
  const from = sourcesOf(stage);
  const ask = (words: string) => stage.run(`ALTER SYSTEM RESTORE ${words}`);
  const far = BigInt(wanted) + 3_600_000_000_000n;
  await ask(`rest_r FROM '${from}' UNTIL SCN = ${early} WITH 'pool_list=rest_r'`);
  await ask(`rest_r FROM '${from}' UNTIL SCN = ${far} WITH 'pool_list=rest_r'`);
  await ask(`rest FROM '${from}' UNTIL SCN = ${wanted} WITH 'pool_list=rest_r'`);
  await ask(`rest_r FROM '${from}' UNTIL SCN = ${wanted} WITH 'pool_list=rest'`);
  await ask(`rest_r FROM '${from}' UNTIL SCN = ${wanted} WITH 'pool_list=nowhere'`);
  await ask(`rest_r FROM '${from}' UNTIL SCN = ${wanted} WITH ''`);
  await ask(`rest_r FROM '${from}' UNTIL SCN = 0 WITH 'pool_list=rest_r'`);
  await ask(`rest_r FROM '${from}' UNTIL TIME = 'yesterday' WITH 'pool_list=rest_r'`);
  await ask(`rest_r FROM '${from}' UNTIL SCN = ${wanted} WITH 'pool_list=rest_r&concurrency=101'`);
  await ask(`rest_r FROM '${stage.destination("nowhere")}' UNTIL SCN = ${wanted} WITH 'pool_list=rest_r'`);
  await ask(`rest_r FROM 'here,there' UNTIL SCN = ${wanted} WITH 'pool_list=rest_r'`);
  await ask(`FROM '${from}' UNTIL SCN = ${early} PREVIEW`);
  await ask(`FROM '${from}' UNTIL SCN = ${wanted} PREVIEW`);
  await stage.run("SHOW RESTORE PREVIEW");
  await stage.run("ALTER SYSTEM CANCEL RESTORE rest_r");
  await stage.run("ALTER SYSTEM CANCEL RESTORE rest");
  await stage.run(
    "CREATE RESOURCE UNIT rest_big MAX_CPU 1, MIN_CPU 1, MEMORY_SIZE '90G', LOG_DISK_SIZE '400G'",
  );
  await stage.run("CREATE RESOURCE POOL rest_big UNIT = 'rest_big', UNIT_NUM = 1, ZONE_LIST = ('zone1')");
}
