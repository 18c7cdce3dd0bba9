import type { Language } from "../settings.tsx";
import { enUS } from "./en-US.ts";
import { zhCN } from "./zh-CN.ts";

/** Every message of the console. Chinese names the keys; English must have exactly the same or it does not compile. */
export const CATALOGUES = {
  "zh-CN": { ...zhCN },
  "en-US": { ...enUS },
} as const satisfies Record<Language, Readonly<Record<string, string>>>;

export type MessageKey = keyof (typeof CATALOGUES)["zh-CN"];
