import { useNavigate, useSearch } from "@tanstack/react-router";
import { DAY, instantOfMs, isoOf, useNowMs } from "./time.tsx";
import { type RangeSearch, rangeFromSearch, rangeToSearch } from "./timeline/range.ts";
import type { InstantRange } from "./timeline/restorable-view.ts";

/** What the address of a tenant's page holds beside its name: the timeline's window and the tab. */
export interface BackupSearch extends RangeSearch {
  readonly tab?: string | undefined;
}

/** Only texts pass; what cannot be read as a window is the default one, so that a torn link still opens. */
export function readBackupSearch(search: Record<string, unknown>): BackupSearch {
  const { span, to, tab } = search;
  return {
    ...(typeof span === "string" ? { span } : {}),
    ...(typeof to === "string" ? { to } : {}),
    ...(typeof tab === "string" ? { tab } : {}),
  };
}

interface WindowInUrl {
  /** What to ask the server for. Empty while seven days or less up to now are shown: the server's default moves on with them. */
  readonly query: { readonly from?: string; readonly to?: string };
  readonly range: (now: bigint) => InstantRange;
  readonly choose: (range: InstantRange, now: bigint) => void;
}

export function useTimeRange(): WindowInUrl {
  const { span, to } = useSearch({ strict: false });
  const navigate = useNavigate();
  const search = { span, to };
  return {
    query: queryFor(search, instantOfMs(useNowMs())),
    range: (now) => rangeFromSearch(search, now),
    choose: (range, now) =>
      void navigate({
        to: ".",
        search: (before: BackupSearch) => ({ ...before, ...rangeToSearch(range, now) }),
        replace: true,
        resetScroll: false,
      }),
  };
}

const DEFAULT_SPAN = 7n * DAY;

/** A long window that follows the live edge begins at a whole day, so that it is not another question every second. */
export function queryFor(search: RangeSearch, now: bigint): WindowInUrl["query"] {
  const range = rangeFromSearch(search, now);
  if (search.to !== undefined) return { from: isoOf(range.from), to: isoOf(range.to) };
  return range.to - range.from <= DEFAULT_SPAN ? {} : { from: isoOf(range.from - (range.from % DAY)) };
}
