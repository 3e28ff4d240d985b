import { useEffect, useState } from 'preact/hooks';

/**
 * The time, in milliseconds since 1970.
 *
 * @param every milliseconds between two looks at the clock; `null` = it stands still
 */
export function useNow(every: number | null): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (every === null) return undefined;
    const timer = setInterval(() => {
      setNow(Date.now());
    }, every);
    return () => {
      clearInterval(timer);
    };
  }, [every]);
  return now;
}
