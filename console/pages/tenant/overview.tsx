import { Link } from "@tanstack/react-router";
import { useAnswer } from "../../api.ts";
import { useText } from "../../messages/text.ts";
import { Answered } from "../../parts/answered.tsx";
import { Card } from "../../parts/card.tsx";
import { Facts } from "../../parts/facts.tsx";
import { OperationTable } from "../../parts/operation-table.tsx";
import { PageHead } from "../../parts/page-head.tsx";
import { instantOfMicros, TimeText } from "../../parts/time.tsx";
import type { TenantRef } from "../../tenant-ref.ts";
import { FactBlock } from "./fact-block.tsx";
import { OpenGapBanner } from "./open-gap-banner.tsx";
import { type TenantAnswer, TenantIdentity } from "./tenant-identity.tsx";
import { VerdictSentence } from "./verdict.tsx";

export function OverviewPage(ref: TenantRef) {
  const text = useText();
  const page = useAnswer("showTenant", { params: { ...ref } });
  return (
    <>
      <PageHead
        title={ref.tenant}
        identity={page.data ? <TenantIdentity page={page.data} /> : null}
        actions={
          <Link className="button-link" to="/tenants/$cluster/$tenant/backup" params={{ ...ref }}>
            {text("frame.backup")}
          </Link>
        }
      />
      <Answered query={page} room={480}>
        {(answer) => (
          <>
            <OpenGapBanner page={answer} />
            <Card title={text("overview.protection")}>
              <VerdictSentence verdict={answer.verdict} tenant={ref.tenant} />
            </Card>
            <FactBlock page={answer} />
            <Identity page={answer} />
            <Recent {...ref} />
          </>
        )}
      </Answered>
    </>
  );
}

function Identity({ page }: { readonly page: TenantAnswer }) {
  const text = useText();
  const { tenant, destinations } = page;
  const unset = <span className="pale">{text("field.notSet")}</span>;
  return (
    <Card title={text("overview.identity")}>
      <Facts
        isWide
        facts={[
          { label: text("overview.id"), value: tenant.id },
          { label: text("field.status"), value: tenant.statusWord },
          { label: text("overview.mode"), value: tenant.mode },
          { label: text("overview.logMode"), value: tenant.logMode.toUpperCase() },
          { label: text("overview.dataVersion"), value: tenant.compatible?.numbers.join(".") ?? "—" },
          { label: text("overview.locality"), value: tenant.locality || "—" },
          { label: text("overview.primaryZone"), value: tenant.primaryZone || "—" },
          { label: text("overview.units"), value: tenant.unitCount ?? "—" },
          {
            label: text("overview.created"),
            value: tenant.createdAt === null ? "—" : <TimeText at={instantOfMicros(tenant.createdAt)} />,
          },
          {
            label: text("destination.data"),
            value: destinations.data ? <code>{destinations.data}</code> : unset,
          },
          {
            label: text("destination.archive"),
            value: destinations.archive ? <code>{destinations.archive}</code> : unset,
          },
        ]}
      />
    </Card>
  );
}

const RECENT = 5;

function Recent(ref: TenantRef) {
  const text = useText();
  const operations = useAnswer("listOperations", { query: { ...ref, limit: RECENT, offset: 0 } });
  return (
    <Card
      title={text("overview.recent")}
      side={
        <Link to="/tenants/$cluster/$tenant/operations" params={{ ...ref }}>
          {text("overview.all")}
        </Link>
      }
    >
      <Answered query={operations} room={120}>
        {({ items }) => <OperationTable rows={items} of={ref} />}
      </Answered>
    </Card>
  );
}
