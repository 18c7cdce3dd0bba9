import { Tag } from "@oceanbase/design";
import { Link } from "@tanstack/react-router";
import type { AnswerOf } from "../../../src/api/contract.ts";
import { useText } from "../../messages/text.ts";
import { ObservationAge } from "../../parts/observation.tsx";

export type TenantAnswer = AnswerOf<"showTenant">;

/** Role, cluster, version and the age of what is shown, beside the title. */
export function TenantIdentity({ page }: { readonly page: TenantAnswer }) {
  const text = useText();
  const { cluster, tenant } = page;
  return (
    <>
      <Tag>{text(page.goneAt === null ? `role.${tenant.role}` : "protection.gone")}</Tag>
      <span>
        {text("identity.cluster")}{" "}
        <Link to="/clusters/$cluster" params={{ cluster: cluster.name }}>
          {cluster.name}
        </Link>
      </span>
      <span>OceanBase {cluster.version}</span>
      <ObservationAge cluster={cluster.name} />
    </>
  );
}
