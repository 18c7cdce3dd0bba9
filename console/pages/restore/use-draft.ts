import { useCallback, useState } from "react";
import { newRequestId } from "../../api.ts";
import type { TenantRef } from "../../tenant-ref.ts";
import { type Decisions, type Draft, decided, newDraft, readDraft } from "./draft.ts";

interface KeptDraft {
  readonly draft: Draft;
  readonly decide: (decisions: Decisions) => void;
  /** Something was decided, now or before the page was loaded again. */
  readonly isBegun: boolean;
  /** Holds on to the draft as it stands. */
  readonly keep: () => void;
  readonly forget: () => void;
}

/** The draft of a restore from one tenant, kept in this browser until it is sent. `at` in the address begins it anew. */
export function useDraft(source: TenantRef, at: string | undefined): KeptDraft {
  const key = `holdfast.restore.${source.cluster}/${source.tenant}`;
  const [isBegun, setBegun] = useState(() => at !== undefined || readDraft(stored(key)) !== undefined);
  const [draft, setDraft] = useState<Draft>(() => begin(key, at));
  const decide = useCallback(
    (decisions: Decisions) =>
      setDraft((before) => {
        const next = decided(before, { decisions, requestId: newRequestId() });
        store(key, JSON.stringify(next));
        return next;
      }),
    [key],
  );
  const keep = () => {
    setBegun(true);
    store(key, JSON.stringify(draft));
  };
  const forget = useCallback(() => store(key, null), [key]);
  return { draft, decide, isBegun, keep, forget };
}

function begin(key: string, at: string | undefined): Draft {
  const kept = readDraft(stored(key)) ?? newDraft(newRequestId());
  if (at === undefined) return kept;
  const begun = decided(kept, { decisions: { until: { scn: at } }, requestId: newRequestId() });
  store(key, JSON.stringify(begun));
  return begun;
}

/** A browser that forbids storage forgets the draft with the page; nothing else breaks. */
function stored(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function store(key: string, value: string | null) {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // see `stored`
  }
}
