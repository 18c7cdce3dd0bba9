import { Drawer } from "@oceanbase/design";
import { Outlet, useParams } from "@tanstack/react-router";
import { type MouseEvent, useState } from "react";
import { useText } from "../../messages/text.ts";
import { ConnectionBar } from "./connection-bar.tsx";
import { GlobalMenu } from "./global-menu.tsx";
import { SandboxRibbon } from "./sandbox-ribbon.tsx";
import { TenantMenu } from "./tenant-menu.tsx";
import { TopBar } from "./top-bar.tsx";

/** Menu at the left, where one is at the top, the page below; the menu becomes a rail, then a drawer, as it gets narrow. */
export function Frame() {
  const text = useText();
  const [isMenuOpen, setMenuOpen] = useState(false);
  const closeAfterLink = (event: MouseEvent) => {
    if (event.target instanceof Element && event.target.closest("a")) setMenuOpen(false);
  };
  return (
    <div className="frame">
      <a className="skip" href="#page">
        {text("frame.skip")}
      </a>
      <nav className="menu" aria-label={text("frame.menu")}>
        <div className="menu-inner">
          <Menu />
        </div>
      </nav>
      <Drawer
        open={isMenuOpen}
        onClose={() => setMenuOpen(false)}
        placement="left"
        width={264}
        title="Holdfast"
        className="menu-drawer"
      >
        {/* A place chosen in it closes it. */}
        <nav aria-label={text("frame.menu")} onClickCapture={closeAfterLink}>
          <Menu />
        </nav>
      </Drawer>
      <div className="frame-right">
        <TopBar onMenu={() => setMenuOpen(true)} />
        <ConnectionBar />
        <SandboxRibbon />
        <main id="page" className="page" tabIndex={-1}>
          <Outlet />
        </main>
      </div>
    </div>
  );
}

/** Inside a tenant its own menu takes the place of the global one. */
function Menu() {
  const { cluster, tenant } = useParams({ strict: false });
  return cluster && tenant ? <TenantMenu cluster={cluster} tenant={tenant} /> : <GlobalMenu />;
}
