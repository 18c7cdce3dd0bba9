/** The lines whose views and words the sandbox knows; a build such as 4.2.5.1 belongs to one of them. */
export type VersionLine = "4.0.0" | "4.1.0" | "4.2.1" | "4.2.5" | "4.3.3" | "4.3.5";

export interface ObVersion {
  /** All four parts: `4.2.5.1`. */
  readonly text: string;
  readonly line: VersionLine;
  /** BACKUP_CLUSTER_VERSION: major<<32 | minor<<16 | patch<<8 | build. */
  readonly number: bigint;
  /** BACKUP_COMPATIBLE of a set: 1 = 4.0, 2 = 4.1, 3 = 4.2, 4 = 4.3. */
  readonly backupCompatible: number;
}

const META = ["INIT", "BACKUP_SYS_META", "BACKUP_USER_META"];
const MINOR_AND_MAJOR = ["BACKUP_DATA_MINOR", "BACKUP_DATA_MAJOR", "BACKUP_LOG"];

/** STATUS of a backup task in the order in which each build walks through it (get_next_status_ of each kernel). */
const TASK_PHASES: readonly { readonly since: string; readonly phases: readonly string[] }[] = [
  {
    since: "4.3.3",
    phases: [
      ...META,
      "BACKUP_META_FINISH",
      "BACKUP_USER_DATA",
      "BACKUP_FUSE_TABLET_META",
      "BEFORE_BACKUP_LOG",
      "BACKUP_LOG",
    ],
  },
  { since: "4.2.1.3", phases: [...META, "BACKUP_META_FINISH", ...MINOR_AND_MAJOR] },
  { since: "4.2", phases: [...META, ...MINOR_AND_MAJOR] },
  { since: "4.0", phases: [...META, "BACKUP_DATA_SYS", ...MINOR_AND_MAJOR] },
];

export function taskPhases(version: ObVersion): readonly string[] {
  return TASK_PHASES.find(({ since }) => isSince(version, since))?.phases ?? [];
}

/** Whether a version is this one or a later one; parts that `since` leaves out count as 0. */
export function isSince(version: ObVersion, since: string): boolean {
  return version.number >= versionNumber(since);
}

const LINES: readonly VersionLine[] = ["4.0.0", "4.1.0", "4.2.1", "4.2.5", "4.3.3", "4.3.5"];

/** Throws an Error in words for the person who started the sandbox. */
export function obVersion(text: string): ObVersion {
  const found = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  const line = LINES.find((known) => text.startsWith(`${known}.`));
  if (found === null || line === undefined) {
    const known = `${LINES.slice(0, -1).join(".x, ")}.x and ${LINES.at(-1)}.x`;
    throw new Error(`the sandbox knows OceanBase ${known}; "${text}" is none of them`);
  }
  return { text, line, number: versionNumber(text), backupCompatible: backupCompatibleOf(line) };
}

function backupCompatibleOf(line: VersionLine): number {
  return Number(line.charAt(2)) + 1;
}

export function versionNumber(text: string): bigint {
  const [major = 0, minor = 0, patch = 0, build = 0] = text.split(".").map(Number);
  return (BigInt(major) << 32n) | (BigInt(minor) << 16n) | (BigInt(patch) << 8n) | BigInt(build);
}

/** Made up, as every build id here: the sandbox was not built from any of these sources. */
const BUILT = "Jan  1 2026 00:00:00";

export function versionComment(version: ObVersion): string {
  return `OceanBase_CE ${version.text} (r1-sandbox) (Built ${BUILT}) sandbox: a stand-in, not OceanBase`;
}

export function buildVersion(version: ObVersion): string {
  return `${version.text}_1-sandbox(${BUILT})`;
}
