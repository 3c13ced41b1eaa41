import { textHook } from "@/ui";
import type en from "./text.en";

export const useIncidentPanelText = textHook<typeof en>("incident-panel");
