import { Link, type LinkProps } from "@tanstack/react-router";
import type { MessageKey } from "../../messages/catalogue.ts";
import { useText } from "../../messages/text.ts";
import { Glyph, type GlyphName } from "../glyph.tsx";
import { Brand } from "./brand.tsx";

interface MenuItem {
  readonly to: NonNullable<LinkProps["to"]>;
  readonly label: MessageKey;
  readonly glyph: GlyphName;
}

const ITEMS: readonly MenuItem[] = [
  { to: "/tenants", label: "frame.tenants", glyph: "tenants" },
  { to: "/clusters", label: "frame.clusters", glyph: "clusters" },
  { to: "/operations", label: "frame.operations", glyph: "operations" },
];

export function GlobalMenu() {
  const text = useText();
  return (
    <>
      <Brand />
      <ul className="menu-items">
        {ITEMS.map((item) => (
          <li key={item.to}>
            <Link to={item.to} className="menu-item" title={text(item.label)}>
              <Glyph name={item.glyph} size={16} />
              <span>{text(item.label)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}
