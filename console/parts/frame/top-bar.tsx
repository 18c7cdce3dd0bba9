import { useText } from "../../messages/text.ts";
import { useSettings } from "../../settings.tsx";
import { Glyph } from "../glyph.tsx";
import { instantOfMs, offsetAt, useNowMs, useZone } from "../time.tsx";
import { Brand } from "./brand.tsx";
import { Breadcrumb } from "./breadcrumb.tsx";

export function TopBar({ onMenu }: { readonly onMenu: () => void }) {
  const text = useText();
  return (
    <header className="top">
      <button type="button" className="bare top-menu" onClick={onMenu} aria-label={text("frame.openMenu")}>
        <Glyph name="menu" size={20} />
      </button>
      <div className="top-brand">
        <Brand />
      </div>
      <Breadcrumb />
      <div className="top-right">
        <Zone />
        <LookSwitch />
        <LanguageSwitch />
      </div>
    </header>
  );
}

function Zone() {
  const text = useText();
  const zone = useZone();
  const nowMs = useNowMs();
  return (
    <span className="top-zone" title={text("frame.zone")}>
      {zone} {offsetAt(instantOfMs(nowMs), zone)}
    </span>
  );
}

function LookSwitch() {
  const text = useText();
  const { look, setLook } = useSettings();
  const other = look === "light" ? "dark" : "light";
  return (
    <button
      type="button"
      className="bare"
      onClick={() => setLook(other)}
      aria-label={text(`frame.look.${other}`)}
      title={text(`frame.look.${other}`)}
    >
      <Glyph name={other === "dark" ? "moon" : "sun"} size={16} />
    </button>
  );
}

function LanguageSwitch() {
  const { language, setLanguage } = useSettings();
  const other = language === "zh-CN" ? "en-US" : "zh-CN";
  return (
    <button
      type="button"
      className="bare"
      lang={other}
      onClick={() => setLanguage(other)}
      aria-label={other === "zh-CN" ? "切换到中文" : "Switch to English"}
    >
      <Glyph name="language" size={16} /> {other === "zh-CN" ? "中文" : "English"}
    </button>
  );
}
