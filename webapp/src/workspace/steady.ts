import { useCallback, useRef } from "react";

/** The same function at each drawing, that does what the latest one would: what it is given to is not drawn again. */
export function useSteady<Given extends unknown[]>(
  deed: (...given: Given) => void,
): (...given: Given) => void {
  const latest = useRef(deed);
  latest.current = deed;
  return useCallback((...given) => latest.current(...given), []);
}
