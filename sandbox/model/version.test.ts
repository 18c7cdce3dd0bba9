import { expect, test } from "vitest";
import { isSince, obVersion, taskPhases, versionComment, versionNumber } from "./version.ts";

const KNOWN = ["4.0.0.0", "4.1.0.2", "4.2.1.9", "4.2.5.1", "4.3.3.1", "4.3.5.0"];

test("a full version of the six lines is taken, anything else is refused in words", () => {
  const versions = KNOWN.map(obVersion);
  expect(versions.map(({ line }) => line)).toEqual(["4.0.0", "4.1.0", "4.2.1", "4.2.5", "4.3.3", "4.3.5"]);
  expect(versions.map(({ backupCompatible }) => backupCompatible)).toEqual([1, 2, 3, 3, 4, 4]);
  for (const text of ["4.2.5", "4.2.2.0", "4.2.10.1", "5.0.0.0", "4.2.5.1.2", "4.1.1.0", "4.2.1.9999", "x"]) {
    expect(() => obVersion(text)).toThrow(
      "the sandbox knows OceanBase 4.0.0.x, 4.1.0.x, 4.2.1.x, 4.2.5.x, 4.3.3.x and 4.3.5.x; " +
        `"${text}" is none of them`,
    );
  }
});

test("versions are compared by number, not as text, and missing parts count as 0", () => {
  expect(isSince(obVersion("4.2.1.10"), "4.2.1.9")).toBe(true);
  expect(isSince(obVersion("4.2.1.9"), "4.2.1.10")).toBe(false);
  expect(isSince(obVersion("4.2.5.0"), "4.2.5")).toBe(true);
  expect(isSince(obVersion("4.1.0.2"), "4.2")).toBe(false);
});

/** The phases between those that every version has, and what a build that lacks one goes through instead. */
const BETWEEN: Readonly<Record<string, string>> = {
  "4.0.0.0": "BACKUP_DATA_SYS BACKUP_DATA_MINOR BACKUP_DATA_MAJOR",
  "4.1.0.2": "BACKUP_DATA_SYS BACKUP_DATA_MINOR BACKUP_DATA_MAJOR",
  "4.2.1.2": "BACKUP_DATA_MINOR BACKUP_DATA_MAJOR",
  "4.2.1.3": "BACKUP_META_FINISH BACKUP_DATA_MINOR BACKUP_DATA_MAJOR",
  "4.2.5.1": "BACKUP_META_FINISH BACKUP_DATA_MINOR BACKUP_DATA_MAJOR",
  "4.3.3.1": "BACKUP_META_FINISH BACKUP_USER_DATA BACKUP_FUSE_TABLET_META BEFORE_BACKUP_LOG",
  "4.3.5.0": "BACKUP_META_FINISH BACKUP_USER_DATA BACKUP_FUSE_TABLET_META BEFORE_BACKUP_LOG",
};

test("a backup task passes through the phases of its build", () => {
  for (const [build, between] of Object.entries(BETWEEN)) {
    const whole = `INIT BACKUP_SYS_META BACKUP_USER_META ${between} BACKUP_LOG`;
    expect([build, ...taskPhases(obVersion(build))]).toEqual([build, ...whole.split(" ")]);
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
