import { runService } from '../shared/run-service.ts';
import { inventory } from './inventory.ts';

await runService(inventory);
