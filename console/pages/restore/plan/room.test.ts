import { expect, test } from "vitest";
import { roomVerdict } from "./room.ts";

const plenty = { need: 1, free: 10 };
const zone = { zone: "z1", cpu: plenty, memoryBytes: plenty, logDiskBytes: plenty, dataDiskBytes: plenty };

test("a zone with room in everything is enough", () => {
  expect(roomVerdict(zone)).toEqual({ kind: "enough" });
});

test("the scarcest resource is named with what is left of it", () => {
  const tight = { ...zone, memoryBytes: { need: 8, free: 10 }, dataDiskBytes: { need: 1.21, free: 1.39 } };
  expect(roomVerdict(tight)).toEqual({ kind: "tight", what: "dataDisk", percentLeft: 12 });
});

test("exactly what is free still fits, one more does not", () => {
  expect(roomVerdict({ ...zone, cpu: { need: 10, free: 10 } })).toEqual({
    kind: "tight",
    what: "cpu",
    percentLeft: 0,
  });
  expect(roomVerdict({ ...zone, cpu: { need: 11, free: 10 } }).kind).toBe("short");
});

test("nothing needed of what there is none of is no shortage", () => {
  expect(roomVerdict({ ...zone, dataDiskBytes: { need: 0, free: 0 } }).kind).toBe("enough");
  expect(roomVerdict({ ...zone, dataDiskBytes: { need: 1, free: 0 } }).kind).toBe("short");
});
