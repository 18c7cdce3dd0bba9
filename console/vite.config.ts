import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * @oceanbase/design names a CDN as the last resort of its fonts. A console of an intranet asks nobody but its own server,
 * and the server's content security policy would refuse it.
 */
const ownFontsOnly: Plugin = {
  name: "own-fonts-only",
  transform(code, id) {
    if (!id.includes("@oceanbase/design") || !code.includes("mdn.alipayobjects.com")) return null;
    const own = code.replace(/, url\('https:\/\/mdn\.alipayobjects\.com\/[^']+'\) format\('woff2'\)/g, "");
    return { code: own, map: null };
  },
};

export default defineConfig({
  root: at("."),
  plugins: [react(), ownFontsOnly],
  resolve: {
    // @oceanbase/design brings its own antd 5 while npm puts an antd 6 at the root for the React 19 patch's peer. The patch
    // must reach the antd that is drawn with, or every Modal.confirm and message stays invisible.
    alias: [
      { find: /^antd(?=$|\/)/, replacement: at("../node_modules/@oceanbase/design/node_modules/antd") },
    ],
    dedupe: ["react", "react-dom"],
  },
  build: {
    outDir: at("../dist/console"),
    emptyOutDir: true,
    // One bundle for an intranet console: about 500 kB compressed, cached for good by its hashed name.
    chunkSizeWarningLimit: 2500,
  },
  server: { proxy: { "^/api/": process.env.HOLDFAST_URL ?? "http://127.0.0.1:8686" } },
});
