import { runService } from '../shared/run-service.ts';
import { notification } from './notification.ts';

await runService(notification);
