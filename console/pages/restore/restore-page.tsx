import { useAnswer } from "../../api.ts";
import { useText } from "../../messages/text.ts";
import { Answered } from "../../parts/answered.tsx";
import { Glyph } from "../../parts/glyph.tsx";
import type { TenantRef } from "../../tenant-ref.ts";
import type { RestoreSearch } from "./restore-search.ts";
import { Wizard } from "./wizard.tsx";
import "./restore.css";

interface RestorePageProps extends TenantRef {
  readonly search: RestoreSearch;
  /** The address held an instant that cannot be read. */
  readonly isTorn: boolean;
}

/** 发起恢复 (X10): source and instant, target, plan, confirmation. A restore always makes a new tenant. */
export function RestorePage({ cluster, tenant, search, isTorn }: RestorePageProps) {
  const params = { cluster, tenant };
  const page = useAnswer("showTenant", { params });
  const restorable = useAnswer("showRestorable", { params });
  return (
    <Answered query={page} room={640}>
      {(shown) => (
        <Answered query={restorable} room={640}>
          {(answer) => (
            <>
              {isTorn ? <TornInstant /> : null}
              <Wizard key={`${cluster}/${tenant}`} page={shown} restorable={answer} search={search} />
            </>
          )}
        </Answered>
      )}
    </Answered>
  );
}

function TornInstant() {
  const text = useText();
  return (
    <div className="note note-warning" role="alert">
      <Glyph name="warning" />
      <p>{text("wizard.torn")}</p>
    </div>
  );
}
