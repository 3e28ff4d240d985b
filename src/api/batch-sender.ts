import type { Client } from '@temporalio/client';

import { BatonError } from '../core/errors.ts';
import type { Json } from '../core/json.ts';
import { isOpen, toRunStatus } from '../runs/run-status.ts';
import { countPollers } from '../temporal/count-pollers.ts';
import { describeRun } from '../temporal/describe-run.ts';
import { readHistory } from '../temporal/read-history.ts';
import { type Message, sendUpdate, type SendUpdate } from './send-update.ts';
import { hasTaken } from './taken-message.ts';

/** So many messages that no worker took are enough to say that none will take the others. */
const enough = 10;

/** What a batch has learnt of the workers of one task queue. */
interface Workers {
  /** Whether any was there, at the one look that a batch takes. */
  readonly areThere: Promise<boolean>;
  hasAnswered: boolean;
  /** Messages that no worker took in time. */
  untaken: number;
}

/**
 * Sends the messages of one batch. A single message waits for a worker for some seconds; those of a batch would wait one
 * after another. So it looks once whether a worker is there, and where none is, or none has taken any of the first
 * messages, sends no further ones. Such a run is told `no-worker`.
 */
export class BatchSender {
  readonly #client: Client;
  readonly #workers = new Map<string, Workers>();

  constructor(client: Client) {
    this.#client = client;
  }

  /** @throws BatonError `run-not-found`, and what {@link sendUpdate} throws */
  readonly send: SendUpdate = async (message) => {
    const { workflowExecutionInfo: info } = await describeRun(this.#client, message.runId);
    // Of a run that has ended, Temporal knows the answer.
    if (!isOpen(toRunStatus(info?.status, null))) return sendUpdate(this.#client, message);
    const taskQueue = info?.taskQueue ?? '';
    const workers = this.#workersOf(taskQueue);
    const areAway = !(await workers.areThere) || (!workers.hasAnswered && workers.untaken >= enough);
    if (areAway && !(await this.#isTaken(message))) throw notSent(taskQueue);
    return this.#sendTo(workers, message);
  };

  #workersOf(taskQueue: string): Workers {
    const known = this.#workers.get(taskQueue);
    if (known !== undefined) return known;
    // Where the server does not tell, the messages will.
    const areThere = countPollers(this.#client, taskQueue).then((count) => count !== 0);
    const workers = { areThere, hasAnswered: false, untaken: 0 };
    this.#workers.set(taskQueue, workers);
    return workers;
  }

  async #sendTo(workers: Workers, message: Message): Promise<Json> {
    try {
      const answer = await sendUpdate(this.#client, message);
      workers.hasAnswered = true;
      return answer;
    } catch (error) {
      if (error instanceof BatonError && error.code === 'no-worker') workers.untaken += 1;
      else workers.hasAnswered = true;
      throw error;
    }
  }

  /** The same message came before: its answer needs no worker. */
  async #isTaken({ runId, update, idempotencyKey }: Message): Promise<boolean> {
    if (idempotencyKey === null) return false;
    const history = await readHistory(this.#client, { workflowId: runId });
    return hasTaken(history, { update, idempotencyKey });
  }
}

function notSent(taskQueue: string): BatonError {
  const detail =
    `No worker takes messages on the task queue "${taskQueue}", so nothing was sent to the run by this batch. ` +
    'Start a worker, then repeat the request';
  return new BatonError('no-worker', detail);
}
