import { useCallback, useEffect, useState } from 'preact/hooks';

import { followRun, type Seen } from '../live/follow-run.ts';

const nothing: Seen = { run: null, connection: { state: 'connecting' } };

/** A run as it is now. `reopen` looks anew at one that had ended and may go on. */
export function useLiveRun(id: string): Seen & { readonly reopen: () => void } {
  const [seen, setSeen] = useState<Seen>(nothing);
  const [round, setRound] = useState(0);
  useEffect(() => followRun(id, setSeen), [id, round]);
  useEffect(
    () => () => {
      setSeen(nothing);
    },
    [id],
  );
  const reopen = useCallback(() => {
    setRound((count) => count + 1);
  }, []);
  return { ...seen, reopen };
}
