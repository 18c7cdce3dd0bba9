import type { Scenario } from "../stage.ts";
import { archive, roundIs } from "../steps.ts";

export const deferEnable: Scenario = {
  name: "defer-enable",
  stem: "bad",
  tenants: ["bad"],
  title: "a destination is deferred and enabled again",
  async act(stage) {
    await archive(stage);
    await stage.run("ALTER SYSTEM SET LOG_ARCHIVE_DEST_STATE = 'DEFER' TENANT = bad");
    await roundIs(stage, "SUSPEND");
    await stage.run("ALTER SYSTEM BACKUP TENANT = bad");
    await stage.run("ALTER SYSTEM SET LOG_ARCHIVE_DEST_STATE = 'SLEEP' TENANT = bad");
    await stage.run("ALTER SYSTEM SET LOG_ARCHIVE_DEST_STATE = 'ENABLE' TENANT = bad");
    await roundIs(stage, "DOING");
  },
};
