import type { Scenario } from "../stage.ts";
import { archive, backUp, jobEnds, statusIn } from "../steps.ts";

export const incremental: Scenario = {
  name: "incremental",
  stem: "inc",
  tenants: ["inc"],
  title: "an increment without a base becomes full; an increment; a full set and an increment of that",
  async act(stage) {
    await archive(stage);
    const ended = jobEnds(stage);
    await stage.run("ALTER SYSTEM BACKUP INCREMENTAL TENANT = inc DESCRIPTION = 'first'");
    await stage.until("CDB_OB_BACKUP_TASKS", (rows) => statusIn(rows, "BACKUP_DATA_MINOR"));
    await stage.run("ALTER SYSTEM BACKUP TENANT = inc DESCRIPTION = 'second'");
    await stage.run(`ALTER SYSTEM SET LOG_ARCHIVE_DEST = 'LOCATION=${stage.destination("x")}' TENANT = inc`);
    await stage.run("ALTER SYSTEM SET LOG_ARCHIVE_DEST = '' TENANT = inc");
    await ended();
    await stage.run("ALTER SYSTEM BACKUP INCREMENTAL TENANT = inc DESCRIPTION = 'it''s second'");
    await backUp(stage, "ALTER SYSTEM BACKUP INCREMENTAL TENANT = inc DESCRIPTION = 'second'");
    await backUp(stage, "ALTER SYSTEM BACKUP TENANT = inc");
    await backUp(stage, "ALTER SYSTEM BACKUP INCREMENTAL TENANT = inc");
  },
};
