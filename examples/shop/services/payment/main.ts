import { runService } from '../shared/run-service.ts';
import { payment } from './payment.ts';

await runService(payment);
