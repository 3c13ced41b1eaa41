import { resolve } from "node:path";
import locales from "@react-aria/optimize-locales-plugin";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { compressed } from "./plugins/compressed.ts";
import { emoji } from "./plugins/emoji.ts";
import { words } from "./plugins/words.ts";

const served = resolve(import.meta.dirname, "../src/commandpost/static");

export default defineConfig(({ mode }) => ({
  plugins: [
    react(),
    emoji(),
    words(),
    // Of react-aria's own words only those in languages that the app speaks.
    locales.vite({ locales: ["en-US", "de-DE"] }),
    compressed(served),
  ],
  resolve: { alias: { "@": resolve(import.meta.dirname, "src") } },
  build: {
    outDir: served,
    // The page of a server attached to a Mattermost is built after, beside it: --mode attached.
    emptyOutDir: mode !== "attached",
    // No image or font is put into a style sheet or script: the content security policy allows files only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 800,
    rolldownOptions: {
      input: mode === "attached" ? "attached.html" : "index.html",
      output:
        mode === "attached"
          ? {}
          : {
              codeSplitting: {
                // What the frame and what a channel needs come in one piece each: pieces of pieces compress worse, and
                // each costs a request. The rest is split as it is imported.
                groups: [
                  { name: "app", test: /entries\/standalone\/main\.tsx$/, priority: 2 },
                  { name: "channel", test: /workspace\/channel\/ChannelPage\.tsx$/, priority: 1 },
                ],
              },
            },
    },
  },
  server: {
    port: 18100,
    proxy: {
      "/api": { target: "http://127.0.0.1:8065", ws: true },
      "/plugins": "http://127.0.0.1:8065",
    },
  },
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.{ts,tsx}"],
    setupFiles: ["src/ui/testing/setup.ts"],
    pool: "threads",
    maxWorkers: 2,
    isolate: false,
    testTimeout: 30_000,
  },
}));
