import { expect, test } from "vitest";
import type { ChangeEvent } from "../src/api/contract.ts";
import { isTouched } from "./live.ts";

const change = (part: Partial<ChangeEvent>): ChangeEvent => ({
  number: 1,
  at: 0,
  topic: "tenant",
  cluster: "prod",
  tenant: "shop",
  operation: null,
  ...part,
});
const shop = { cluster: "prod", tenant: "shop" };

test("a tenant's change asks again for its own page and not for another tenant's", () => {
  expect(isTouched(["showTenant", shop, null, null], change({}))).toBe(true);
  expect(isTouched(["showTenant", { cluster: "prod", tenant: "crm" }, null, null], change({}))).toBe(false);
  expect(isTouched(["showTenant", { cluster: "lab", tenant: "shop" }, null, null], change({}))).toBe(false);
});

test("a cluster's change reaches every tenant of it and the lists", () => {
  const lost = change({ topic: "cluster", tenant: null });
  expect(isTouched(["showRestorable", shop, null, null], lost)).toBe(true);
  expect(isTouched(["listTenants", null, null, null], lost)).toBe(true);
  expect(isTouched(["listOperations", null, null, null], lost)).toBe(false);
});

test("an operation's change moves the lists of operations, its own page and its tenant's", () => {
  const moved = change({ topic: "operation", operation: "op-0000000001" });
  expect(isTouched(["listOperations", null, null, null], moved)).toBe(true);
  expect(isTouched(["showOperation", { id: "op-0000000001" }, null, null], moved)).toBe(true);
  expect(isTouched(["showOperation", { id: "op-0000000002" }, null, null], moved)).toBe(false);
  expect(isTouched(["listBackupTasks", shop, null, null], moved)).toBe(true);
});
