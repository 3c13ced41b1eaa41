import { readFileSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import locales from "@react-aria/optimize-locales-plugin";
import react from "@vitejs/plugin-react";
import { defineConfig, type UserConfig } from "vite";
import { emoji } from "./plugins/emoji.ts";
import { scoped } from "./plugins/scoped.ts";
import { words } from "./plugins/words.ts";

/** Where the parts of the plugin for Mattermost's web app are built; `commandpost plugin-bundle` packs them. */
const built = resolve(import.meta.dirname, "../src/commandpost/plugin/webapp");
const entry = resolve(import.meta.dirname, "src/entries/mattermost");

/** The app: modules that lie beside each other, wherever Mattermost serves them. */
const app: UserConfig = {
  base: "./",
  plugins: [react(), emoji(), words(), locales.vite({ locales: ["en-US", "de-DE"] }), scoped()],
  resolve: { alias: { "@": resolve(import.meta.dirname, "src") } },
  publicDir: false,
  build: {
    outDir: built,
    assetsDir: "",
    emptyOutDir: true,
    manifest: "manifest.json",
    cssCodeSplit: false,
    assetsInlineLimit: 0,
    modulePreload: false,
    chunkSizeWarningLimit: 1000,
    rolldownOptions: {
      input: resolve(entry, "app.tsx"),
      preserveEntrySignatures: "strict",
    },
  },
};

/** What Mattermost loads: one plain script, which knows the names of the app's files. */
function main(): UserConfig {
  const manifest = resolve(built, "manifest.json");
  const files = Object.values(
    JSON.parse(readFileSync(manifest, "utf8")) as Record<string, { file: string; isEntry?: boolean }>,
  );
  const script = files.find((file) => file.isEntry)?.file;
  const style = files.find(({ file }) => file.endsWith(".css"))?.file;
  rmSync(manifest);
  return {
    define: { APP_SCRIPT: JSON.stringify(script), APP_STYLE: JSON.stringify(style) },
    publicDir: false,
    build: {
      outDir: built,
      emptyOutDir: false,
      modulePreload: false,
      rolldownOptions: {
        input: resolve(entry, "main.ts"),
        output: { format: "iife", entryFileNames: "main.js" },
      },
    },
  };
}

export default defineConfig(({ mode }) => (mode === "main" ? { ...main(), mode: "production" } : app));
