import type { JSX } from 'preact';

import { useRoute } from './hooks/use-route.ts';
import { type PageRoute, writeRoute } from './route.ts';
import { CorrelationView } from './views/correlation-view.tsx';
import { NowhereView } from './views/nowhere-view.tsx';
import { ProcessesView } from './views/processes-view.tsx';
import { RunView } from './views/run-view.tsx';
import { RunsView } from './views/runs-view.tsx';
import { StartView } from './views/start-view.tsx';

/** The page: what is around every view, and the view that the address names. */
export function App(): JSX.Element {
  const route = useRoute();
  const isRuns = ['runs', 'run', 'correlation'].includes(route.view);
  return (
    <>
      <header class="top">
        <a class="top__name" href={writeRoute({ view: 'processes' })}>
          Baton
        </a>
        <nav aria-label="Views">
          <a href={writeRoute({ view: 'processes' })} aria-current={isRuns ? undefined : 'page'}>
            Processes
          </a>
          <a href={writeRoute({ view: 'runs', filter: {} })} aria-current={isRuns ? 'page' : undefined}>
            Runs
          </a>
          <a href="/docs">API</a>
        </nav>
      </header>
      <main id="main">{viewOf(route)}</main>
    </>
  );
}

function viewOf(route: PageRoute): JSX.Element {
  switch (route.view) {
    case 'processes':
      return <ProcessesView />;
    case 'start':
      return (
        <StartView key={`${route.process} ${route.from ?? ''}`} name={route.process} from={route.from} />
      );
    case 'runs':
      return <RunsView filter={route.filter} />;
    case 'run':
      return <RunView key={route.id} id={route.id} />;
    case 'correlation':
      return <CorrelationView key={route.key} businessKey={route.key} />;
    case 'nowhere':
      return <NowhereView place={route.place} />;
  }
}
