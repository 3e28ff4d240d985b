import { useRef } from 'preact/hooks';

/**
 * Gives a request its `Idempotency-Key`: the same for the same request, so that pressing a button twice, or again after
 * an answer was lost, acts once. After `renew` the same request is a new one.
 */
export function useRequestKey(): {
  readonly keyFor: (request: string) => string;
  readonly renew: () => void;
} {
  const last = useRef<{ readonly request: string; readonly key: string } | null>(null);
  return {
    keyFor: (request) => {
      if (last.current?.request !== request) last.current = { request, key: makeKey() };
      return last.current.key;
    },
    renew: () => {
      last.current = null;
    },
  };
}

/** `crypto.randomUUID` is there only where the page came by HTTPS or from this machine. */
function makeKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
}
