import { textHook } from "@/ui";
import type en from "./text.en";

export const useRehearsalText = textHook<typeof en>("rehearsal");
