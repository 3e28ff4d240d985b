import { useEffect, useState } from 'preact/hooks';

import { type PageRoute, readRoute } from '../route.ts';

/** What the address says, now and after every change of it. */
export function useRoute(): PageRoute {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const read = (): void => {
      setHash(location.hash);
    };
    addEventListener('hashchange', read);
    return () => {
      removeEventListener('hashchange', read);
    };
  }, []);
  return readRoute(hash);
}
