import type { NewPool, NewUnit, StartRestore } from "../domain/restore-plan.ts";
import { archiveDestinationValue, destinationUri, parseDestination } from "./destination.ts";
import type { SetDestinations, StartBackup, StatementTexts } from "./oceanbase.ts";
import { quoteName, quoteSignature, quoteText } from "./quote.ts";

/**
 * What Holdfast asks of OceanBase 4.x, word for word. Pure: a request in, the statements out, in the order in which one
 * connection has to send them. A tenant is always named: from sys, BACKUP and CANCEL BACKUP without a name act on every
 * tenant. Grammar: sql_parser_mysql_mode.y of 4.0 to 4.3.5; each form was parsed by 4.2.1.9.
 */
export const v4: StatementTexts = {
  /** The archive first: it is refused while a round runs (1235), and then nothing has changed yet. */
  setDestinations({ tenant, data, archive }: SetDestinations): readonly string[] {
    const set = (name: string, value: string) =>
      `ALTER SYSTEM SET ${name} = ${quoteText(value)} TENANT = ${quoteName(tenant)}`;
    return [
      ...(archive === null ? [] : [set("LOG_ARCHIVE_DEST", archiveDestinationValue(archive))]),
      ...(data === null ? [] : [set("DATA_BACKUP_DEST", destinationUri(parseDestination(data)))]),
    ];
  },

  startArchive: (tenant) => [`ALTER SYSTEM ARCHIVELOG TENANT = ${quoteName(tenant)}`],

  stopArchive: (tenant) => [`ALTER SYSTEM NOARCHIVELOG TENANT = ${quoteName(tenant)}`],

  startBackup(request: StartBackup): readonly string[] {
    const { tenant, type, plusArchivelog, signature, encryptionPassword } = request;
    const backup = [
      "ALTER SYSTEM BACKUP",
      ...(type === "incremental" ? ["INCREMENTAL"] : []),
      `TENANT = ${quoteName(tenant)}`,
      ...(plusArchivelog ? ["PLUS ARCHIVELOG"] : []),
      `DESCRIPTION = ${quoteSignature(signature)}`,
    ].join(" ");
    if (encryptionPassword === null) return [backup];
    return [`SET ENCRYPTION ON IDENTIFIED BY ${quoteText(encryptionPassword)} ONLY`, backup];
  },

  cancelBackup: (tenant) => [`ALTER SYSTEM CANCEL BACKUP TENANT = ${quoteName(tenant)}`],

  /** IF NOT EXISTS: units and pools carry names made for one operation, so one that is there is that operation's own. */
  createUnit({ name, cpu, memoryBytes, logDiskBytes }: NewUnit): readonly string[] {
    const sizes = `MEMORY_SIZE '${sizeText(memoryBytes)}', LOG_DISK_SIZE '${sizeText(logDiskBytes)}'`;
    return [`CREATE RESOURCE UNIT IF NOT EXISTS ${quoteName(name)} MAX_CPU ${cpu}, MIN_CPU ${cpu}, ${sizes}`];
  },

  createPool({ name, unit, unitCount, zones }: NewPool): readonly string[] {
    const list = zones.map(quoteText).join(", ");
    return [
      `CREATE RESOURCE POOL IF NOT EXISTS ${quoteName(name)} UNIT = ${quoteText(unit)}, UNIT_NUM = ${unitCount}, ZONE_LIST = (${list})`,
    ];
  },

  startRestore(request: StartRestore): readonly string[] {
    const { targetTenant, until, signature, decryptionPasswords } = request;
    const restore = [
      `ALTER SYSTEM RESTORE ${quoteName(targetTenant)}`,
      `FROM ${quoteText(sourceUris(request))}`,
      // Not UNTIL TIME: that is read in the time zone of the source tenant, and cut to microseconds.
      `UNTIL SCN = ${until}`,
      `WITH ${quoteText(restoreOptions(request))}`,
      `DESCRIPTION = ${quoteSignature(signature)}`,
    ].join(" ");
    if (decryptionPasswords.length === 0) return [restore];
    return [`SET DECRYPTION IDENTIFIED BY ${decryptionPasswords.map(quoteText).join(", ")}`, restore];
  },

  cancelRestore: (targetTenant) => [`ALTER SYSTEM CANCEL RESTORE ${quoteName(targetTenant)}`],

  activateStandby: (tenant) => [`ALTER SYSTEM ACTIVATE STANDBY TENANT = ${quoteName(tenant)}`],

  /** FORCE: a tenant in RESTORE cannot go through the recycle bin, and its pool is wanted back now. */
  dropTenant: (tenant) => [`DROP TENANT IF EXISTS ${quoteName(tenant)} FORCE`],

  dropPool: (pool) => [`DROP RESOURCE POOL IF EXISTS ${quoteName(pool)}`],

  dropUnit: (unit) => [`DROP RESOURCE UNIT IF EXISTS ${quoteName(unit)}`],
};

/** From sys into a tenant, with sys's own rights there; only ever on a connection that is closed afterwards. */
export function changeTenant(tenant: string): string {
  return `ALTER SYSTEM CHANGE TENANT ${quoteName(tenant)}`;
}

/** The tenant's own answer, from its own dictionary: one row, its name and NORMAL. */
export const ASK_TENANT = "SELECT TENANT_NAME, STATUS FROM oceanbase.DBA_OB_TENANTS";

/** A size without its letter is a parse error (1064, seen on 4.2.1.9). */
export function sizeText(bytes: number): string {
  if (!Number.isSafeInteger(bytes) || bytes <= 0) throw new RangeError(`not a size in bytes: ${bytes}`);
  const [factor, letter] = SIZES.find(([size]) => bytes % size === 0) ?? [1, "B"];
  return `${bytes / factor}${letter}`;
}

const SIZES: readonly (readonly [number, string])[] = [
  [2 ** 30, "G"],
  [2 ** 20, "M"],
  [2 ** 10, "K"],
];

function sourceUris({ dataUri, archiveUri }: StartRestore): string {
  const uris = archiveUri === null ? [dataUri] : [dataUri, archiveUri];
  return uris.map((uri) => destinationUri(parseDestination(uri))).join(",");
}

/** One string of items joined by &. OceanBase ignores an option that it does not know (seen on 4.2.1.9). */
function restoreOptions({ pool, locality, primaryZone, concurrency }: StartRestore): string {
  const options: readonly (readonly [string, string | number | null])[] = [
    ["pool_list", pool],
    ["locality", locality],
    ["primary_zone", primaryZone],
    ["concurrency", concurrency],
  ];
  return options
    .filter(([, value]) => value !== null)
    .map(([key, value]) => `${key}=${plainOption(String(value))}`)
    .join("&");
}

function plainOption(value: string): string {
  if (/[&='"\\]/.test(value)) throw new RangeError(`not a restore option: ${JSON.stringify(value)}`);
  return value;
}
