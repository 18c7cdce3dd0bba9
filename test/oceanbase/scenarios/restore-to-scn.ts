import type { Scenario } from "../stage.ts";
import { archive, backUp, createPool, logsReach, restore, sourcesOf, writeRows } from "../steps.ts";

export const restoreToScn: Scenario = {
  name: "restore-to-scn",
  stem: "exact",
  tenants: ["exact"],
  title: "a restore to an SCN, and its tenant activated",
  async act(stage) {
    await archive(stage);
    await writeRows(stage, "(1, 'before the set')");
    await backUp(stage, "ALTER SYSTEM BACKUP TENANT = exact");
    const wanted = await writeRows(stage, "(2, 'after the set')");
    await writeRows(stage, "(3, 'too late')");
    await logsReach(stage, BigInt(wanted) + 1_000_000_000n);
    await createPool(stage, "exact_r");
    await restore(
      stage,
      "exact_r",
      `ALTER SYSTEM RESTORE exact_r FROM '${sourcesOf(stage)}' UNTIL SCN = ${wanted} WITH 'pool_list=exact_r' DESCRIPTION = 'to an SCN'`,
    );
    await stage.run("INSERT INTO test.kept VALUES (4, 'of a standby')", "root@exact_r");
    await stage.run("SELECT id, item FROM test.kept ORDER BY id", "root@exact_r");
    await stage.run("ALTER SYSTEM ACTIVATE STANDBY TENANT = exact_r");
    await stage.until("DBA_OB_TENANTS", (rows) =>
      rows.some((row) => row["TENANT_NAME"] === "exact_r" && row["TENANT_ROLE"] === "PRIMARY"),
    );
    await stage.run("INSERT INTO test.kept VALUES (4, 'of a primary')", "root@exact_r");
    await stage.run("SELECT id, item FROM test.kept ORDER BY id", "root@exact_r");
  },
};
