import { expect, test } from 'vitest';

import { expandVariables } from '../../src/services/expand-variables.ts';

const env = { HOST: 'pay.example', EMPTY: '' };

test.each([
  { text: 'no variable', expanded: 'no variable' },
  { text: 'http://${HOST}/${HOST}', expanded: 'http://pay.example/pay.example' },
  { text: '${HOST:-other}', expanded: 'pay.example' },
  { text: '${NONE:-http://127.0.0.1:80}', expanded: 'http://127.0.0.1:80' },
  { text: '${EMPTY:-filled}', expanded: 'filled' },
  { text: '${NONE:-}', expanded: '' },
  { text: '$HOST', expanded: '$HOST' },
])('$text becomes "$expanded"', ({ text, expanded }) => {
  expect(expandVariables(text, env)).toEqual({ text: expanded });
});

test.each([
  { text: '${NONE}', problem: /NONE, which is not set/ },
  { text: '${EMPTY}', problem: /EMPTY, which is not set/ },
  { text: '${NONE}${EMPTY}', problem: /NONE, .*; .*EMPTY, / },
  { text: '${HOST', problem: /"\$\{HOST", which is neither/ },
  { text: '${not a name}', problem: /which is neither/ },
])('$text is a problem', ({ text, problem }) => {
  expect(expandVariables(text, env)).toEqual({ problem: expect.stringMatching(problem) as string });
});
