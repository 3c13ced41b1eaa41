import { textHook } from "@/ui";
import type en from "./text.en";

export const useAdministrationText = textHook<typeof en>("administration");
