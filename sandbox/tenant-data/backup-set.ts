import fs from "node:fs";
import path from "node:path";
import { timeTag } from "../model/time.ts";
import type { Source } from "./destination.ts";
import type { PasswordHash } from "./encryption.ts";
import { having, namesIn, readDocument, writeDocument } from "./sandbox-file.ts";
import { StorageFault, writing } from "./storage-fault.ts";

/** One row of CDB_OB_BACKUP_SET_FILES, as far as files can know it (single_backup_set_info.obbak). */
export interface BackupSet {
  readonly setId: number;
  readonly destId: number;
  readonly type: "FULL" | "INC";
  /** 0 for a full set. */
  readonly prevFullId: number;
  readonly prevIncId: number;
  readonly startTimestamp: number;
  /** 0 while it is made. */
  readonly endTimestamp: number;
  readonly status: "DOING" | "SUCCESS" | "FAILED";
  readonly fileStatus: "COPYING" | "AVAILABLE";
  readonly plusArchivelog: boolean;
  /** Redo behind this SCN is needed to make the pages consistent. */
  readonly startReplayScn: bigint;
  /** The last commit that may have reached the copied pages; 0 while copying. */
  readonly consistentScn: bigint;
  /** Earliest SCN that can be restored; 0 until finished. */
  readonly minRestoreScn: bigint;
  /** Bytes read from the data file so far and at the end. */
  readonly inputBytes: number;
  /** Bytes written to macro blocks. */
  readonly outputBytes: number;
  readonly extraMetaBytes: number;
  readonly tabletCount: number;
  readonly macroBlockCount: number;
  /** 0, or an OceanBase code such as -9027. */
  readonly result: number;
  readonly comment: string;
  /** Present when made under SET ENCRYPTION: a salted hash, never the password. */
  readonly encryption?: PasswordHash;
  readonly source: Source;
  /** PATH: the destination's URI. */
  readonly path: string;
  readonly pageSize: number;
  /** Pages of the data file when copying began. */
  readonly pageCount: number;
  /** Number of the last redo record that startReplayScn covers. */
  readonly startReplayLsn: number;
  /** Folder of the macro blocks, within the set. */
  readonly dataFolder: string;
}

/** All sets below a data destination whose directory exists, by id. A set whose info file is missing is left out. */
export function readBackupSets(directory: string): readonly BackupSet[] {
  const names = namesIn(directory).filter((name) => /^backup_set_\d+_(full|inc)$/.test(name));
  const sets = names.flatMap((name) => readSetInfo(path.join(directory, name)) ?? []);
  return sets.toSorted((a, b) => a.setId - b.setId);
}

/** Undefined when the set or its info file is missing. Throws 4009 when it is damaged. */
export function readSetInfo(setFolder: string): BackupSet | undefined {
  try {
    return readDocument(path.join(setFolder, "single_backup_set_info.obbak"), {
      kind: "backup_set_info",
      is: having<BackupSet>("setId"),
    });
  } catch (cause) {
    if (cause instanceof StorageFault && cause.errno === 9011) return undefined;
    throw cause;
  }
}

export function writeSetInfo(directory: string, set: BackupSet): void {
  writeDocument(path.join(setDirectory(directory, set), "single_backup_set_info.obbak"), {
    kind: "backup_set_info",
    content: set,
  });
}

type Named = Pick<BackupSet, "setId" | "type">;

export function setName({ setId, type }: Named): string {
  return `backup_set_${setId}_${type.toLowerCase()}`;
}

export function setDirectory(directory: string, set: Named): string {
  return path.join(directory, setName(set));
}

/** `backup_sets/backup_set_1_full_start.obbak` and its like: what a listing of sets without a database goes by. */
export function markSet(directory: string, set: Named, event: string): void {
  writeDocument(path.join(directory, "backup_sets", `${setName(set)}_${event}.obbak`), {
    kind: "mark",
    content: { event },
  });
}

/** Ids and types of the sets that ended well, from the names alone, by id. */
export function successfulSets(directory: string): readonly Named[] {
  const found = namesIn(path.join(directory, "backup_sets")).map((name) =>
    /^backup_set_(\d+)_(full|inc)_end_success_/.exec(name),
  );
  const sets = found.flatMap((match): Named[] =>
    match === null ? [] : [{ setId: Number(match[1]), type: match[2] === "full" ? "FULL" : "INC" }],
  );
  return sets.toSorted((a, b) => a.setId - b.setId);
}

export function localTag(scn: bigint, source: Source): string {
  return timeTag(scn, source.zoneMinutes);
}

/** The end of a set that succeeded: the info first, the mark last, because restores list the marks. */
export function publishSet(directory: string, set: BackupSet): void {
  const folder = setDirectory(directory, set);
  const from = localTag(set.startReplayScn, set.source);
  const to = localTag(set.minRestoreScn, set.source);
  writeSetInfo(directory, set);
  const known = readBackupSets(directory);
  writeDocument(path.join(folder, "tenant_backup_set_infos.obbak"), {
    kind: "backup_set_infos",
    content: known,
  });
  writeDocument(path.join(folder, `${setName(set)}_${from}_${to}.obbak`), {
    kind: "mark",
    content: { event: "display" },
  });
  removeEndMarks(directory, set);
  markSet(directory, set, `end_success_${to}`);
}

/** A process that died while it published a set may have left one with another time. */
function removeEndMarks(directory: string, set: BackupSet): void {
  const folder = path.join(directory, "backup_sets");
  const marks = namesIn(folder).filter((name) => name.startsWith(`${setName(set)}_end_`));
  writing(() => marks.forEach((name) => fs.rmSync(path.join(folder, name))));
}

/** Bytes of all files below a folder. */
export function bytesBelow(folder: string): number {
  return writing(() => {
    const names = fs.readdirSync(folder, { recursive: true, withFileTypes: true });
    const files = names.filter((entry) => entry.isFile());
    return files.reduce((sum, entry) => sum + fs.statSync(path.join(entry.parentPath, entry.name)).size, 0);
  });
}
