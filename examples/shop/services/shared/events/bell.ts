/** Wakes one who waits. A ring while nobody waits is kept for the next. */
export interface Bell {
  readonly ring: () => void;
  /** Until it rings, the time is over or the signal comes. */
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

export function createBell(): Bell {
  let hasRung = false;
  let wake = (): void => undefined;
  return {
    ring: () => {
      hasRung = true;
      wake();
    },
    wait: async (milliseconds, signal) => {
      if (!hasRung && !signal.aborted) {
        await new Promise<void>((resolve) => {
          const end = (): void => {
            clearTimeout(timer);
            signal.removeEventListener('abort', end);
            resolve();
          };
          const timer = setTimeout(end, milliseconds);
          signal.addEventListener('abort', end);
          wake = end;
        });
      }
      hasRung = false;
    },
  };
}
