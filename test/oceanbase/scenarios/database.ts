import type { Scenario } from "../stage.ts";
import { jobEnds, setDestinations } from "../steps.ts";

export const database: Scenario = {
  name: "database",
  stem: "db",
  tenants: ["db_1", "db_2"],
  title: "BACKUP DATABASE with two tenants, of which first one and then both archive",
  async act(stage) {
    await stage.run("ALTER SYSTEM BACKUP DATABASE");
    await setDestinations(stage, "db_1");
    await setDestinations(stage, "db_2");
    await stage.run("ALTER SYSTEM ARCHIVELOG TENANT = db_1, db_2");
    await stage.until(
      "CDB_OB_ARCHIVELOG",
      (rows) => rows.filter((row) => row["STATUS"] === "DOING").length === 2,
    );
    const ended = jobEnds(stage, 3);
    await stage.run("ALTER SYSTEM BACKUP DATABASE DESCRIPTION = 'both'");
    await ended();
    await stage.run("ALTER SYSTEM NOARCHIVELOG");
    await stage.pass(5);
  },
};
