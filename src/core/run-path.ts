/** The path of a run below the API's own address, or of what belongs to it. */
export function runPath(id: string, rest: `/${string}` | '' = ''): `/v1/runs/${string}` {
  return `/v1/runs/${encodeURIComponent(id)}${rest}`;
}
