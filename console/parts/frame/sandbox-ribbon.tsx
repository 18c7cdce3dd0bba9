import { useParams } from "@tanstack/react-router";
import { useAnswer } from "../../api.ts";
import { useText } from "../../messages/text.ts";

/** Nobody shall take a sandbox for a cluster: said on every page of it, and wherever all clusters are sandboxes. */
export function SandboxRibbon() {
  const text = useText();
  const { cluster } = useParams({ strict: false });
  const clusters = useAnswer("listClusters", {}).data?.items ?? [];
  const shown = cluster ? clusters.filter((item) => item.name === cluster) : clusters;
  const sandboxes = shown.filter((item) => item.isSandbox);
  if (sandboxes.length === 0) return null;
  return (
    <aside className="ribbon" aria-label={text("frame.sandbox")}>
      <strong>{text("frame.sandbox")}</strong>
      <span>
        {text("frame.sandboxSays", {
          names: sandboxes.map((item) => item.name).join(", "),
          comment: sandboxes[0]?.versionComment ?? "",
        })}
      </span>
    </aside>
  );
}
