import type { ReactNode } from "react";

interface EmptyProps {
  /** Why it is empty, in one sentence. */
  readonly says: string;
  /** The one thing to do about it. */
  readonly children?: ReactNode;
}

export function Empty({ says, children }: EmptyProps) {
  return (
    <div className="empty">
      <p>{says}</p>
      {children}
    </div>
  );
}
