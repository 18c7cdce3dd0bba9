import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";

export type Language = "zh-CN" | "en-US";
export type Look = "light" | "dark";

interface Settings {
  readonly language: Language;
  readonly look: Look;
  readonly setLanguage: (language: Language) => void;
  readonly setLook: (look: Look) => void;
}

const SettingsContext = createContext<Settings | null>(null);

/** Language and look: the viewer's last choice in this browser, before that what the browser itself prefers. */
export function SettingsProvider({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(
    () => remembered("holdfast.language", ["zh-CN", "en-US"]) ?? browserLanguage(),
  );
  const [look, setLook] = useState<Look>(
    () => remembered("holdfast.look", ["light", "dark"]) ?? browserLook(),
  );
  useEffect(() => {
    document.documentElement.lang = language;
    document.documentElement.dataset.theme = look;
  }, [language, look]);
  const settings = useMemo<Settings>(
    () => ({
      language,
      look,
      setLanguage: (chosen) => remember("holdfast.language", chosen, setLanguage),
      setLook: (chosen) => remember("holdfast.look", chosen, setLook),
    }),
    [language, look],
  );
  return <SettingsContext value={settings}>{children}</SettingsContext>;
}

export function useSettings(): Settings {
  const settings = useContext(SettingsContext);
  if (!settings) throw new Error("useSettings needs SettingsProvider above it");
  return settings;
}

function browserLanguage(): Language {
  return navigator.language.toLowerCase().startsWith("zh") ? "zh-CN" : "en-US";
}

function browserLook(): Look {
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

/** A browser that forbids storage forgets the choice with the tab; nothing else breaks. */
function remembered<Choice extends string>(key: string, choices: readonly Choice[]): Choice | undefined {
  try {
    return choices.find((choice) => choice === localStorage.getItem(key));
  } catch {
    return undefined;
  }
}

function remember<Choice extends string>(key: string, choice: Choice, apply: (choice: Choice) => void) {
  apply(choice);
  try {
    localStorage.setItem(key, choice);
  } catch {
    // see `remembered`
  }
}
