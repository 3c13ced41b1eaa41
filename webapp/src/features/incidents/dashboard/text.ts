import { textHook } from "@/ui";
import type en from "./text.en";

export const useDashboardText = textHook<typeof en>("dashboard");

export type DashboardText = ReturnType<typeof useDashboardText>;
