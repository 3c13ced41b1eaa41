/** A day as inputs of dates write it, "2026-11-28"; "" for whatever else an address says. */
export function dayIn(written: string | null): string {
  return written !== null && /^\d{4}-\d\d-\d\d$/.test(written) && !Number.isNaN(Date.parse(written))
    ? written
    : "";
}

/** An id; "" for whatever else an address says. */
export function idIn(written: string | null): string {
  return written !== null && /^[a-z0-9]{26}$/.test(written) ? written : "";
}
