import { expect, test } from "vitest";
import { notLeftover } from "./clean-up.ts";
import { inventoryOf } from "./inventory.fixture.ts";

const half = inventoryOf({ tenant: { name: "shop_r", isNormal: false, statusWord: "RESTORE" } }).tenant;

test("what a restore left half made may be dropped", () => {
  expect(notLeftover(half, half.id)).toBeNull();
});

test("a tenant in use is no leftover, also where the restore made it", () => {
  expect(notLeftover({ ...half, isNormal: true, statusWord: "NORMAL" }, half.id)?.code).toBe(
    "tenant-not-leftover",
  );
});

test("another tenant that bears the name by now is no leftover", () => {
  expect(notLeftover(half, half.id + 2)?.code).toBe("tenant-not-leftover");
  expect(notLeftover(half, null)?.code).toBe("tenant-not-leftover");
});
