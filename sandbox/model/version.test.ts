import { expect, test } from "vitest";
import { obVersion, versionComment, versionNumber } from "./version.ts";

test("a full version of the three lines is taken, anything else is refused in words", () => {
  expect(["4.2.1.9", "4.2.5.1", "4.3.5.0"].map((text) => obVersion(text).line)).toEqual([
    "4.2.1",
    "4.2.5",
    "4.3.5",
  ]);
  for (const text of ["4.2.5", "4.2.2.0", "4.2.10.1", "5.0.0.0", "4.2.5.1.2", "x"]) {
    expect(() => obVersion(text)).toThrow(/is none of them/);
  }
});

test("BACKUP_CLUSTER_VERSION counts as the kernel does", () => {
  expect(versionNumber("4.0.0.0")).toBe(17179869184n);
  expect(versionNumber("4.2.1.9")).toBe(17180000521n);
});

test("version_comment says that it is a sandbox", () => {
  expect(versionComment(obVersion("4.2.5.1"))).toMatch(
    /^OceanBase_CE 4\.2\.5\.1 \(r.+\) \(Built .+\) sandbox: a stand-in, not OceanBase$/,
  );
});
