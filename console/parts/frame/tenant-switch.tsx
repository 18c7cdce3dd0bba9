import { Dropdown } from "@oceanbase/design";
import { useNavigate } from "@tanstack/react-router";
import { useAnswer } from "../../api.ts";
import { useText } from "../../messages/text.ts";
import type { TenantRef } from "../../tenant-ref.ts";
import { Glyph } from "../glyph.tsx";

/** The tenant whose pages these are; opens into the others, each on the same page. */
export function TenantSwitch({ cluster, tenant }: TenantRef) {
  const text = useText();
  const navigate = useNavigate();
  const clusters = useAnswer("listClusters", {});
  const tenants = useAnswer("listTenants", {});
  const version = clusters.data?.items.find((item) => item.name === cluster)?.version;
  const items = (tenants.data?.items ?? []).map((row) => ({
    key: `${row.cluster}/${row.tenant.name}`,
    label: `${row.tenant.name} · ${row.cluster}`,
    onClick: () =>
      void navigate({
        to: "/tenants/$cluster/$tenant/backup",
        params: { cluster: row.cluster, tenant: row.tenant.name },
      }),
  }));
  return (
    <Dropdown menu={{ items }} trigger={["click"]}>
      <button type="button" className="switch">
        <span className="for-readers">{text("frame.switchTenant")}</span>
        <span className="switch-names">
          <strong>{tenant}</strong>
          <span>{version ? `${cluster} · ${version}` : cluster}</span>
        </span>
        <Glyph name="switch" />
      </button>
    </Dropdown>
  );
}
