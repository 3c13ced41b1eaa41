import { nameOf, useUser } from "@/api";
import { useStrangerName } from "./archive/Strangers";
import { useIncidentsText } from "./text";

/** How somebody is called; for nobody, what acts by itself. */
export function useName(id: string): string {
  const text = useIncidentsText();
  const user = useUser(id);
  const stranger = useStrangerName(id);
  if (id === "") return text("itself");
  if (user) return nameOf(user);
  return user === null ? stranger || text("somebody") : "…";
}
