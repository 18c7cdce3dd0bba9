import type { Chance } from "./chance.ts";
import type { TenantName } from "./world.ts";

/** What people do who know nothing of Holdfast: statements of their own, as root of sys. */
const STATEMENTS: readonly [string, ...string[]] = [
  "ALTER SYSTEM BACKUP TENANT = $T DESCRIPTION = 'theirs'",
  "ALTER SYSTEM BACKUP TENANT = $T",
  "ALTER SYSTEM BACKUP INCREMENTAL TENANT = $T",
  "ALTER SYSTEM BACKUP DATABASE DESCRIPTION = 'nightly'",
  "ALTER SYSTEM CANCEL BACKUP TENANT = $T",
  "ALTER SYSTEM NOARCHIVELOG TENANT = $T",
  "ALTER SYSTEM ARCHIVELOG TENANT = $T",
  "ALTER SYSTEM ARCHIVELOG TENANT = $T",
  "ALTER SYSTEM SET LOG_ARCHIVE_DEST_STATE = 'DEFER' TENANT = $T",
  "ALTER SYSTEM SET LOG_ARCHIVE_DEST_STATE = 'ENABLE' TENANT = $T",
  "ALTER SYSTEM ADD DELETE BACKUP POLICY = 'default' RECOVERY_WINDOW = '1m' TENANT = $T",
  "ALTER SYSTEM DELETE OBSOLETE BACKUP TENANT = $T",
  "DROP TENANT copy1 FORCE",
];

export function drawStatement(chance: Chance, tenant: TenantName): string {
  return chance.pick(STATEMENTS).replace("$T", tenant);
}
