import type { Scenario } from "../stage.ts";
import { archive, createTenant, roundIs } from "../steps.ts";

export const destinationGone: Scenario = {
  name: "destination-gone",
  stem: "gone",
  title: "the archive's directory is away for a while and comes back; a new round follows",
  async act(stage) {
    await createTenant(stage);
    await archive(stage);
    await stage.pass(20);
    stage.disk.rename("gone/log", "gone/away");
    await stage.pass(60);
    await stage.run("SELECT 1");
    stage.disk.rename("gone/log", "gone/log-made-meanwhile");
    stage.disk.rename("gone/away", "gone/log");
    await stage.pass(90);
    await stage.run("ALTER SYSTEM BACKUP TENANT = gone");
    await stage.run("ALTER SYSTEM NOARCHIVELOG TENANT = gone");
    await roundIs(stage, "STOP");
    await stage.run("ALTER SYSTEM ARCHIVELOG TENANT = gone");
    await roundIs(stage, "DOING");
  },
};
