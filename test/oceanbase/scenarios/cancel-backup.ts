import type { Scenario } from "../stage.ts";
import { archive, backUp, createTenant, jobEnds, statusIn } from "../steps.ts";

export const cancelBackup: Scenario = {
  name: "cancel-backup",
  stem: "halted",
  title: "a backup is canceled while it copies; a full set takes the next number",
  async act(stage) {
    await createTenant(stage);
    await stage.run("ALTER SYSTEM CANCEL BACKUP TENANT = halted");
    await archive(stage);
    const ended = jobEnds(stage);
    await stage.run("ALTER SYSTEM BACKUP TENANT = halted DESCRIPTION = 'to be canceled'");
    await stage.until("CDB_OB_BACKUP_TASKS", (rows) => statusIn(rows, "BACKUP_DATA_MINOR"));
    await stage.run("ALTER SYSTEM CANCEL BACKUP TENANT = halted");
    await stage.run("ALTER SYSTEM CANCEL BACKUP TENANT = halted");
    await ended();
    await backUp(stage, "ALTER SYSTEM BACKUP INCREMENTAL TENANT = halted");
  },
};
