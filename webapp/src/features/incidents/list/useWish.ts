import { useCallback, useMemo } from "react";
import { addressNow, navigate, useAddress } from "@/host";
import { type Wish, wishIn, writtenWish } from "./wish";

/** The wish in the address. A change of anything but the page begins at the first page. */
export function useWish(): [Wish, (change: Partial<Wish>) => void] {
  const { search } = useAddress();
  const wish = useMemo(() => wishIn(search), [search]);
  const change = useCallback((changes: Partial<Wish>) => {
    const { path, search } = addressNow();
    const next = { ...wishIn(search), page: 0, ...changes };
    navigate(`${path}${writtenWish(next)}`, { replace: true });
  }, []);
  return [wish, change];
}
