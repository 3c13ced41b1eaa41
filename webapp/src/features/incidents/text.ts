import { textHook } from "@/ui";
import type en from "./text.en";

export const useIncidentsText = textHook<typeof en>("incidents");

export type IncidentsText = typeof en;
