import { type ReactNode, useId } from "react";

interface ControlProps {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly fault?: string | undefined;
  readonly isWide?: true;
  readonly children: (id: string) => ReactNode;
}

/** Label, field, and below it a hint or what is wrong. */
export function Control({ label, hint, fault, isWide, children }: ControlProps) {
  const id = useId();
  return (
    <div className={isWide ? "control wizard-wide" : "control"}>
      <label htmlFor={id}>{label}</label>
      {children(id)}
      {fault ? <p className="gap-words">{fault}</p> : hint ? <p className="second">{hint}</p> : null}
    </div>
  );
}
