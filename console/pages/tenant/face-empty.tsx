import { useText } from "../../messages/text.ts";
import { Card } from "../../parts/card.tsx";
import { ReasonedButton } from "../../parts/reasoned-button.tsx";
import type { OpenForm } from "./backup.tsx";
import { FirstSteps } from "./first-steps.tsx";
import { FutureTimeline } from "./future-timeline.tsx";
import { useRefusals } from "./refusals.ts";
import type { TenantAnswer } from "./tenant-identity.tsx";

interface FaceEmptyProps {
  readonly page: TenantAnswer;
  readonly open: (form: OpenForm) => void;
}

/** Face 1: nothing can be restored yet; what would change that, drawn, and the three ways there. */
export function FaceEmpty({ page, open }: FaceEmptyProps) {
  const text = useText();
  const { cluster, tenant } = page;
  return (
    <Card className="face-empty">
      <h2>{text("empty.title", { tenant: tenant.name })}</h2>
      <p className="face-says">{text("empty.says")}</p>
      <FutureTimeline />
      <div className="ways">
        <TenantWay page={page} open={open} />
        <GatedWay
          page={page}
          title={text("empty.cluster.title")}
          says={text("empty.cluster.says", { cluster: cluster.name, tenant: tenant.name })}
          button={text("action.backUpClusterNow")}
          action="backUpCluster"
        />
        <GatedWay
          page={page}
          title={text("empty.policy.title")}
          says={text("empty.policy.says", { cluster: cluster.name })}
          button={text("action.newClusterPolicy")}
          action="newPolicy"
        />
      </div>
    </Card>
  );
}

/** The way that can be walked today: two things to set up, then the backup itself. */
function TenantWay({ page, open }: FaceEmptyProps) {
  const text = useText();
  const reason = useRefusals(page.cluster.name)(page.actions.backUp);
  return (
    <section className="way is-recommended">
      <h3>{text("empty.tenant.title")}</h3>
      <p>{text("empty.tenant.says", { tenant: page.tenant.name })}</p>
      <FirstSteps page={page} open={open} />
      {reason === null ? null : <p className="way-refused">{reason}</p>}
      <ReasonedButton type="primary" reason={reason} onClick={() => open("backup")}>
        {text("action.backUpNow")}
      </ReasonedButton>
    </section>
  );
}

interface GatedWayProps {
  readonly page: TenantAnswer;
  readonly title: string;
  readonly says: string;
  readonly button: string;
  readonly action: "backUpCluster" | "newPolicy";
}

/** The reason stands above the button, not only on hover. */
function GatedWay({ page, title, says, button, action }: GatedWayProps) {
  const reason = useRefusals(page.cluster.name)(page.actions[action]);
  return (
    <section className="way">
      <h3>{title}</h3>
      <p>{says}</p>
      {reason === null ? null : <p className="way-refused">{reason}</p>}
      <ReasonedButton reason={reason}>{button}</ReasonedButton>
    </section>
  );
}
