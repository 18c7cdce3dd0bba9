import type { Scenario } from "../stage.ts";
import { archive, createTenant, jobEnds, statusIn } from "../steps.ts";

export const dropInBackup: Scenario = {
  name: "drop-in-backup",
  stem: "doomed",
  title: "a tenant is dropped by force while its backup runs",
  async act(stage) {
    await createTenant(stage);
    await archive(stage);
    await stage.run("ALTER SYSTEM BACKUP TENANT = doomed DESCRIPTION = 'never ends'");
    await stage.until("CDB_OB_BACKUP_TASKS", (rows) => statusIn(rows, "BACKUP_DATA_MINOR"));
    const ended = jobEnds(stage, 1);
    await stage.run("DROP TENANT doomed FORCE");
    await ended();
    await stage.pass(20);
  },
};
