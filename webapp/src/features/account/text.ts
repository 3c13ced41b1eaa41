import { textHook } from "@/ui";
import type en from "./text.en";

export const useAccountText = textHook<typeof en>("account");
