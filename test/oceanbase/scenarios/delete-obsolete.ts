import type { Scenario } from "../stage.ts";
import { archive, createTenant } from "../steps.ts";

export const deleteObsolete: Scenario = {
  name: "delete-obsolete",
  stem: "del",
  title: "a policy of deletion is added and dropped; what this version refuses to delete",
  async act(stage) {
    await createTenant(stage);
    await archive(stage);
    const policy = (words: string, as?: string) =>
      stage.run(`ALTER SYSTEM ADD DELETE BACKUP POLICY ${words}`, as);
    await policy("= 'mine' RECOVERY_WINDOW = '7d' TENANT = del");
    await policy("= 'default' RECOVERY_WINDOW = '7d'");
    await policy("= 'default' RECOVERY_WINDOW = '7d' TENANT = del, sys");
    await policy("= 'default' RECOVERY_WINDOW = 'week' TENANT = del");
    await policy("= 'default' RECOVERY_WINDOW = '7d' REDUNDANCY = 2 TENANT = del");
    await policy("= 'default' TENANT = del");
    await policy("= 'default' RECOVERY_WINDOW = '7d' TENANT = del");
    await policy("= 'default' RECOVERY_WINDOW = '14d' TENANT = del");
    await policy("= 'default' RECOVERY_WINDOW = '14d' TENANT = del", "root@del");
    await stage.run("ALTER SYSTEM DELETE OBSOLETE BACKUP TENANT = del");
    await stage.run("ALTER SYSTEM DELETE OBSOLETE BACKUP");
    await stage.run("ALTER SYSTEM DELETE OBSOLETE BACKUP", "root@del");
    await stage.run("ALTER SYSTEM DELETE BACKUPSET 1 TENANT = del");
    await stage.run("ALTER SYSTEM DELETE BACKUPSET 1", "root@del");
    await stage.run("ALTER SYSTEM DELETE BACKUPPIECE 1 TENANT = del");
    await stage.run("ALTER SYSTEM CANCEL DELETE BACKUP TENANT = del");
    await stage.run("ALTER SYSTEM CANCEL DELETE BACKUP", "root@del");
    await stage.run("ALTER SYSTEM DROP DELETE BACKUP POLICY = 'default' TENANT = del");
    await stage.run("ALTER SYSTEM DROP DELETE BACKUP POLICY = 'default' TENANT = del");
    await policy("= 'default' RECOVERY_WINDOW = '1d' REDUNDANCY = 1", "root@del");
    await stage.pass(5);
  },
};
