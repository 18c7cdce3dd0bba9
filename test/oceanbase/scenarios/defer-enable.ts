import type { Scenario } from "../stage.ts";
import { archive, createTenant, roundIs } from "../steps.ts";

export const deferEnable: Scenario = {
  name: "defer-enable",
  stem: "paused",
  title: "a destination is deferred and enabled again",
  async act(stage) {
    await createTenant(stage);
    await archive(stage);
    await stage.run("ALTER SYSTEM SET LOG_ARCHIVE_DEST_STATE = 'DEFER' TENANT = paused");
    await roundIs(stage, "SUSPEND");
    await stage.run("ALTER SYSTEM BACKUP TENANT = paused");
    await stage.pass(10);
    await stage.run("ALTER SYSTEM SET LOG_ARCHIVE_DEST_STATE = 'ENABLE' TENANT = paused");
    await roundIs(stage, "DOING");
    await stage.run("ALTER SYSTEM SET LOG_ARCHIVE_DEST_STATE = 'SLEEP' TENANT = paused");
    await stage.run("ALTER SYSTEM SET LOG_ARCHIVE_DEST_STATE = 'DEFER' TENANT = paused");
    await roundIs(stage, "SUSPEND");
    await stage.run("ALTER SYSTEM NOARCHIVELOG TENANT = paused");
    await roundIs(stage, "STOP");
  },
};
