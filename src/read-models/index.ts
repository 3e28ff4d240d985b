/** What a project's read models are written with: `import { defineReadModel } from 'baton/read-models'`. */
export {
  defineReadModel,
  type EventPlace,
  type ReadModel,
  type ReadModelEvent,
  type Reducer,
} from './read-model.ts';
