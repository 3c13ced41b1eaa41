import { textHook } from "@/ui";
import type en from "./text.en";

export const useWorkspaceText = textHook<typeof en>("workspace");
