import { create } from "zustand";

export const THEMES = ["system", "light", "dark", "contrast"] as const;
export type Theme = (typeof THEMES)[number];

const KEPT_AS = "theme";
const prefersDark = window.matchMedia("(prefers-color-scheme: dark)");
const prefersContrast = window.matchMedia("(prefers-contrast: more)");

/** The chosen theme; this browser remembers it. */
export const useTheme = create<{ theme: Theme }>(() => ({ theme: kept() }));

export function chooseTheme(theme: Theme): void {
  localStorage.setItem(KEPT_AS, theme);
  useTheme.setState({ theme });
}

/** Keep the page in the chosen theme from now on. */
export function applyTheme(): void {
  const apply = () => {
    document.documentElement.dataset.theme = inForce(useTheme.getState().theme);
  };
  useTheme.subscribe(apply);
  prefersDark.addEventListener("change", apply);
  prefersContrast.addEventListener("change", apply);
  apply();
}

function inForce(theme: Theme): Exclude<Theme, "system"> {
  if (theme !== "system") return theme;
  if (prefersContrast.matches) return "contrast";
  return prefersDark.matches ? "dark" : "light";
}

function kept(): Theme {
  const name = localStorage.getItem(KEPT_AS);
  return THEMES.find((theme) => theme === name) ?? "system";
}
