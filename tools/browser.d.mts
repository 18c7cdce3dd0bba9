/** Where a Chromium is on this machine; undefined where there is none. */
export function browserPath(): string | undefined;
/** Installs what the browser tests need, or ends the process saying what to install. */
export function ensureBrowser(): void;
