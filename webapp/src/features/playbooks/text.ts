import { textHook } from "@/ui";
import type en from "./text.en";

export const usePlaybooksText = textHook<typeof en>("playbooks");
