import { useParams } from "@tanstack/react-router";
import { useEffect } from "react";
import { useAnswer } from "../../api.ts";
import { isAlarming } from "../../messages/gap-cause.ts";

/** The browser's tab tells of a gap that grows in the tenant that is shown, also while another tab is looked at. */
export function useTabMark(title: string) {
  const { cluster = "", tenant = "" } = useParams({ strict: false });
  const isOfTenant = cluster !== "" && tenant !== "";
  const page = useAnswer("showTenant", { params: { cluster, tenant } }, { enabled: isOfTenant }).data;
  const gap = isOfTenant && page?.hasBackups ? page.verdict.openGap : null;
  const isMarked = gap ? isAlarming(gap.cause) : false;
  useEffect(() => {
    document.title = isMarked ? `● ${title}` : title;
    const icon = document.querySelector<HTMLLinkElement>("link[rel=icon]");
    if (icon) icon.href = isMarked ? "/favicon-gap.svg" : "/favicon.svg";
  }, [title, isMarked]);
}
