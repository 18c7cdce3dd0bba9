import { expect, test } from "vitest";
import type { RestoreRequest } from "./operation.ts";
import { scn } from "./scn.ts";
import { type Asked, askedBy, isSameWish } from "./wish.ts";

const restore = {
  kind: "restore",
  source: { cluster: "prod", tenant: "shop" },
  until: scn(100),
  target: {
    cluster: "prod",
    tenant: "shop_check",
    zones: [],
    unit: { name: "small" },
    unitCount: 1,
    primaryZone: null,
    concurrency: null,
  },
  activate: false,
} as const satisfies Omit<RestoreRequest, "actions">;

const planned = (request: Omit<RestoreRequest, "actions">, pool: string) =>
  askedBy({ ...request, actions: { pool } as unknown as RestoreRequest["actions"] });

test("a restore is the same wish whatever was planned for it, another one when anything that was asked differs", () => {
  const first = planned(restore, "a_pool");
  expect(isSameWish(first, planned(restore, "another_pool"))).toBe(true);
  const others: Partial<RestoreRequest>[] = [
    { until: scn(101) },
    { latest: true },
    { activate: true },
    { passwordsGiven: 1 },
    { source: { cluster: "prod", tenant: "crm" } },
    { target: { ...restore.target, unit: { name: "large" } } },
  ];
  for (const other of others)
    expect(isSameWish(first, planned({ ...restore, ...other }, "a_pool"))).toBe(false);
});

test("the newest instant is the same wish although it is a later one by now", () => {
  const [then, now] = [scn(100), scn(200)].map((until) => planned({ ...restore, until, latest: true }, "p"));
  expect(then && now && isSameWish(then, now)).toBe(true);
});

test("an encrypted back-up is another wish than a plain one; one that says nothing of it is plain", () => {
  const plain: Asked = { kind: "back-up", type: "full", plusArchivelog: false };
  expect(isSameWish(plain, { plusArchivelog: false, type: "full", kind: "back-up", encrypted: false })).toBe(
    true,
  );
  expect(isSameWish(plain, { ...plain, encrypted: true })).toBe(false);
  expect(isSameWish(plain, { ...plain, type: "incremental" })).toBe(false);
});

test("a clean-up is the same wish whatever is left by now", () => {
  const left = { kind: "clean-up", of: "op-0123456789", tenantId: 1004, pool: "p", unit: null } as const;
  expect(isSameWish(askedBy(left), askedBy({ ...left, tenantId: null, pool: null }))).toBe(true);
  expect(isSameWish(askedBy(left), askedBy({ ...left, of: "op-9876543210" }))).toBe(false);
});
