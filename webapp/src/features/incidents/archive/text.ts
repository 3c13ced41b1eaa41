import { textHook } from "@/ui";
import type en from "./text.en";

export const useArchiveText = textHook<typeof en>("archive");

export type ArchiveText = typeof en;
