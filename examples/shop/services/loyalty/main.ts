import { runService } from '../shared/run-service.ts';
import { loyalty } from './loyalty.ts';

await runService(loyalty);
