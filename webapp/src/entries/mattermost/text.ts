import { textHook } from "@/ui";
import type en from "./text.en";

export const usePluginText = textHook<typeof en>("mattermost");
