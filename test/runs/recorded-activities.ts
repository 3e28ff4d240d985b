import { ApplicationFailure, Context, sleep } from '@temporalio/activity';

type Activity = (request: unknown) => Promise<unknown>;

function answer(status: number, body: unknown): ApplicationFailure {
  const isRefusal = status < 500;
  return ApplicationFailure.create({
    type: isRefusal ? 'call-refused' : 'call-failed',
    message: `the service answered ${status}`,
    nonRetryable: isRefusal,
    details: [{ status, body }],
  });
}

const ok = (body: unknown) => (): Promise<unknown> => Promise.resolve(body);

const brokenFor = (attempts: number) => (): Promise<unknown> => {
  const { attempt } = Context.current().info;
  return attempt <= attempts ? Promise.reject(answer(503, { reason: 'maintenance' })) : Promise.resolve(null);
};

const shipments = new Map<string, number>();

/** The services that the recorded workflows call, without any service behind them. */
export const recordedActivities: Record<string, Activity> = {
  'inventory.check': ok({ available: true }),
  'inventory.reserve': ok({ reservationId: 'r-1' }),
  'inventory.release': ok(null),
  'payment.authorise': ok({ paymentId: 'p-1' }),
  'payment.void': ok(null),
  'payment.refuse': () => Promise.reject(answer(402, { reason: 'card declined' })),
  'payment.broken': brokenFor(Infinity),
  'payment.shaky': brokenFor(1),
  'payment.down': () =>
    Promise.reject(
      ApplicationFailure.create({
        type: 'call-failed',
        message: 'payment could not be reached',
        details: [{}],
        nextRetryDelay: '1 hour',
        cause: new Error('connect ECONNREFUSED 127.0.0.1:4001'),
      }),
    ),
  'shipping.refuse': () => Promise.reject(answer(422, { reason: 'no such address' })),
  'shipping.slow': async () => {
    for (;;) {
      Context.current().heartbeat();
      await sleep(100);
    }
  },
  'shipping.brokenTwice': () => {
    const run = Context.current().info.workflowExecution?.workflowId ?? '';
    const tries = (shipments.get(run) ?? 0) + 1;
    shipments.set(run, tries);
    return tries <= 2 ? Promise.reject(answer(503, null)) : Promise.resolve({ shipmentId: 's-1' });
  },
  sendMail: ok(null),
  'notification.send': ok(null),
};
