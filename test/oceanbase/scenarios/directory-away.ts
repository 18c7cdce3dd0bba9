import type { Scenario } from "../stage.ts";
import { archive } from "../steps.ts";

/** Recorded on the tenant of `encrypted`, whose backup and restore in between are left out. */
export const directoryAway: Scenario = {
  name: "directory-away",
  stem: "worse",
  tenants: ["worse"],
  title: "the archive's directory is renamed under a running round",
  async act(stage) {
    await archive(stage);
    await stage.pass(10);
    stage.disk.rename("worse/log", "worse/away");
    await stage.pass(60);
    await stage.run("SELECT STATUS, COMMENT FROM CDB_OB_ARCHIVELOG");
  },
};
