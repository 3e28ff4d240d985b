/** What the page shows. It is kept behind the "#" of the address, so that a link leads to it. */
export type PageRoute =
  | { readonly view: 'processes' }
  | { readonly view: 'start'; readonly process: string; readonly from: string | null }
  | { readonly view: 'runs'; readonly filter: RunFilter }
  | { readonly view: 'run'; readonly id: string }
  | { readonly view: 'correlation'; readonly key: string }
  | { readonly view: 'subscriptions' }
  | { readonly view: 'subscription'; readonly name: string }
  | { readonly view: 'nowhere'; readonly place: string };

const filterNames = ['process', 'status', 'businessKey', 'startedAfter', 'pageToken'] as const;

/** As `GET /v1/runs` takes it. */
export type RunFilter = Readonly<Partial<Record<(typeof filterNames)[number], string>>>;

/** @param hash with or without its "#" */
export function readRoute(hash: string): PageRoute {
  const [place = '', search = ''] = hash.replace(/^#/, '').split('?');
  const query = new URLSearchParams(search);
  const [room, name, ...rest] = place.split('/').slice(1).map(decode);
  if (room === undefined || room === '') return { view: 'processes' };
  if (room === 'runs' && name === undefined) return { view: 'runs', filter: readFilter(query) };
  if (room === 'runs' && name !== undefined && rest.length === 0) return { view: 'run', id: name };
  if (room === 'correlations' && name !== undefined && rest.length === 0) {
    return { view: 'correlation', key: name };
  }
  if (room === 'subscriptions' && name === undefined) return { view: 'subscriptions' };
  if (room === 'subscriptions' && name !== undefined && rest.length === 0) {
    return { view: 'subscription', name };
  }
  if (room === 'processes' && name !== undefined && rest.length === 1 && rest[0] === 'start') {
    return { view: 'start', process: name, from: query.get('from') };
  }
  return { view: 'nowhere', place };
}

export function writeRoute(route: Exclude<PageRoute, { readonly view: 'nowhere' }>): string {
  switch (route.view) {
    case 'processes':
      return '#/';
    case 'runs':
      return `#/runs${writeQuery(route.filter)}`;
    case 'run':
      return `#/runs/${encodeURIComponent(route.id)}`;
    case 'correlation':
      return `#/correlations/${encodeURIComponent(route.key)}`;
    case 'subscriptions':
      return '#/subscriptions';
    case 'subscription':
      return `#/subscriptions/${encodeURIComponent(route.name)}`;
    case 'start':
      return `#/processes/${encodeURIComponent(route.process)}/start${writeQuery({ from: route.from ?? '' })}`;
  }
}

function readFilter(query: URLSearchParams): RunFilter {
  return Object.fromEntries(
    filterNames.flatMap((name) => {
      const value = query.get(name) ?? '';
      return value === '' ? [] : [[name, value]];
    }),
  );
}

/** The query of an address; members that are empty are left out. */
export function writeQuery(members: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(members).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== '',
  );
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
