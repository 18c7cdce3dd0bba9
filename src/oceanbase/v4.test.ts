import { readFileSync } from "node:fs";
import { assert, boolean, property, string } from "fast-check";
import { expect, test } from "vitest";
import type { StartRestore } from "../domain/restore-plan.ts";
import { scn } from "../domain/scn.ts";
import type { StartBackup } from "./oceanbase.ts";
import { statementTexts } from "./statement-texts.ts";
import { sizeText, v4 } from "./v4.ts";

const BACKUP: StartBackup = {
  tenant: "shop",
  type: "full",
  plusArchivelog: false,
  signature: "op-1",
  encryptionPassword: null,
};

const RESTORE: StartRestore = {
  targetTenant: "shop2",
  dataUri: "file:///backup/data",
  archiveUri: "file:///backup/log",
  until: scn("1795601876210938204"),
  pool: "hf_pool_1",
  locality: "F@z1,F@z2",
  primaryZone: "z1",
  concurrency: 8,
  signature: "op-2",
  decryptionPasswords: [],
};

/** One of every statement that the door can send, with its expected text: a new one must be added here to be checked. */
const GOLDEN: Readonly<Record<string, readonly [actual: readonly string[], expected: readonly string[]]>> = {
  setDestinations: [
    v4.setDestinations({ tenant: "shop", data: "file:///backup/data", archive: "file:///backup/log" }),
    [
      "ALTER SYSTEM SET LOG_ARCHIVE_DEST = 'LOCATION=file:///backup/log BINDING=Optional PIECE_SWITCH_INTERVAL=1d' TENANT = `shop`",
      "ALTER SYSTEM SET DATA_BACKUP_DEST = 'file:///backup/data' TENANT = `shop`",
    ],
  ],
  startArchive: [v4.startArchive("shop"), ["ALTER SYSTEM ARCHIVELOG TENANT = `shop`"]],
  stopArchive: [v4.stopArchive("shop"), ["ALTER SYSTEM NOARCHIVELOG TENANT = `shop`"]],
  "startBackup full": [v4.startBackup(BACKUP), ["ALTER SYSTEM BACKUP TENANT = `shop` DESCRIPTION = 'op-1'"]],
  "startBackup incremental, with its logs, encrypted": [
    v4.startBackup({ ...BACKUP, type: "incremental", plusArchivelog: true, encryptionPassword: "it's" }),
    [
      "SET ENCRYPTION ON IDENTIFIED BY 'it''s' ONLY",
      "ALTER SYSTEM BACKUP INCREMENTAL TENANT = `shop` PLUS ARCHIVELOG DESCRIPTION = 'op-1'",
    ],
  ],
  cancelBackup: [v4.cancelBackup("shop"), ["ALTER SYSTEM CANCEL BACKUP TENANT = `shop`"]],
  createUnit: [
    v4.createUnit({
      name: "hf_unit_1",
      cpu: 2,
      memoryBytes: 2 * 2 ** 30,
      logDiskBytes: 6144 * 2 ** 20 + 1024,
    }),
    [
      "CREATE RESOURCE UNIT IF NOT EXISTS `hf_unit_1` MAX_CPU 2, MIN_CPU 2, MEMORY_SIZE '2G', LOG_DISK_SIZE '6291457K'",
    ],
  ],
  createPool: [
    v4.createPool({ name: "hf_pool_1", unit: "hf_unit_1", unitCount: 1, zones: ["z1", "z2"] }),
    [
      "CREATE RESOURCE POOL IF NOT EXISTS `hf_pool_1` UNIT = 'hf_unit_1', UNIT_NUM = 1, ZONE_LIST = ('z1', 'z2')",
    ],
  ],
  startRestore: [
    v4.startRestore(RESTORE),
    [
      "ALTER SYSTEM RESTORE `shop2` FROM 'file:///backup/data,file:///backup/log' UNTIL SCN = 1795601876210938204 WITH 'pool_list=hf_pool_1&locality=F@z1,F@z2&primary_zone=z1&concurrency=8' DESCRIPTION = 'op-2'",
    ],
  ],
  "startRestore from a set with its own logs, decrypted": [
    v4.startRestore({
      ...RESTORE,
      archiveUri: null,
      locality: null,
      primaryZone: null,
      concurrency: null,
      decryptionPasswords: ["p1", "p2"],
    }),
    [
      "SET DECRYPTION IDENTIFIED BY 'p1', 'p2'",
      "ALTER SYSTEM RESTORE `shop2` FROM 'file:///backup/data' UNTIL SCN = 1795601876210938204 WITH 'pool_list=hf_pool_1' DESCRIPTION = 'op-2'",
    ],
  ],
  cancelRestore: [v4.cancelRestore("shop2"), ["ALTER SYSTEM CANCEL RESTORE `shop2`"]],
  activateStandby: [v4.activateStandby("shop2"), ["ALTER SYSTEM ACTIVATE STANDBY TENANT = `shop2`"]],
  dropTenant: [v4.dropTenant("shop2"), ["DROP TENANT IF EXISTS `shop2` FORCE"]],
  dropPool: [v4.dropPool("hf_pool_1"), ["DROP RESOURCE POOL IF EXISTS `hf_pool_1`"]],
  dropUnit: [v4.dropUnit("hf_unit_1"), ["DROP RESOURCE UNIT IF EXISTS `hf_unit_1`"]],
};

test.each(Object.entries(GOLDEN))("%s is written word for word", (_, [actual, expected]) => {
  expect(actual).toEqual(expected);
});

test("every request that the door knows is among the golden statements", () => {
  const names = new Set(Object.keys(GOLDEN).map((name) => name.split(" ")[0]));
  expect(names).toEqual(new Set(Object.keys(v4)));
});

/** A statement with its names, texts and numbers taken out: what the parser's rule for it looks like. */
function shape(statement: string): string {
  return statement
    .replaceAll(/'(?:[^']|'')*'/g, "§")
    .replaceAll(/§(?:, ?§)+/g, "§")
    .replaceAll(/`[^`]+`|\b[a-z]\w*\b/g, "name")
    .replaceAll(/\b\d+\b/g, "n");
}

test("every statement has a form that the parsers of 4.2.1, 4.2.5 and 4.3.5 accept", () => {
  const [header = "", ...lines] = readFileSync(new URL("grammar.tsv", import.meta.url), "utf8")
    .trim()
    .split("\n");
  const columns = header.split("\t");
  const wanted = ["4.2.1", "4.2.5", "4.3.5"].map((version) => columns.indexOf(version));
  const accepted = lines
    .map((line) => line.split("\t"))
    .filter((cells) => wanted.every((i) => cells[i] === "y"));
  const shapes = new Set(accepted.map((cells) => shape(cells.at(-1) ?? "")));
  expect(shapes.size).toBeGreaterThan(30);
  for (const [, expected] of Object.values(GOLDEN)) {
    for (const statement of expected) expect(shapes).toContain(shape(statement));
  }
});

test("no statement leaves without the tenant's name, whatever the name is", () => {
  const name = string({ minLength: 1 }).filter((text) => !text.includes("\0"));
  assert(
    property(name, boolean(), (tenant, plusArchivelog) => {
      const quoted = `\`${tenant.toWellFormed().replaceAll("`", "``")}\``;
      const ofTenant = [
        ...v4.setDestinations({ tenant, data: "file:///d", archive: "file:///l" }),
        ...v4.startArchive(tenant),
        ...v4.stopArchive(tenant),
        ...v4.startBackup({ ...BACKUP, tenant, plusArchivelog }),
        ...v4.startBackup({ ...BACKUP, tenant, type: "incremental", plusArchivelog }),
        ...v4.cancelBackup(tenant),
        ...v4.activateStandby(tenant),
      ];
      for (const statement of ofTenant) expect(statement).toContain(`TENANT = ${quoted}`);
      for (const statement of [
        ...v4.startRestore({ ...RESTORE, targetTenant: tenant }),
        ...v4.cancelRestore(tenant),
      ]) {
        expect(statement).toContain(`RESTORE ${quoted}`);
      }
    }),
  );
});

test("the texts shown to people hold no password and no key, and are otherwise what is sent", () => {
  const oss = "oss://b/d?host=h&access_id=SECRETID&access_key=SECRETKEY";
  const shown = [
    ...statementTexts.setDestinations({ tenant: "shop", data: oss, archive: oss }),
    ...statementTexts.startBackup({ ...BACKUP, encryptionPassword: "SECRETPASSWORD" }),
    ...statementTexts.startRestore({ ...RESTORE, dataUri: oss, decryptionPasswords: ["SECRETPASSWORD"] }),
  ];
  expect(shown.join("\n")).not.toContain("SECRET");
  expect(statementTexts.startBackup(BACKUP)).toEqual(v4.startBackup(BACKUP));
  expect(statementTexts.startRestore(RESTORE)).toEqual(v4.startRestore(RESTORE));
});

test("a size is written exactly, with the letter that the parser asks for", () => {
  expect([2 ** 30, 1536 * 2 ** 20, 3 * 2 ** 10, 1073741825].map(sizeText)).toEqual([
    "1G",
    "1536M",
    "3K",
    "1073741825B",
  ]);
  expect(() => sizeText(0)).toThrow(RangeError);
  expect(() => sizeText(1.5)).toThrow(RangeError);
});

test("an option of a restore cannot bring another with it", () => {
  expect(() => v4.startRestore({ ...RESTORE, pool: "p&kms_encrypt=true" })).toThrow(RangeError);
});
