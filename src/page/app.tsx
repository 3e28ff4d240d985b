import type { JSX } from 'preact';

import { useRoute } from './hooks/use-route.ts';
import { type PageRoute, writeRoute } from './route.ts';
import { CorrelationView } from './views/correlation-view.tsx';
import { NowhereView } from './views/nowhere-view.tsx';
import { ProcessesView } from './views/processes-view.tsx';
import { RunView } from './views/run-view.tsx';
import { RunsView } from './views/runs-view.tsx';
import { StartView } from './views/start-view.tsx';
import { SubscriptionView } from './views/subscription-view.tsx';
import { SubscriptionsView } from './views/subscriptions-view.tsx';

/** The page: what is around every view, and the view that the address names. */
export function App(): JSX.Element {
  const route = useRoute();
  const entry = entryOf(route);
  return (
    <>
      <header class="top">
        <a class="top__name" href={writeRoute({ view: 'processes' })}>
          Baton
        </a>
        <nav aria-label="Views">
          <a href={writeRoute({ view: 'processes' })} aria-current={currentIf(entry === 'processes')}>
            Processes
          </a>
          <a href={writeRoute({ view: 'runs', filter: {} })} aria-current={currentIf(entry === 'runs')}>
            Runs
          </a>
          <a href={writeRoute({ view: 'subscriptions' })} aria-current={currentIf(entry === 'events')}>
            Events
          </a>
          <a href="/docs">API</a>
        </nav>
      </header>
      <main id="main">{viewOf(route)}</main>
    </>
  );
}

/** The entry of the navigation that a view belongs to. */
function entryOf({ view }: PageRoute): 'processes' | 'runs' | 'events' {
  switch (view) {
    case 'runs':
    case 'run':
    case 'correlation':
      return 'runs';
    case 'subscriptions':
    case 'subscription':
      return 'events';
    case 'processes':
    case 'start':
    case 'nowhere':
      return 'processes';
  }
}

function currentIf(isCurrent: boolean): 'page' | undefined {
  return isCurrent ? 'page' : undefined;
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
    case 'subscriptions':
      return <SubscriptionsView />;
    case 'subscription':
      return <SubscriptionView key={route.name} name={route.name} />;
    case 'nowhere':
      return <NowhereView place={route.place} />;
  }
}
