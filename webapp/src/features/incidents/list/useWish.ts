import { useCallback, useMemo } from "react";
import { navigate, navigatorStore, useAddress } from "@/host";
import { type Wish, wishIn, writtenWish } from "./wish";

/** The wish in the address. A change of anything but the page begins at the first page. */
export function useWish(): [Wish, (change: Partial<Wish>) => void] {
  const { search } = useAddress();
  const wish = useMemo(() => wishIn(search), [search]);
  const change = useCallback((changes: Partial<Wish>) => {
    const { address } = navigatorStore.getState();
    const next = { ...wishIn(address.search), page: 0, ...changes };
    navigate(`${address.path}${writtenWish(next)}`, { replace: true });
  }, []);
  return [wish, change];
}
