import type { Scenario } from "../stage.ts";
import { roundIs } from "../steps.ts";

/** Written down by hand as a-day was: one view, looked at by question. */
export const interrupted: Scenario = {
  name: "interrupted",
  stem: "lost",
  tenants: ["lost"],
  title: "the archive loses its directory, and is stopped",
  async act(stage) {
    const [data, log] = [stage.destination("storage/data"), stage.destination("storage/log")];
    await stage.run(`ALTER SYSTEM SET DATA_BACKUP_DEST = '${data}' TENANT = lost`);
    await stage.run(`ALTER SYSTEM SET LOG_ARCHIVE_DEST = 'LOCATION=${log}' TENANT = lost`);
    await stage.run("ALTER SYSTEM ARCHIVELOG TENANT = lost");
    await roundIs(stage, "DOING");
    await stage.pass(60);
    stage.disk.rename("storage", "gone");
    await roundIs(stage, "INTERRUPTED");
    await stage.run("SELECT ROUND_ID, PIECE_ID, STATUS, FILE_STATUS FROM CDB_OB_ARCHIVELOG_PIECE_FILES");
    await stage.run("ALTER SYSTEM NOARCHIVELOG TENANT = lost");
    await roundIs(stage, "STOP");
    await stage.run("SELECT ROUND_ID, STATUS, COMMENT FROM CDB_OB_ARCHIVELOG");
    await stage.run("ALTER SYSTEM BACKUP TENANT = lost");
  },
};
