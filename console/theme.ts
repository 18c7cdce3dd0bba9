import { type ThemeConfig, theme } from "@oceanbase/design";
import type { Look } from "./settings.tsx";

/** The neutrals of theme.css again, as figures: the components derive shades from them. */
const NEUTRALS = {
  light: {
    colorText: "#132039",
    colorTextSecondary: "#5c6b8a",
    // OceanBase's tertiary and placeholder texts are too pale to read on white.
    colorTextTertiary: "#5c6b8a",
    colorTextPlaceholder: "#5c6b8a",
    colorTextDescription: "#5c6b8a",
    colorBorder: "#cdd5e4",
    colorBorderSecondary: "#e2e8f3",
    colorPrimary: "#0d6cf2",
    colorInfo: "#0d6cf2",
    colorLink: "#0d6cf2",
    colorError: "#d63a3a",
  },
  dark: {
    colorText: "#e7ecf6",
    colorTextSecondary: "#a2afc8",
    colorTextTertiary: "#a2afc8",
    colorTextPlaceholder: "#a2afc8",
    colorTextDescription: "#a2afc8",
    colorBgLayout: "#0c121e",
    colorBgContainer: "#131b2b",
    colorBgElevated: "#1b2538",
    colorBgSpotlight: "#1b2538",
    colorBorder: "#35435f",
    colorBorderSecondary: "#253149",
    colorPrimary: "#1a6ae8",
    colorInfo: "#6aa6ff",
    colorLink: "#6aa6ff",
    colorError: "#f27171",
  },
} as const satisfies Record<Look, ThemeConfig["token"]>;

const TRACKS = {
  light: {
    trackBg: "#ebeff7",
    itemSelectedBg: "#ffffff",
    itemColor: "#5c6b8a",
    itemSelectedColor: "#132039",
  },
  dark: { trackBg: "#0f1624", itemSelectedBg: "#24314b", itemColor: "#a2afc8", itemSelectedColor: "#e7ecf6" },
} as const;

const FONT = '"Inter UI", "PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", sans-serif';

export function themeFor(look: Look): ThemeConfig {
  return {
    isDark: look === "dark",
    ...(look === "dark" ? { algorithm: theme.darkAlgorithm } : {}),
    token: {
      ...NEUTRALS[look],
      fontFamily: FONT,
      controlHeight: 28,
      borderRadiusLG: 8,
      motionDurationMid: "0.12s",
    },
    components: {
      Segmented: TRACKS[look],
      Tooltip: look === "dark" ? { colorTextLightSolid: "#e7ecf6" } : {},
    },
  };
}
