import { execa } from 'execa';
import { describe, expect, it } from 'vitest';

import { welcomeText } from '../../src/cli/welcome.ts';
import { loadShop } from '../support/shop.ts';

const shop = await loadShop();
const started = {
  url: 'http://127.0.0.1:9999',
  uiUrl: 'http://127.0.0.1:9998',
  project: shop,
  seconds: 3.14159,
};

describe('the welcome of baton dev', () => {
  it('says where to look', () => {
    const text = welcomeText(started);
    expect(text).toContain('after 3.1 s');
    for (const place of ['http://127.0.0.1:9999/v1/processes', 'http://127.0.0.1:9999/docs', started.uiUrl]) {
      expect(text).toContain(place);
    }
  });

  it('says nothing of a Web UI that is not known', () => {
    const text = welcomeText({ ...started, uiUrl: null });
    expect(text).not.toContain('9998');
    expect(text).not.toContain('null');
  });

  it("has a command that a shell takes, with the process's example, apostrophes and all", async () => {
    const example = { note: `it's "so" $HOME \\ \`date\`` };
    const [[name, process] = expect.fail('the shop has no process')] = Object.entries(shop.processes);
    const project = { ...shop, processes: { [name]: { ...process, example } } };
    const command = welcomeText({ ...started, project })
      .split('\n')
      .find((line) => line.trim().startsWith('curl'));
    // In place of curl, a program that tells its arguments.
    const told = await execa('sh', ['-c', `curl() { printf '%s\\n' "$@"; }; ${command ?? 'false'}`]);
    const args = told.stdout.split('\n');
    expect(args).toContain(`http://127.0.0.1:9999/v1/processes/${name}/runs?wait=20s`);
    expect(JSON.parse(args.at(-1) ?? '')).toEqual({ id: `first-${name}`, input: example });
  });

  it('has a command for a process that people start, not events', () => {
    expect(Object.keys(shop.processes)[0]).not.toBe('order-fulfilment');
    expect(welcomeText(started)).toContain('Start a run of order-fulfilment');
  });

  it('has no command for a project without a process', () => {
    expect(welcomeText({ ...started, project: { ...shop, processes: {} } })).not.toContain('curl');
  });
});
