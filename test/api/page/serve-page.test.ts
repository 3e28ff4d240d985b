import { afterAll, describe, expect, it } from 'vitest';

import { sampleDeps, startApi } from '../sample.ts';

const api = await startApi(sampleDeps());
afterAll(() => api.listening.close());

/** What browsers send. */
const asBrowser = { Accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };

async function filesOfPage(): Promise<readonly string[]> {
  const { text } = await api.ask('GET /', { headers: asBrowser });
  return [...text.matchAll(/(?:src|href)="(\/page\/[^"]+)"/g)].map(([, path = '']) => path);
}

describe('GET /', () => {
  it('is the page for a browser', async () => {
    const { status, headers, text } = await api.ask('GET /', { headers: asBrowser });
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('vary')).toBe('Accept');
    expect(text).toContain('<!doctype html>');
  });

  it.each(['*/*', 'application/json', 'application/json, text/html;q=0.5'])(
    'is JSON for whoever takes %s',
    async (accept) => {
      const { headers, body } = await api.ask('GET /', { headers: { Accept: accept } });
      expect(headers.get('content-type')).toMatch(/^application\/json/);
      expect(headers.get('vary')).toBe('Accept');
      expect(body).toMatchObject({ name: 'baton' });
    },
  );

  it('lets the page ask this process only, and run nothing inline', async () => {
    const { headers, text } = await api.ask('GET /', { headers: asBrowser });
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/^default-src 'self';/);
    expect(policy).not.toContain('unsafe');
    expect(text).not.toMatch(/<style|\sstyle=|\son\w+=|<script(?![^>]*src=)/);
    expect(text).not.toMatch(/https?:/);
  });
});

describe('the files of the page', () => {
  it('are all there, with their types, and may be kept for ever', async () => {
    const types: Record<string, string | null> = {};
    for (const path of await filesOfPage()) {
      expect(path).toMatch(/-[A-Z0-9]{8}\.\w+$/);
      const { status, headers } = await api.ask(`GET ${path}` as 'GET /');
      expect(status).toBe(200);
      expect(headers.get('cache-control')).toContain('immutable');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      types[path.replace(/^.*\./, '')] = headers.get('content-type');
    }
    expect(types).toEqual({
      js: 'text/javascript; charset=utf-8',
      css: 'text/css; charset=utf-8',
      svg: 'image/svg+xml',
    });
  });

  it('are small: the script has 60 kB at most on its way', async () => {
    const script = (await filesOfPage()).find((path) => path.endsWith('.js')) ?? '';
    const answer = async (encoding: string): Promise<Headers> =>
      (await api.ask(`HEAD ${script}` as 'HEAD /', { headers: { 'Accept-Encoding': encoding } })).headers;
    const gzipped = await answer('gzip');
    expect(gzipped.get('content-encoding')).toBe('gzip');
    expect(Number(gzipped.get('content-length'))).toBeLessThan(60_000);
    expect((await answer('identity')).get('content-encoding')).toBeNull();
  });

  it('are no others than those', async () => {
    for (const path of ['/page/', '/page/nothing.js', '/page/..%2Fpackage.json']) {
      expect(await api.ask(`GET ${path}` as 'GET /')).toMatchObject({
        status: 404,
        body: { code: 'route-not-found' },
      });
    }
  });

  it('ask for nothing beyond this process', async () => {
    for (const path of await filesOfPage()) {
      const { text } = await api.ask(`GET ${path}` as 'GET /');
      const addresses = [...text.matchAll(/https?:\/\/[^"'`\s)]+/g)].map(([address]) => address);
      expect(
        addresses.filter((address) => !address.startsWith('http://www.w3.org/')),
        path,
      ).toEqual([]);
    }
  });
});
