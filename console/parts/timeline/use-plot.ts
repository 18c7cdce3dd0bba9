import { type KeyboardEvent, type RefObject, useEffect, useState } from "react";
import type { Drawn } from "./drawn.ts";
import { instantAt, xOf } from "./geometry.ts";
import { effectOf, isRestorableAt, latestOf } from "./keys.ts";
import type { PlotProps } from "./plot.tsx";
import { scaled } from "./range.ts";
import { roundInstantAt, type Target, targetAt } from "./target.ts";
import { useCard } from "./use-card.ts";
import { type Spot, usePlotPointer, useWheelZoom } from "./use-plot-pointer.ts";

interface PlotParts extends PlotProps {
  readonly drawn: Drawn;
  readonly plot: RefObject<HTMLDivElement | null>;
}

/** Pointer, wheel, keys and card of the plot, brought together. */
export function usePlot(parts: PlotParts) {
  const { view, drawn, plot, picked, commit, preview } = parts;
  const { scale } = drawn;
  const card = useCard();
  const [own, setOwn] = useState<bigint | null>(null);
  const [isKeyboard, setKeyboard] = useState(false);
  const cursor = picked ?? own ?? latestOf(view);
  const click = (spot: Spot) => clicked({ parts, spot, open: card.open });
  const pointer = usePlotPointer({
    plot,
    scale,
    now: view.now,
    handleX: picked === undefined ? null : xOf(scale, picked),
    preview,
    commit,
    onClick: click,
    onDoubleClick: ({ x }) => commit(scaled(scale, { factor: 0.25, at: instantAt(scale, x), now: view.now })),
    onHandle: (x) => parts.onPick?.(roundInstantAt(scale, x)),
  });
  useWheelZoom(plot, { scale, now: view.now, preview });
  usePointing({ drawn, spot: pointer.gesture ? null : pointer.hover, point: card.point });
  const move = (at: bigint) => (picked === undefined ? setOwn(at) : parts.onPick?.(at));
  const onKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const effect = effectOf(event, { cursor, range: scale, view });
    if (!effect) return;
    event.preventDefault();
    setKeyboard(true);
    if (effect.range) commit(effect.range);
    if (effect.cursor !== undefined) move(effect.cursor);
    if (effect.command === "table") parts.onTable();
    if (effect.command === "close") card.close();
    if (effect.command === "enter") entered({ parts, cursor, open: card.open });
  };
  return { pointer, card, cursor, isKeyboard, onKey, setKeyboard };
}

interface Choice {
  readonly parts: PlotParts;
  readonly open: (card: { target: Target; x: number }) => void;
}

/** In a form any instant can be chosen and the form says what is wrong with it; elsewhere only green starts a restore. */
function clicked({ parts, spot, open }: Choice & { readonly spot: Spot }) {
  const { drawn, picked, onPick } = parts;
  const target = targetAt(drawn, spot);
  const isSet = target.kind === "sets" && target.cluster.marks.length === 1;
  const at = isSet ? target.cluster.marks[0].at : chosenInstant(parts, spot.x);
  if (picked !== undefined) return onPick?.(at);
  if (target.kind === "restorable" && isRestorableAt(drawn.view, at)) return onPick?.(at);
  open({ target, x: spot.x });
}

/** The roundest instant under the pixel, as long as it is as restorable as the pixel itself. */
function chosenInstant({ drawn }: PlotParts, x: number): bigint {
  const round = roundInstantAt(drawn.scale, x);
  const exact = instantAt(drawn.scale, x);
  return isRestorableAt(drawn.view, exact) && !isRestorableAt(drawn.view, round) ? exact : round;
}

function entered({ parts, cursor, open }: Choice & { readonly cursor: bigint }) {
  const { drawn, onPick } = parts;
  if (isRestorableAt(drawn.view, cursor)) return onPick?.(cursor);
  const x = xOf(drawn.scale, cursor);
  const target = targetAt(drawn, { x, y: drawn.layout.band.top });
  open({ target, x });
}

interface Pointing {
  readonly drawn: Drawn;
  readonly spot: Spot | null;
  readonly point: (at: { target: Target; x: number } | null) => void;
}

function usePointing({ drawn, spot, point }: Pointing) {
  useEffect(() => {
    if (!spot) return point(null);
    const target = targetAt(drawn, spot);
    point({ target, x: target.kind === "sets" ? target.cluster.x : spot.x });
  });
}
