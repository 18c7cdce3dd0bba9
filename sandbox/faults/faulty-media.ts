import fs from "node:fs";
import path from "node:path";
import type { Round } from "../model/backup-rows.ts";
import type { Media } from "../model/media.ts";
import { refusal } from "../model/refusal.ts";
import type { ClusterState } from "../model/state.ts";
import { pieceName } from "../tenant-data/archive-piece.ts";

export type Trouble = "full" | "read-only" | "gone";

/** Destinations that something is wrong with, whichever tenant uses them. */
export class Troubles {
  readonly #at = new Map<string, Trouble>();

  begin(uri: string, trouble: Trouble): void {
    this.#at.set(uri, trouble);
  }

  end(uri: string): void {
    this.#at.delete(uri);
  }

  /** What is wrong with the destination at or above a URI. */
  at(uri: string): Trouble | undefined {
    if (this.#at.size === 0) return undefined;
    for (const [destination, trouble] of this.#at) {
      if (uri === destination || uri.startsWith(`${destination}/`)) return trouble;
    }
    return undefined;
  }

  /** 9070 for a reader of a destination that is gone. Object storage and a hanging NFS would say so later, or never. */
  refuseRead(uri: string): void {
    if (this.at(uri) === "gone") throw refusal("OB_BACKUP_DEST_NOT_CONNECT");
  }

  /** 9070, 9071 or 9082 for a writer. */
  refuseWrite(uri: string): void {
    const trouble = this.at(uri);
    if (trouble === "gone") throw refusal("OB_BACKUP_DEST_NOT_CONNECT");
    if (trouble === "read-only") throw refusal("OB_BACKUP_PERMISSION_DENIED");
    if (trouble === "full") throw refusal("OB_BACKUP_DEVICE_OUT_OF_SPACE");
  }
}

/** The same media, refusing what the troubles of its destinations make impossible. */
export function faultyMedia(media: Media, { troubles, state }: Grounds): Media {
  const own = { ...writers(media, { troubles, state }), ...readers(media, { troubles, state }) };
  const methods = new Map<string | symbol, unknown>(Object.entries(own));
  return new Proxy(media, {
    get(target, name) {
      const known = methods.get(name);
      if (known !== undefined) return known;
      const value: unknown = Reflect.get(target, name, target);
      const method: unknown = typeof value === "function" ? value.bind(target) : value;
      methods.set(name, method);
      return method;
    },
  });
}

interface Grounds {
  readonly troubles: Troubles;
  readonly state: ClusterState;
}

/**
 * A piece whose directory was deleted while it is written interrupts its round at once (9011). Seen on 4.2.1.9 for a
 * whole destination that was deleted; for one piece of it assumed.
 */
function refuseLostPiece(media: Media, state: ClusterState, round: Round): void {
  const active = state.pieces.find(
    ({ tenantId, roundId, status }) =>
      status === "ACTIVE" && tenantId === round.tenantId && roundId === round.roundId,
  );
  if (active === undefined) return;
  const destination = media.directoryOf(active.uri);
  if (fs.existsSync(path.join(destination, pieceName(active)))) return;
  const isThere = fs.statSync(destination, { throwIfNoEntry: false })?.isDirectory() ?? false;
  if (isThere) throw refusal("OB_BACKUP_FILE_NOT_EXIST");
}

function writers(media: Media, { troubles, state }: Grounds) {
  return {
    markDestination(request) {
      troubles.refuseWrite(request.destination.uri);
      media.markDestination(request);
    },
    startArchive(round, details) {
      troubles.refuseWrite(round.uri);
      return media.startArchive(round, details);
    },
    archiveRun(round) {
      troubles.refuseWrite(round.uri);
      refuseLostPiece(media, state, round);
      return media.archiveRun(round);
    },
    startBackup(request) {
      troubles.refuseWrite(request.destination.uri);
      return media.startBackup(request);
    },
    backupRun(set) {
      troubles.refuseWrite(set.uri);
      return media.backupRun(set);
    },
    removeSet(set) {
      troubles.refuseWrite(set.uri);
      media.removeSet(set);
    },
    removePiece(piece) {
      troubles.refuseWrite(piece.uri);
      media.removePiece(piece);
    },
  } satisfies Partial<Media>;
}

/** A restore reads its files step by step: it notices at its next step that they are gone. */
function readers(media: Media, { troubles, state }: Grounds) {
  const refuse = (...uris: readonly (string | null | undefined)[]) => {
    for (const uri of uris) if (uri) troubles.refuseRead(uri);
  };
  return {
    directoryOf(uri) {
      refuse(uri);
      return media.directoryOf(uri);
    },
    isDeleted(uri) {
      refuse(uri);
      return media.isDeleted(uri);
    },
    markedDestId(uri) {
      refuse(uri);
      return media.markedDestId(uri);
    },
    checkDestination(request) {
      refuse(request.destination.uri);
      media.checkDestination(request);
    },
    restoreRun(tenantId, plan) {
      const job = state.restores.find((row) => row.tenantId === tenantId && row.sysFinishedAt === null);
      refuse(job?.source.dataUri, job?.source.archiveUri);
      return media.restoreRun(tenantId, plan);
    },
    recoveryRun(tenantId, plan) {
      refuse(state.restoreSources.get(tenantId)?.archiveUri);
      return media.recoveryRun(tenantId, plan);
    },
  } satisfies Partial<Media>;
}
