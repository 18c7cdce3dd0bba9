import { Link, type LinkProps } from "@tanstack/react-router";
import type { MessageKey } from "../../messages/catalogue.ts";
import { useText } from "../../messages/text.ts";
import type { TenantRef } from "../../tenant-ref.ts";
import { Glyph, type GlyphName } from "../glyph.tsx";
import { Brand } from "./brand.tsx";
import { TenantSwitch } from "./tenant-switch.tsx";

interface MenuItem {
  readonly to: NonNullable<LinkProps["to"]>;
  readonly label: MessageKey;
  readonly glyph: GlyphName;
  readonly isExact: boolean;
}

const ITEMS: readonly MenuItem[] = [
  { to: "/tenants/$cluster/$tenant", label: "frame.overview", glyph: "overview", isExact: true },
  { to: "/tenants/$cluster/$tenant/backup", label: "frame.backup", glyph: "backup", isExact: false },
  {
    to: "/tenants/$cluster/$tenant/operations",
    label: "frame.operations",
    glyph: "operations",
    isExact: false,
  },
];

export function TenantMenu(ref: TenantRef) {
  const text = useText();
  return (
    <>
      <Brand />
      <Link to="/tenants" className="menu-back">
        <Glyph name="back" size={12} />
        <span>{text("frame.tenants")}</span>
      </Link>
      <TenantSwitch {...ref} />
      <ul className="menu-items">
        {ITEMS.map((item) => (
          <li key={item.to}>
            <Link
              to={item.to}
              params={{ cluster: ref.cluster, tenant: ref.tenant }}
              activeOptions={{ exact: item.isExact }}
              className="menu-item"
              title={text(item.label)}
            >
              <Glyph name={item.glyph} size={16} />
              <span>{text(item.label)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}
