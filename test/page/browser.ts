import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

/** A real browser for the tests of one file. */
export interface Browsing {
  /** Opens the page in a window of its own. */
  open(hash: string, options?: BrowserContextOptions): Promise<Page>;
  /** What went wrong in any window since the last time this was asked: faults of scripts, requests to elsewhere. */
  takeFaults(): readonly string[];
  close(): Promise<void>;
}

/** @param origin where the page is served */
export async function startBrowser(origin: string): Promise<Browsing> {
  const browser: Browser = await chromium.launch({
    executablePath: findChromium(),
    // The tests may run as root, where Chromium's sandbox does not.
    args: ['--no-sandbox'],
  });
  let faults: string[] = [];
  return {
    open: async (hash, options = {}) => {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
      const page = await context.newPage();
      page.setDefaultTimeout(30_000);
      page.on('pageerror', ({ message }) => faults.push(message));
      page.on('console', (message) => {
        // The browser itself notes every answer that is a refusal; that is no fault of the page.
        const isRefusal = message.text().startsWith('Failed to load resource');
        if (['error', 'warning'].includes(message.type()) && !isRefusal) faults.push(message.text());
      });
      page.on('request', (request) => {
        if (new URL(request.url()).origin !== origin) faults.push(`asked ${request.url()}`);
      });
      await page.goto(`${origin}/${hash}`);
      return page;
    },
    takeFaults: () => {
      const taken = faults;
      faults = [];
      return taken;
    },
    close: () => browser.close(),
  };
}

function findChromium(): string {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const candidates = ['chromium', 'chromium-browser', 'google-chrome'].flatMap((name) =>
    folders.map((folder) => join(folder, name)),
  );
  const found = candidates.find(isExecutable);
  if (found === undefined) throw new Error('these tests need chromium on the PATH: apt-get install chromium');
  return found;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
