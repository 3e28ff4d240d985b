import { type Response, Router } from 'express';
import { extname } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

import type { PageFile } from './bundle-page.ts';
import { pageDocument, pageSecurityPolicy } from './page-document.ts';
import { loadPageFiles } from './page-files.ts';

const mediaTypes: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** A file as it goes out. */
interface ServedFile {
  readonly mediaType: string;
  readonly plain: Buffer;
  readonly gzipped: Buffer;
}

/** Serves the page: its document to whoever prefers HTML at `/`, its files below `/page`. */
export function servePage(load: () => Promise<readonly PageFile[]> = loadPageFiles): Router {
  const router = Router({ caseSensitive: true });
  let loading: Promise<ReadonlyMap<string, ServedFile>> | undefined;
  const files = async (): Promise<ReadonlyMap<string, ServedFile>> => {
    loading ??= load().then(toServed);
    try {
      return await loading;
    } catch (error) {
      // What was wrong may be mended by the next request.
      loading = undefined;
      throw error;
    }
  };

  router.get('/', async (request, response, next) => {
    response.vary('Accept');
    // JSON first: whoever takes anything gets what the API answers.
    if (request.accepts(['json', 'html']) !== 'html') {
      next();
      return;
    }
    request.routePattern = '/';
    response
      .set({ 'Content-Security-Policy': pageSecurityPolicy, 'Referrer-Policy': 'no-referrer' })
      .type('html')
      .send(pageDocument([...(await files()).keys()]));
  });

  router.get('/page/:file', async (request, response, next) => {
    const file = (await files()).get(request.params.file);
    if (file === undefined) {
      next();
      return;
    }
    request.routePattern = '/page/{file}';
    send(response, file, request.acceptsEncodings(['gzip', 'identity']) === 'gzip');
  });
  return router;
}

function send(response: Response, { mediaType, plain, gzipped }: ServedFile, isGzipTaken: boolean): void {
  response.vary('Accept-Encoding');
  response.set({
    'Content-Type': mediaType,
    'Cache-Control': 'public, max-age=31536000, immutable',
    ...(isGzipTaken && { 'Content-Encoding': 'gzip' }),
  });
  response.send(isGzipTaken ? gzipped : plain);
}

async function toServed(files: readonly PageFile[]): Promise<ReadonlyMap<string, ServedFile>> {
  const served = files.map(async ({ name, contents }): Promise<[string, ServedFile]> => {
    const plain = Buffer.from(contents);
    const mediaType = mediaTypes[extname(name)] ?? 'application/octet-stream';
    return [name, { mediaType, plain, gzipped: await promisify(gzip)(plain) }];
  });
  return new Map(await Promise.all(served));
}
