import { useState } from "react";
import { useFigures } from "../../messages/figures.ts";
import { Facts } from "../facts.tsx";
import { instantOfMicros } from "../time.tsx";
import { type MarkCluster, shapeOf } from "./dense.ts";
import type { CardActions } from "./hover-card.tsx";
import { MarkShape } from "./mark-shape.tsx";
import type { Mark } from "./restorable-view.ts";

export function SetCard({ mark, words, onPick }: CardActions & { readonly mark: Mark }) {
  return (
    <>
      <header className="tl-card-head">
        <svg width="14" height="14" aria-hidden="true">
          <MarkShape shape={shapeOf(mark)} x={7} y={7} />
        </svg>
        <strong>{words.setName(mark)}</strong>
        <span className={`tl-tag tl-tag-${stateOf(mark)}`}>
          {words.text(`timeline.setState.${stateOf(mark)}`)}
        </span>
      </header>
      <SetFacts mark={mark} words={words} />
      {mark.comment ? <p className="tl-card-note">{mark.comment}</p> : null}
      {mark.isRestorable ? (
        <footer className="tl-card-actions">
          {onPick ? (
            <button type="button" className="tl-link" onClick={() => onPick(mark.at)}>
              {words.text("timeline.act.restore")}
            </button>
          ) : null}
          <CopyScn at={mark.at} words={words} />
        </footer>
      ) : null}
    </>
  );
}

function SetFacts({ mark, words }: Pick<CardActions, "words"> & { readonly mark: Mark }) {
  const { text, instant } = words;
  const figures = useFigures();
  const started = mark.startedAt === null ? "—" : instant(instantOfMicros(mark.startedAt));
  const took =
    mark.startedAt === null || mark.endedAt === null
      ? "—"
      : figures.duration((mark.endedAt - mark.startedAt) / 1_000_000);
  const source = text(mark.startedBySys ? "timeline.source.cluster" : "timeline.source.tenant");
  return (
    <Facts
      facts={[
        mark.status === "succeeded"
          ? { label: text("timeline.set.at"), value: instant(mark.at, "full") }
          : { label: text("timeline.set.startedAt"), value: started },
        { label: text("timeline.set.source"), value: source },
        { label: text("timeline.set.version"), value: mark.compatible ?? "—" },
        { label: text("timeline.set.size"), value: figures.bytes(mark.outputBytes) },
        { label: text("timeline.set.took"), value: took },
      ]}
    />
  );
}

function stateOf(mark: Mark): "restorable" | "failed" | "running" | "notRestorable" {
  if (mark.isRestorable) return "restorable";
  if (mark.status === "failed" || mark.status === "running") return mark.status;
  return "notRestorable";
}

function CopyScn({ at, words }: Pick<CardActions, "words"> & { readonly at: bigint }) {
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(String(at));
    setCopied(true);
  };
  return (
    <button type="button" className="tl-link" onClick={() => void copy()}>
      {words.text(isCopied ? "timeline.act.copied" : "timeline.act.copyScn")}
    </button>
  );
}

export function SetsCard({ cluster, words, onZoom }: CardActions & { readonly cluster: MarkCluster }) {
  const { text } = words;
  const count = cluster.marks.length;
  const names = cluster.marks.slice(0, 12).map((mark) => words.setName(mark));
  return (
    <>
      <header className="tl-card-head">
        <strong>
          {text(cluster.kind === "failures" ? "timeline.sets.failed" : "timeline.sets.count", { count })}
        </strong>
      </header>
      <p className="tl-card-note">
        {names.join(" · ")}
        {count > names.length ? " …" : ""}
      </p>
      <footer className="tl-card-actions">
        <button
          type="button"
          className="tl-link"
          onClick={() => onZoom(cluster.marks.map((mark) => mark.at))}
        >
          {text("timeline.sets.zoom")}
        </button>
      </footer>
    </>
  );
}
