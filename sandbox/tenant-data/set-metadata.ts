import path from "node:path";
import { versionNumber } from "../model/version.ts";
import type { BackupSet } from "./backup-set.ts";
import { writeDocument } from "./sandbox-file.ts";

/** Log stream 1 is the tenant's own, 1001 holds the user's tablets. Here all pages are in 1001. */
const LOG_STREAMS = [1, 1001] as const;

/** How a version names the folders of a set (ob_backup_path.cpp). */
interface SetLayout {
  /** Kinds of data per log stream; the last one holds the pages of log stream 1001. */
  readonly dataKinds: readonly [system: string, ...user: string[]];
  readonly dataInfos: readonly string[];
  readonly fused: boolean;
}

/** 4.0 as ob_backup_path.cpp has it; that 4.1 is the same is assumed. */
const LAYOUT_40: SetLayout = {
  dataKinds: ["sys_data", "minor_data", "major_data"],
  dataInfos: ["data_info_turn_1"],
  fused: false,
};

const LAYOUT_42: SetLayout = {
  dataKinds: ["sys_data", "minor_data", "major_data"],
  dataInfos: ["minor_data_info_turn_1", "major_data_info_turn_1"],
  fused: false,
};

const LAYOUT_43: SetLayout = {
  dataKinds: ["sys_data", "user_data"],
  dataInfos: ["user_data_info_turn_1"],
  fused: true,
};

function layoutOf(version: string): SetLayout {
  if (isBefore(version, "4.2")) return LAYOUT_40;
  return isBefore(version, "4.3") ? LAYOUT_42 : LAYOUT_43;
}

function isBefore(version: string, other: string): boolean {
  return versionNumber(version) < versionNumber(other);
}

/** Where the pages of a set made by this version lie, within the set. */
export function dataFolderOf(version: string): string {
  return `logstream_1001/${layoutOf(version).dataKinds.at(-1)}_turn_1_retry_0`;
}

/** BACKUP_SYS_META and BACKUP_USER_META: what a set says about the tenant before any data. */
export function writeMetadata(folder: string, set: BackupSet): void {
  const { source } = set;
  const layout = layoutOf(source.version);
  const write = (name: string, content: unknown) =>
    writeDocument(path.join(folder, name), { kind: "backup_info", content: content });
  write("infos/diagnose_info.obbak", source);
  write("infos/locality_info.obbak", { tenantName: source.tenantName, compatible: source.compatible });
  if (!isBefore(source.version, "4.2.5"))
    write("infos/tenant_parameter.obbak", { compatible: source.compatible });
  write("infos/meta_info/ls_attr_info.1.obbak", { logStreams: LOG_STREAMS });
  write("infos/meta_info/ls_meta_infos.obbak", { logStreams: LOG_STREAMS });
  for (const name of layout.dataInfos) write(`infos/${name}/tablet_log_stream_info.obbak`, { turn: 1 });
  for (const stream of LOG_STREAMS) writeLogStream(folder, { stream, set, layout });
}

interface LogStream {
  readonly stream: number;
  readonly set: BackupSet;
  readonly layout: SetLayout;
}

function writeLogStream(folder: string, { stream, set, layout }: LogStream): void {
  const base = path.join(folder, `logstream_${stream}`);
  const meta = { stream, startReplayScn: set.startReplayScn };
  writeDocument(path.join(base, "meta_info_turn_1_retry_0/ls_meta_info.obbak"), {
    kind: "backup_info",
    content: meta,
  });
  writeDocument(path.join(base, "meta_info_turn_1_retry_0/tablet_info.1.obbak"), {
    kind: "tablet_info",
    content: {
      tablets: stream === 1 ? 0 : set.tabletCount,
    },
  });
  if (layout.fused)
    writeDocument(path.join(base, "fused_meta_info_turn_1/meta_index.obbak"), {
      kind: "backup_info",
      content: meta,
    });
  const [system, ...user] = layout.dataKinds;
  for (const kind of stream === 1 ? [system] : user) {
    writeDocument(path.join(base, `${kind}_turn_1_retry_0/meta_index.obbak`), {
      kind: "backup_info",
      content: { kind },
    });
  }
}

interface TableList {
  /** The build that makes the set. */
  readonly version: string;
  readonly scn: bigint;
  readonly tables: readonly string[];
}

/** infos/table_list (4.2.1 BP4 and later): the names of the tables as of the end of the backup. */
export function writeTableList(folder: string, list: TableList): void {
  if (isBefore(list.version, "4.2.1.4")) return;
  const base = path.join(folder, "infos/table_list");
  writeDocument(path.join(base, `table_list.${list.scn}.1.obbak`), {
    kind: "backup_info",
    content: { tables: list.tables },
  });
  writeDocument(path.join(base, `table_list_meta_info.${list.scn}.obbak`), {
    kind: "backup_info",
    content: {
      parts: 1,
      tables: list.tables.length,
    },
  });
}
