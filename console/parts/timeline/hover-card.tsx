import { GapCard, PendingCard, UnknownCard } from "./card-of-gap.tsx";
import { RoundCard } from "./card-of-round.tsx";
import { SetCard, SetsCard } from "./card-of-sets.tsx";
import type { Layout } from "./layout.ts";
import type { Target } from "./target.ts";
import type { ShownCard } from "./use-card.ts";
import type { Words } from "./words.ts";

export interface CardActions {
  readonly words: Words;
  /** Undefined where no restore can be started from here. */
  readonly onPick: ((at: bigint) => void) | undefined;
  readonly onZoom: (instants: readonly bigint[]) => void;
}

interface HoverCardProps extends CardActions {
  readonly shown: ShownCard;
  readonly layout: Layout;
  readonly onHold: () => void;
  readonly onLeave: () => void;
}

const WIDTH = 394;

/** Above a mark, below the band; shifted to stay inside. It stays while it is pointed at. */
export function HoverCard({ shown, layout, onHold, onLeave, ...actions }: HoverCardProps) {
  const width = Math.min(WIDTH, layout.width);
  const left = Math.max(0, Math.min(layout.left + shown.x - width / 2, layout.width - width));
  const isSet = shown.target.kind === "sets";
  const place = isSet
    ? { bottom: layout.height - layout.sets.top - 10 }
    : {
        top: shown.target.kind === "round" ? layout.sets.top + 4 : layout.band.top + layout.band.height + 24,
      };
  return (
    <div
      className="tl-card"
      role="group"
      style={{ left, width, ...place }}
      onPointerEnter={onHold}
      onPointerLeave={onLeave}
    >
      <CardContent target={shown.target} {...actions} />
    </div>
  );
}

function CardContent({ target, ...actions }: CardActions & { readonly target: Target }) {
  const { words } = actions;
  if (target.kind === "round") return <RoundCard round={target.round} words={words} />;
  if (target.kind === "gap") return <GapCard gap={target.gap} words={words} />;
  if (target.kind === "pending") return <PendingCard gap={target.gap} words={words} />;
  if (target.kind === "unknown") return <UnknownCard since={target.since} words={words} />;
  if (target.kind !== "sets") return null;
  const { cluster } = target;
  return cluster.marks.length > 1 ? (
    <SetsCard cluster={cluster} {...actions} />
  ) : (
    <SetCard mark={cluster.marks[0]} {...actions} />
  );
}
