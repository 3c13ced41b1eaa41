import { useCallback } from "react";
import { messageOf } from "@/api";
import { toast } from "@/ui";
import { useIncidentPanelText } from "./text";

/** Tells why a deed was refused, or that nobody could be reached. */
export function useSayFailure(): (error: unknown) => void {
  const text = useIncidentPanelText();
  return useCallback(
    (error) => toast({ text: messageOf(error) ?? text("notReached"), tone: "danger" }),
    [text],
  );
}
