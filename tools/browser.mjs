// The browser tests drive Debian's Chromium, with a font that has Chinese. Where there is apt and the right to use it,
// both are installed; elsewhere this says what to install.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

const places = [
  process.env.HOLDFAST_CHROMIUM,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
];

export function browserPath() {
  return places.find((place) => place && existsSync(place));
}

export function ensureBrowser() {
  if (browserPath() && hasChineseFont()) return;
  const wanted =
    "chromium and a Chinese font (Debian: apt-get install -y --no-install-recommends chromium fonts-noto-cjk)";
  const run = (program, args) =>
    spawnSync(program, args, {
      stdio: ["ignore", 2, 2],
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    });
  if (!existsSync("/usr/bin/apt-get") || process.getuid?.() !== 0) {
    console.error(
      `setup: the browser tests need ${wanted}. Install them, or name a Chromium in HOLDFAST_CHROMIUM.`,
    );
    process.exit(1);
  }
  console.error(`setup: installing ${wanted} …`);
  run("apt-get", ["update", "-qq"]);
  run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-noto-cjk"]);
  if (browserPath()) return;
  console.error("setup: apt-get could not install chromium; see above.");
  process.exit(1);
}

function hasChineseFont() {
  const list = spawnSync("fc-list", [":lang=zh", "family"], { encoding: "utf8" });
  return list.error !== undefined || list.stdout.trim() !== "";
}
