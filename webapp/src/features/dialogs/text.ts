import { textHook } from "@/ui";
import type en from "./text.en";

export const useDialogsText = textHook<typeof en>("dialogs");
