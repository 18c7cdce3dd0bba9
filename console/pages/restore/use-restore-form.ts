import { useMemo, useState } from "react";
import type { AnswerOf } from "../../../src/api/contract.ts";
import { useAnswer } from "../../api.ts";
import { formatInstant, useZone } from "../../parts/time.tsx";
import { type AnswerAt, answerAt } from "../../parts/timeline/answer-at.ts";
import { type RestorableView, readRestorable } from "../../parts/timeline/restorable-view.ts";
import type { TenantRef } from "../../tenant-ref.ts";
import { type BackupSet, type Chain, chainFor } from "./chain.ts";
import {
  type Decisions,
  type Draft,
  type Order,
  orderOf,
  type Proposal,
  propose,
  type Resources,
} from "./draft.ts";
import { isScnText } from "./scn-text.ts";
import { readTyped, type TypedInstant } from "./typed-instant.ts";
import { useDraft } from "./use-draft.ts";

/** What stands in the fields of the instant while it is typed. */
export type Typing =
  | { readonly kind: "time"; readonly fields: TypedInstant }
  | { readonly kind: "scn"; readonly text: string };

export interface RestoreForm {
  readonly source: TenantRef;
  readonly page: AnswerOf<"showTenant">;
  readonly view: RestorableView;
  readonly draft: Draft;
  readonly decide: (decisions: Decisions) => void;
  readonly isBegun: boolean;
  readonly keep: () => void;
  readonly forget: () => void;
  readonly typing: Typing | null;
  readonly setTyping: (typing: Typing | null) => void;
  /** False while what is typed names no single instant: then there is none to go on with. */
  readonly isReadable: boolean;
  /** The one value that handle, fields, SCN and 最新 drive; null where nothing was ever restorable. */
  readonly at: bigint | null;
  readonly answer: AnswerAt | null;
  /** Undefined outside every interval, and until the sets are listed. */
  readonly chain: Chain | undefined;
  readonly sets: readonly BackupSet[];
  readonly proposal: Proposal;
  readonly resources: Resources | null;
  readonly takenNames: readonly string[];
  /** OceanBase version of the target cluster, once it is known. */
  readonly targetVersion: string | undefined;
  /** Never stored. */
  readonly passwords: readonly string[];
  readonly setPasswords: (passwords: readonly string[]) => void;
  readonly order: Order;
}

export interface RestoreParts {
  readonly page: AnswerOf<"showTenant">;
  readonly restorable: AnswerOf<"showRestorable">;
  readonly at: string | undefined;
}

const MOST_SETS = 200;

export function useRestoreForm({ page, restorable, at: begun }: RestoreParts): RestoreForm {
  const zone = useZone();
  const source = { cluster: page.cluster.name, tenant: page.tenant.name };
  const view = useMemo(() => readRestorable(restorable), [restorable]);
  const kept = useDraft(source, begun);
  const [passwords, setPasswords] = useState<readonly string[]>([]);
  const [typing, setTyping] = useState<Typing | null>(null);
  const { draft } = kept;
  const at = "scn" in draft.until ? BigInt(draft.until.scn) : view.verdict.latest;
  const answer = at === null ? null : answerAt(view, at);
  const sets = useAnswer("listBackupSets", { params: source, query: { limit: MOST_SETS } }).data?.items ?? [];
  const around = useTarget(draft.cluster ?? source.cluster);
  const day = formatInstant(at ?? view.now, { zone, style: "day" }).replace("-", "");
  const proposal = propose(draft, { source, sourceId: page.tenant.id, day, ...around });
  return {
    ...kept,
    source,
    page,
    view,
    typing,
    setTyping,
    isReadable: namesAnInstant(typing, draft.zone ?? zone),
    at,
    answer,
    sets,
    chain:
      at !== null && answer?.kind === "restorable"
        ? chainFor(sets, { at, interval: answer.interval })
        : undefined,
    proposal,
    ...around,
    passwords,
    setPasswords,
    order: orderOf(draft, { source, proposal, passwords }),
  };
}

function namesAnInstant(typing: Typing | null, zone: string): boolean {
  if (typing === null) return true;
  if (typing.kind === "scn") return isScnText(typing.text.trim());
  return readTyped(typing.fields, zone).kind === "instant";
}

function useTarget(cluster: string): Pick<RestoreForm, "resources" | "takenNames" | "targetVersion"> {
  const shown = useAnswer("showCluster", { params: { cluster } });
  const tenants = useAnswer("listTenants", { query: { cluster } });
  return {
    resources: shown.data?.resources ?? null,
    targetVersion: shown.data?.version,
    takenNames: (tenants.data?.items ?? []).map((row) => row.tenant.name),
  };
}
