import type { Language } from "../settings.tsx";
import { enUS } from "./en-US.ts";
import { timelineEn } from "./timeline.en.ts";
import { timelineZh } from "./timeline.zh.ts";
import { wizardEn } from "./wizard.en.ts";
import { wizardZh } from "./wizard.zh.ts";
import { zhCN } from "./zh-CN.ts";

/** Every message of the console. Chinese names the keys; English must have exactly the same or it does not compile. */
export const CATALOGUES = {
  "zh-CN": { ...zhCN, ...timelineZh, ...wizardZh },
  "en-US": { ...enUS, ...timelineEn, ...wizardEn },
} as const satisfies Record<Language, Readonly<Record<string, string>>>;

export type MessageKey = keyof (typeof CATALOGUES)["zh-CN"];
