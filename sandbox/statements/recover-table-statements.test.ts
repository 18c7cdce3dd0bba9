import { afterAll, beforeAll, expect, test } from "vitest";
import { addTenant, type TestCluster, testCluster } from "../cluster/cluster-in-test.ts";

let cluster: TestCluster;

beforeAll(() => {
  cluster = testCluster({ version: "4.2.1.9" });
  addTenant(cluster, "shop");
  addTenant(cluster, "old");
  const tenant = cluster.model.state.tenants.find(({ name }) => name === "old");
  if (tenant) cluster.model.state.tenants.put({ ...tenant, compatible: "4.2.0.0" });
});
afterAll(() => cluster.close());

const recover = (items: string, target = "TO TENANT = shop", more = "") =>
  `ALTER SYSTEM RECOVER TABLE ${items} ${target} FROM 'file:///a,file:///b' WITH 'pool_list=p' ${more}`;

type Asked = readonly [sql: string, answer: string, tenant?: string];

const ASKED: readonly Asked[] = [
  [recover("a.b"), "4179 user tenant initiate recover table is not allowed", "shop"],
  [recover("a.b", "TO sys"), "1210 Invalid argument"],
  [recover("a.b", "TO TENANT nope"), "5160 invalid tenant name specified in connection string"],
  [recover("a.b", "TO old"), "1235 Tenant COMPATIBLE is below 4.2.1.0, recover table is not supported"],
  [recover("a.b:p0"), "1235 recover partition not supported"],
  [recover("a.b, A.B"), "9066 `A`.`B` is conflict with `a`.`b`"],
  [recover("a.*, a.b"), "9066 `a`.`b` is conflict with `a`"],
  [recover("a.b, *.*"), "9011 cannot find backup file"],
  [
    recover("a.b", "TO shop", "REMAP TABLE a.b:c REMAP TABLE a.b:d"),
    "4179 duplicate REMAP TABLE is not allowed",
  ],
  [recover("a.b", "TO shop", "REMAP TABLE a.x:c REMAP TABLEGROUP g:h"), "9011 cannot find backup file"],
  [
    "ALTER SYSTEM RECOVER TABLE a.b TO shop FROM 'file:///backup/shop/data,file:///backup/shop/clog' WITH 'pool_list=p'",
    "1235 recover table in this sandbox is not supported",
  ],
  ["ALTER SYSTEM CANCEL RECOVER TABLE shop", "ok"],
  ["ALTER SYSTEM CANCEL RECOVER TABLE nope", "5160 invalid tenant name specified in connection string"],
  ["ALTER SYSTEM CANCEL RECOVER TABLE shop", "1227 Access denied", "shop"],
];

test.for(ASKED)("to recover tables: %s → %s", ([sql, answer, tenant]) => {
  expect(cluster.answer(sql, tenant)).toBe(answer);
});

test("without a tenant to recover into the parser stops", () => {
  expect(cluster.answer(recover("a.b", ""))).toMatch(/^1064 .* near 'FROM /);
});

test("before 4.2.1 no table can be recovered at all", () => {
  const older = testCluster({ version: "4.1.0.2" });
  expect(older.answer(recover("a.b"))).toMatch(/^1064 /);
  older.close();
});
