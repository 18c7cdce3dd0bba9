import type { MarkCluster } from "./dense.ts";
import type { Row } from "./layout.ts";
import { MarkShape } from "./mark-shape.tsx";
import type { Mark } from "./restorable-view.ts";

interface SetsLaneProps {
  readonly clusters: readonly MarkCluster[];
  /** Sets that are being written: they stand right of the live edge. */
  readonly running: readonly Mark[];
  /** Where they stand; null where the window does not reach the live edge. */
  readonly runningX: number | null;
  readonly chosen: MarkCluster | null;
  readonly row: Row;
  readonly showIds: boolean;
}

const MARK_OFFSET = 24;
const ID_OFFSET = 42;

export function SetsLane({ clusters, running, runningX, chosen, row, showIds }: SetsLaneProps) {
  const y = row.top + (showIds ? MARK_OFFSET : 18);
  const [newest] = running;
  return (
    <g className="tl-sets">
      {clusters.map((cluster) => (
        <ClusterMark
          key={`${cluster.kind}-${cluster.marks[0].setId}`}
          {...{ cluster, row, showIds }}
          y={
            isCrowded(cluster, { all: clusters, within: CROWDED_PX[showIds ? "withIds" : "bare"] })
              ? row.top + 9
              : y
          }
          isChosen={chosen === cluster}
        />
      ))}
      {newest && runningX !== null ? <RunningMark mark={newest} x={runningX} y={y} /> : null}
    </g>
  );
}

interface ClusterMarkProps {
  readonly cluster: MarkCluster;
  readonly row: Row;
  readonly y: number;
  readonly showIds: boolean;
  readonly isChosen: boolean;
}

function ClusterMark({ cluster, row, y, showIds, isChosen }: ClusterMarkProps) {
  const isLifted = y < row.top + 12;
  return (
    <g>
      {isChosen ? <circle className="tl-ring" cx={cluster.x} cy={y} r={12} /> : null}
      <MarkShape shape={cluster.shape} x={cluster.x} y={y} isPale={!cluster.marks.some(isOfUse)} />
      {showIds && !isLifted ? (
        <text
          className={cluster.kind === "failures" ? "tl-id tl-id-failed" : "tl-id"}
          x={cluster.x}
          y={row.top + ID_OFFSET}
        >
          {idOf(cluster)}
        </text>
      ) : null}
      {showIds && isLifted ? (
        <text className="tl-lifted" x={cluster.x + 8} y={y} dominantBaseline="central">
          {idOf(cluster)}
        </text>
      ) : null}
    </g>
  );
}

/** With numbers below the marks they need more room. */
const CROWDED_PX = { withIds: 26, bare: 13 } as const;

/** A failure so close to a set that their numbers would touch moves above it. */
function isCrowded(
  cluster: MarkCluster,
  { all, within }: { readonly all: readonly MarkCluster[]; readonly within: number },
): boolean {
  if (cluster.kind !== "failures") return false;
  return all.some((other) => other.kind === "sets" && Math.abs(other.x - cluster.x) < within);
}

function isOfUse(mark: Mark): boolean {
  return mark.isRestorable || mark.status !== "succeeded";
}

/** The set's number, or how many there are. */
function idOf({ marks }: MarkCluster): string {
  return marks.length > 1 ? `×${marks.length}` : String(marks[0].setId);
}

function RunningMark({ mark, x, y }: { readonly mark: Mark; readonly x: number; readonly y: number }) {
  const percent = mark.fraction === null ? "" : `${Math.floor(mark.fraction * 100)}%`;
  return (
    <g>
      <MarkShape shape="running" x={x} y={y} size={11} />
      <text className="tl-running-text" x={x + 10} y={y + 1} dominantBaseline="central">
        {percent}
      </text>
    </g>
  );
}
