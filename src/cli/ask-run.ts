import { ApiFailure } from './client/api-failure.ts';
import { startAnewCommand } from './render/next-commands.ts';

/**
 * Asks something of a run. Where the API refuses because the run can go on in no way, the error ends with the command that
 * starts it anew.
 *
 * @param tail options that every command needs, to reach the same API
 * @throws ApiFailure what `ask` throws
 */
export async function askRun<T>(
  { id, tail }: { readonly id: string; readonly tail: string },
  ask: () => Promise<T>,
): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof ApiFailure) || error.problem?.startAnew === undefined) throw error;
    const { command, does } = startAnewCommand(id, tail);
    const { problem, mayPass } = error;
    throw new ApiFailure(`${error.message}\n  ${command}  # ${does}`, { problem, mayPass });
  }
}
