import "./schemas-without-eval.ts";
import "@ant-design/v5-patch-for-react-19";
import { ConfigProvider } from "@oceanbase/design";
import enDesign from "@oceanbase/design/es/locale/en-US";
import zhDesign from "@oceanbase/design/es/locale/zh-CN";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode, useEffect, useMemo } from "react";
import { createRoot } from "react-dom/client";
import { IntlProvider } from "react-intl";
import { queryClient } from "./api.ts";
import { followChanges } from "./live.ts";
import { CATALOGUES } from "./messages/catalogue.ts";
import { router } from "./routes.tsx";
import { SettingsProvider, useSettings } from "./settings.tsx";
import { themeFor } from "./theme.ts";
import "./theme.css";
import "./console.css";
import "./frame.css";
import "./records.css";
import "./pages/tenant/backup.css";
import "./pages/operation/operation.css";

function Console() {
  const { language, look } = useSettings();
  const theme = useMemo(() => themeFor(look), [look]);
  useEffect(() => followChanges(queryClient), []);
  return (
    <IntlProvider locale={language} messages={CATALOGUES[language]}>
      <ConfigProvider
        theme={theme}
        locale={language === "zh-CN" ? zhDesign : enDesign}
        button={{ autoInsertSpace: false }}
        getPopupContainer={landmarkOf}
      >
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </ConfigProvider>
    </IntlProvider>
  );
}

/** Floating parts are drawn inside the page's main part, or the dialog they belong to, where readers look for them. */
function landmarkOf(trigger?: HTMLElement): HTMLElement {
  return trigger?.closest<HTMLElement>("[role=dialog]") ?? document.querySelector("main") ?? document.body;
}

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");
createRoot(root).render(
  <StrictMode>
    <SettingsProvider>
      <Console />
    </SettingsProvider>
  </StrictMode>,
);
