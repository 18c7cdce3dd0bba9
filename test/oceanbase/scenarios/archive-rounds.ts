import type { Scenario } from "../stage.ts";
import { archive, roundIs } from "../steps.ts";

export const archiveRounds: Scenario = {
  name: "archive-rounds",
  stem: "rounds",
  tenants: ["rounds"],
  title: "the archive is turned on, off and on again",
  async act(stage) {
    await stage.run("ALTER SYSTEM NOARCHIVELOG TENANT = rounds");
    await archive(stage);
    await stage.run("ALTER SYSTEM ARCHIVELOG TENANT = rounds");
    await stage.pass(15);
    await stage.run("ALTER SYSTEM NOARCHIVELOG TENANT = rounds");
    await stage.run("ALTER SYSTEM NOARCHIVELOG TENANT = rounds");
    await roundIs(stage, "STOP");
    await stage.run("ALTER SYSTEM ARCHIVELOG TENANT = rounds");
    await roundIs(stage, "PREPARE");
  },
};
