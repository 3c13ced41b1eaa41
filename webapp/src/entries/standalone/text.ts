import { textHook } from "@/ui";
import type en from "./text.en";

export const useEntryText = textHook<typeof en>("standalone");
