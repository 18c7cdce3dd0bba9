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
  const [one] = sandboxes;
  if (!one) return null;
  return (
    <aside className="ribbon" aria-label={text("frame.sandbox")}>
      <strong>{text("frame.sandbox")}</strong>
      <span>
        {sandboxes.length === 1
          ? text("frame.sandboxSays", { names: one.name, comment: one.versionComment })
          : text("frame.sandboxesSay", {
              names: sandboxes.map((item) => `${item.name} (${item.version})`).join(", "),
            })}
      </span>
    </aside>
  );
}
