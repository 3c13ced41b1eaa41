import { nameOf, useUser } from "@/api";
import { useIncidentsText } from "./text";

/** How somebody is called; for nobody, what acts by itself. */
export function useName(id: string): string {
  const text = useIncidentsText();
  const user = useUser(id);
  if (id === "") return text("itself");
  return user ? nameOf(user) : user === null ? text("somebody") : "…";
}
