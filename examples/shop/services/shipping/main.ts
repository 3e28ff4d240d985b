import { runService } from '../shared/run-service.ts';
import { shipping } from './shipping.ts';

await runService(shipping);
