import { expect, test } from "vitest";
import { commandOfBackup, commandOfRestore } from "./command-lines.ts";

const GiB = 2 ** 30;
const shop = { cluster: "prod", tenant: "shop" };
const target = {
  cluster: "lab",
  tenant: "shop_check",
  zones: [],
  unit: { name: "small" },
  unitCount: 1,
  primaryZone: null,
  concurrency: null,
};
const order = {
  source: shop,
  until: { latest: true as const },
  target,
  activate: false,
  decryptionPasswords: [],
};

test("a backup's command line has every choice of the form, the password as a file that is still to be named", () => {
  const plain = { ...shop, type: "incremental", plusArchivelog: false, encrypted: false } as const;
  expect(commandOfBackup(plain)).toBe("holdfast backup prod/shop --type incremental --wait");
  expect(commandOfBackup({ ...plain, plusArchivelog: true, encrypted: true })).toBe(
    "holdfast backup prod/shop --type incremental --plus-archivelog --encryption-password-file FILE --wait",
  );
});

test("a restore's command line names the instant that was planned, and no more than differs from the defaults", () => {
  expect(commandOfRestore(order, 1795250527999999000n)).toBe(
    "holdfast restore prod/shop --to lab/shop_check --scn 1795250527999999000 --unit small --wait",
  );
});

test("a restore's command line leaves out nothing that was chosen, and never writes a password", () => {
  const chosen = {
    ...target,
    tenant: "shop's",
    zones: ["z1", "z2"],
    unit: { cpu: 2, memoryBytes: 4 * GiB, logDiskBytes: 12 * GiB + 1024 },
    unitCount: 2,
    primaryZone: "z1;z2",
    concurrency: 8,
  };
  const line = commandOfRestore(
    { ...order, target: chosen, activate: true, decryptionPasswords: ["a", "b"] },
    7n,
  );
  expect(line).toBe(
    "holdfast restore prod/shop --to 'lab/shop'\\''s' --scn 7 --cpu 2 --memory 4G --log-disk 12582913K " +
      "--zones z1,z2 --unit-count 2 --primary-zone 'z1;z2' --concurrency 8 --activate " +
      "--decryption-password-file FILE --decryption-password-file FILE --wait",
  );
});
