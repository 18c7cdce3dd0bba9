import { useNavigate } from "@tanstack/react-router";
import type { AnswerOf } from "../../../src/api/contract.ts";
import { useAnswer } from "../../api.ts";
import { Answered } from "../../parts/answered.tsx";
import { Card } from "../../parts/card.tsx";
import { useObservation } from "../../parts/observation.tsx";
import { useTimeRange } from "../../parts/time-range.ts";
import { Timeline } from "../../parts/timeline/timeline.tsx";
import type { TenantAnswer } from "./tenant-identity.tsx";

/** Room of the drawing with its verdict, toolbar, strip and legend. */
const TIMELINE_ROOM = 400;

/** 可恢复时间区间 (S18 to S20): the verdict and the drawing of it. The window is in the address. */
export function RestorableCard({ page }: { readonly page: TenantAnswer }) {
  const { query } = useTimeRange();
  const restorable = useAnswer("showRestorable", {
    params: { cluster: page.cluster.name, tenant: page.tenant.name },
    query,
  });
  return (
    <Card className="restorable-card">
      <Answered query={restorable} room={TIMELINE_ROOM}>
        {(answer) => <Drawing page={page} answer={answer} />}
      </Answered>
    </Card>
  );
}

interface DrawingProps {
  readonly page: TenantAnswer;
  readonly answer: AnswerOf<"showRestorable">;
}

function Drawing({ page, answer }: DrawingProps) {
  const navigate = useNavigate();
  const { range, choose } = useTimeRange();
  const level = useObservation(page.cluster.name)?.level;
  const now = BigInt(answer.now);
  const restoreAt = (scn: bigint) =>
    void navigate({
      to: "/tenants/$cluster/$tenant/restore",
      params: { cluster: page.cluster.name, tenant: page.tenant.name },
      search: { at: String(scn) },
    });
  return (
    <Timeline
      data={answer}
      range={range(now)}
      onRangeChange={(chosen) => choose(chosen, now)}
      isStale={level !== undefined && level !== "fresh"}
      {...(page.actions.restore.refusedBy === null ? { onPick: restoreAt } : {})}
    />
  );
}
