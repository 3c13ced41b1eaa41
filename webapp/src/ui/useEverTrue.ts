import { useState } from "react";

/** Whether something has been so at least once: what was opened stays, so that it can leave as it came. */
export function useEverTrue(isSo: boolean): boolean {
  const [was, setWas] = useState(isSo);
  if (isSo && !was) setWas(true);
  return isSo || was;
}
