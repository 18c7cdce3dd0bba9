import { expect, test } from "vitest";
import { targetFaults } from "./target-faults.ts";

const faultsOf = (tenant: string) =>
  targetFaults({
    proposal: { cluster: "prod", tenant, zones: ["zone1"], unit: { name: "u" } },
    resources: null,
    takenNames: ["shop"],
  }).map(({ says }) => says);

test("each reason why a name cannot be a tenant's is told by itself", () => {
  const names = ["", " ok_name ", "帐", "1shop", "a".repeat(64), "SYS", "SHOP", "shop_1"];
  expect(names.map(faultsOf)).toEqual([
    ["wizard.name.empty"],
    ["wizard.name.blank"],
    ["wizard.name.characters"],
    ["wizard.name.digit"],
    ["wizard.name.long"],
    ["wizard.name.reserved"],
    ["wizard.name.taken"],
    [],
  ]);
});

test("a name in use is told as the cluster writes it", () => {
  const [fault] = targetFaults({
    proposal: { cluster: "prod", tenant: "SHOP", zones: [], unit: { name: "u" } },
    resources: null,
    takenNames: ["shop"],
  });
  expect(fault?.values).toEqual({ cluster: "prod", tenant: "shop" });
});
