import type { ReactNode } from "react";

interface PageHeadProps {
  readonly title: ReactNode;
  /** Who this page is about: role, cluster, version, and how old what it says is. */
  readonly identity?: ReactNode;
  /** The primary one last. On a phone they stand in a bar at the bottom. */
  readonly actions?: ReactNode;
}

export function PageHead({ title, identity, actions }: PageHeadProps) {
  return (
    <header className="page-head">
      <h1>{title}</h1>
      {identity ? <div className="identity">{identity}</div> : null}
      {actions ? <div className="page-actions">{actions}</div> : null}
    </header>
  );
}
