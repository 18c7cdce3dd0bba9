import { Link, useMatches, useParams } from "@tanstack/react-router";
import type { MessageKey } from "../../messages/catalogue.ts";
import { useText } from "../../messages/text.ts";
import { useTabMark } from "./tab-mark.ts";

type CrumbPath =
  | "/tenants"
  | "/tenants/$cluster/$tenant"
  | "/tenants/$cluster/$tenant/backup"
  | "/tenants/$cluster/$tenant/operations"
  | "/clusters"
  | "/operations";

/** One place on the way to a page: a word of ours, or the name that stands in the address. */
export type Crumb = { readonly to?: CrumbPath } & (
  | { readonly text: MessageKey }
  | { readonly param: "cluster" | "tenant" | "id" }
);

declare module "@tanstack/react-router" {
  interface StaticDataRouteOption {
    crumbs?: readonly Crumb[];
  }
}

export function Breadcrumb() {
  const text = useText();
  const crumbs = useMatches().at(-1)?.staticData.crumbs ?? [];
  const params = useParams({ strict: false });
  const names = crumbs.map((crumb) => ("text" in crumb ? text(crumb.text) : (params[crumb.param] ?? "")));
  const title = [...names.toReversed(), "Holdfast"].join(" · ");
  useTabMark(title);
  return (
    <nav className="crumbs" aria-label={text("frame.whereAmI")}>
      <ol>
        {crumbs.map((crumb, index) => (
          <li key={names[index]}>
            {index === crumbs.length - 1 || !crumb.to ? (
              <span aria-current={index === crumbs.length - 1 ? "page" : undefined}>{names[index]}</span>
            ) : (
              <Link to={crumb.to} params={params}>
                {names[index]}
              </Link>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
