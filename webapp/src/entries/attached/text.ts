import { textHook } from "@/ui";
import type en from "./text.en";

export const useAttachedText = textHook<typeof en>("attached");
