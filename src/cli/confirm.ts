import { createInterface } from 'node:readline/promises';

import { BatonError } from '../core/errors.ts';

/** Where a person is asked. */
export interface Conversation {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly output: NodeJS.WritableStream & { readonly isTTY?: boolean };
}

/**
 * Asks a person whether it shall be done. On the standard error, so that the answer of the command stays as it is.
 *
 * @throws BatonError `invalid-request` when there is no one to ask, or the answer is not yes
 */
export async function confirm(
  question: string,
  { input, output }: Conversation = { input: process.stdin, output: process.stderr },
): Promise<void> {
  if (input.isTTY !== true || output.isTTY !== true) {
    throw new BatonError(
      'invalid-request',
      `${question}\n  There is no one to ask here: confirm it by --yes`,
    );
  }
  const asked = createInterface({ input, output });
  const closed = new Promise<string>((resolve) => {
    asked.once('close', () => {
      resolve('');
    });
  });
  try {
    const answer = await Promise.race([asked.question(`${question}\nDo it? [y/N] `), closed]);
    if (/^y(es)?$/i.test(answer.trim())) return;
  } finally {
    asked.close();
  }
  throw new BatonError('invalid-request', 'Nothing was done');
}
