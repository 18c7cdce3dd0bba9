import { type KeyboardEvent, type ReactNode, useId } from "react";

export interface Tab {
  readonly key: string;
  readonly label: ReactNode;
  readonly panel: ReactNode;
}

interface TabsProps {
  /** What the tabs choose between, for readers. */
  readonly label: string;
  readonly tabs: readonly Tab[];
  readonly active: string;
  readonly onChange: (key: string) => void;
}

const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1 };

/** One tab stop, arrows move; on a phone the row scrolls and no tab hides in a menu. Only the open panel is drawn. */
export function Tabs({ label, tabs, active, onChange }: TabsProps) {
  const id = useId();
  const at = Math.max(
    0,
    tabs.findIndex((tab) => tab.key === active),
  );
  const move = (event: KeyboardEvent<HTMLElement>) => {
    const next = tabs[(at + (STEPS[event.key] ?? 0) + tabs.length) % tabs.length];
    if (STEPS[event.key] === undefined || !next) return;
    event.preventDefault();
    onChange(next.key);
    document.getElementById(`${id}-${next.key}`)?.focus();
  };
  const open = tabs[at];
  return (
    <>
      <div role="tablist" className="tabs" aria-label={label} onKeyDown={move}>
        {tabs.map((tab, index) => (
          <button
            key={tab.key}
            id={`${id}-${tab.key}`}
            type="button"
            role="tab"
            className="tab"
            aria-selected={index === at}
            aria-controls={`${id}-panel`}
            tabIndex={index === at ? 0 : -1}
            onClick={() => onChange(tab.key)}
          >
            {tab.label}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={open ? `${id}-${open.key}` : undefined}>
        {open?.panel}
      </div>
    </>
  );
}
