import { openLogStage } from './log-stage.ts';
import { measureAppends, measureDelivery } from './log-rates.ts';
import { openStage } from './stage.ts';
import { measureWaking } from './waking.ts';

const log = await openLogStage();
const { eventLog } = log;
try {
  await measureAppends(eventLog);
  await measureDelivery(eventLog);
  const stage = await openStage(eventLog);
  try {
    await measureWaking(eventLog, stage, [10, 10_000]);
  } finally {
    await stage.close();
  }
} finally {
  await log.close();
}
