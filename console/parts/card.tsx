import { type ReactNode, useId } from "react";

interface CardProps {
  readonly title?: ReactNode;
  readonly side?: ReactNode;
  readonly className?: string;
  readonly children: ReactNode;
}

export function Card({ title, side, className, children }: CardProps) {
  const id = useId();
  return (
    <section className={`card ${className ?? ""}`} aria-labelledby={title ? id : undefined}>
      {title ? (
        <header className="card-head">
          <h2 id={id}>{title}</h2>
          {side ? <div className="card-side">{side}</div> : null}
        </header>
      ) : null}
      {children}
    </section>
  );
}
