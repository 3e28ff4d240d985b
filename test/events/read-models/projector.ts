import { runConsumers } from '../../../src/events/consumers/run-consumers.ts';
import { openEventLog } from '../../../src/events/event-log.ts';
import { consumeReadModels } from '../../../src/events/read-models/consume-read-models.ts';
import { silent } from '../lab.ts';
import { orderModel, slowly } from './order-model.ts';

/** A process that fills the sample model, slowly, until a test kills it: takes the URL of the database. */
const [url = ''] = process.argv.slice(2);
const log = openEventLog({ url, log: silent });
const consumeBy = consumeReadModels([slowly(orderModel())], { ...log, log: silent });
runConsumers({ ...log, log: silent, consumeBy });
process.stdout.write('up\n');
