import type { QueryClient, QueryKey } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { type ChangeEvent, changeEvent, RELOAD_EVENT } from "../src/api/contract.ts";

/**
 * The one event stream of the page. A change marks the answers that it touches as old and they are asked for again; the
 * browser resumes the stream by itself with the number of the last change it saw, and the server says `reload` where it
 * no longer remembers that far back.
 */
const STREAM = "/api/v1/events";
/** Changes that come close together make one round of questions. */
const GATHER_MS = 150;
/** Where the browser gives up (a proxy answered instead of the server) we open a new stream after this long. */
const REOPEN_MS = 3000;

export function followChanges(cache: QueryClient): () => void {
  const gathered: ChangeEvent[] = [];
  let gatherTimer: ReturnType<typeof setTimeout> | undefined;
  let reopenTimer: ReturnType<typeof setTimeout> | undefined;
  let source = open();

  function open(): EventSource {
    const stream = new EventSource(STREAM);
    stream.addEventListener("open", () => connected(cache));
    stream.addEventListener("error", () => disconnected(stream));
    stream.addEventListener("change", (event) => gather(String(event.data)));
    stream.addEventListener(RELOAD_EVENT, () => void cache.invalidateQueries());
    return stream;
  }
  function disconnected(stream: EventSource) {
    setLostSince(lostSince ?? Date.now());
    if (stream.readyState !== EventSource.CLOSED) return;
    clearTimeout(reopenTimer);
    reopenTimer = setTimeout(() => {
      source = open();
    }, REOPEN_MS);
  }
  function gather(data: string) {
    const read = changeEvent.safeParse(JSON.parse(data));
    if (!read.success) return;
    gathered.push(read.data);
    gatherTimer ??= setTimeout(flush, GATHER_MS);
  }
  function flush() {
    gatherTimer = undefined;
    const changes = gathered.splice(0);
    void cache.invalidateQueries({
      predicate: (query) => changes.some((change) => isTouched(query.queryKey, change)),
    });
  }
  return () => {
    clearTimeout(gatherTimer);
    clearTimeout(reopenTimer);
    source.close();
  };
}

/** What was asked while the server was away may be old or refused: ask everything again. */
function connected(cache: QueryClient) {
  if (lostSince === null) return;
  setLostSince(null);
  void cache.invalidateQueries();
}

const OF_CLUSTERS = new Set(["listClusters", "listTenants"]);
const OF_OPERATIONS = new Set(["listOperations", "listRestoreTasks"]);

/** Keys are made by `keyOf`: name, params, query, body. */
export function isTouched(key: QueryKey, change: ChangeEvent): boolean {
  const name = String(key[0]);
  const params = paramsOf(key[1]);
  if (change.topic === "operation" && OF_OPERATIONS.has(name)) return true;
  if (change.topic === "operation" && name === "showOperation") return params?.id === change.operation;
  if (change.topic !== "operation" && OF_CLUSTERS.has(name)) return true;
  if (params?.cluster !== change.cluster) return false;
  return params.tenant === undefined || change.tenant === null || params.tenant === change.tenant;
}

function paramsOf(part: unknown): Readonly<Partial<Record<string, unknown>>> | null {
  return typeof part === "object" && part !== null ? { ...part } : null;
}

let lostSince: number | null = null;
const watchers = new Set<() => void>();

function setLostSince(since: number | null) {
  if (since === lostSince) return;
  lostSince = since;
  for (const watcher of watchers) watcher();
}

/** Since when the server has not been heard of (milliseconds since 1970); null while the stream is open. */
export function useLostSince(): number | null {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => lostSince,
  );
}
