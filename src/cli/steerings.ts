/** A way to steer a run from outside. */
export interface Steering {
  readonly action: string;
  readonly description: string;
  /** What a person is told before it is done, in one sentence; `null` = it ends nothing and is done at once. */
  readonly warning: string | null;
  /** What it takes beside the run. */
  readonly takes: readonly ('idempotency-key' | 'reason' | 'step')[];
  /** The end of a command line that shows it. */
  readonly examples: readonly string[];
}

/** All of them, in the order in which `baton --help` lists them. */
export const steerings: readonly Steering[] = [
  {
    action: 'cancel',
    description: 'ask a run to stop and take back what it did',
    warning: 'The run stops and takes back what it did.',
    takes: [],
    examples: ['cancel order-1001', 'cancel order-1001 --yes'],
  },
  {
    action: 'terminate',
    description: 'end a run at once, without any undo',
    warning: 'The run ends at once. Nothing is undone: what its steps did stays done.',
    takes: ['reason'],
    examples: ['terminate order-1001 --reason "settled by hand"'],
  },
  {
    action: 'retry',
    description: 'let a run try again what is stuck or has failed',
    warning: null,
    takes: ['step', 'idempotency-key'],
    examples: ['retry order-1001', 'retry order-1001 --step "undo:authorise payment"'],
  },
  {
    action: 'undo',
    description: 'let a stuck run stop waiting, and take back what it did',
    warning: 'The run takes back what it did, and ends as failed.',
    takes: ['step', 'idempotency-key'],
    examples: ['undo order-1001', 'undo order-1001 --step "create shipment" --yes'],
  },
  {
    action: 'give-up',
    description: 'leave what is stuck as it is',
    warning: 'What is stuck is left as it is. The run ends as failed, or goes on with its other undos.',
    takes: ['step', 'idempotency-key'],
    examples: ['give-up order-1001 --step "undo:authorise payment"'],
  },
  {
    action: 'pause',
    description: 'let a run begin no further step',
    warning: null,
    takes: [],
    examples: ['pause order-1001'],
  },
  {
    action: 'resume',
    description: 'let a paused run go on',
    warning: null,
    takes: [],
    examples: ['resume order-1001'],
  },
];
