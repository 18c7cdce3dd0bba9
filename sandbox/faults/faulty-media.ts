import type { Media } from "../model/media.ts";
import { refusal } from "../model/refusal.ts";
import type { ClusterState } from "../model/state.ts";

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
  const own = { ...writers(media, troubles), ...readers(media, { troubles, state }) };
  return new Proxy(media, {
    get(target, name) {
      const replaced: unknown = Reflect.get(own, name);
      if (replaced !== undefined) return replaced;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

interface Grounds {
  readonly troubles: Troubles;
  readonly state: ClusterState;
}

function writers(media: Media, troubles: Troubles) {
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
