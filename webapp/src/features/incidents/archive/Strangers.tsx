import { useQuery } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useMemo } from "react";
import { nameOf } from "@/api";
import { originQuery } from "./questions";

const Strangers = createContext<ReadonlyMap<string, string>>(new Map());

/** What shows an incident: those in it who have no account here are called as its archive calls them. */
export function StrangersOf({ incident, children }: { incident: string; children: ReactNode }) {
  const { data } = useQuery(originQuery(incident));
  const names = useMemo(
    () => new Map(data?.people.map((person) => [person.id, nameOf(person)])),
    [data?.people],
  );
  return <Strangers value={names}>{children}</Strangers>;
}

/** The name of somebody without an account here; "" where none is known. */
export function useStrangerName(id: string): string {
  return useContext(Strangers).get(id) ?? "";
}
