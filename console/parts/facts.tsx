import type { ReactNode } from "react";

export interface Fact {
  readonly label: string;
  readonly value: ReactNode;
}

interface FactsProps {
  readonly facts: readonly Fact[];
  /** There is room for two pairs side by side. */
  readonly isWide?: true;
}

export function Facts({ facts, isWide }: FactsProps) {
  return (
    <dl className={isWide ? "facts in-two" : "facts"}>
      {facts.map((fact) => (
        <div key={fact.label}>
          <dt>{fact.label}</dt>
          <dd>{fact.value}</dd>
        </div>
      ))}
    </dl>
  );
}
