const MINUTE = 60_000;

interface Between {
  value: number;
  low: number;
  high: number;
}

/** An estimate in milliseconds as minutes, as exact as is sensible to show. */
export function inMinutes({ value, low, high }: Between): Between {
  return { value: rounded(value), low: rounded(low), high: rounded(high) };
}

function rounded(ms: number): number {
  const minutes = ms / MINUTE;
  // -0 would be shown with its sign.
  return (Math.abs(minutes) < 10 ? Math.round(minutes * 10) / 10 : Math.round(minutes)) || 0;
}
