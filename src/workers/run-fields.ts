type Fields = Readonly<Record<string, unknown>>;

/** Of use to the SDK only, or told in our words. */
const untold = new Set([
  ...['workflowId', 'workflowType', 'workflowRunId', 'runId'],
  ...['activityId', 'activityType', 'isLocal', 'step'],
  ...['sdkComponent', 'namespace', 'taskQueue', 'taskToken'],
  ...['trace_id', 'span_id', 'trace_flags'],
]);

/**
 * What a line of the log tells of its run, in our words: `runId`, `process`, `execution` (Temporal's run id), and of a
 * call `step`, `service` and `operation`. Whatever else there is stays. A line about no run stays as it is.
 *
 * @param meta what Temporal's SDK tells beside the message
 */
export function toRunFields(meta: Fields): Fields {
  if (meta['workflowId'] === undefined) return meta;
  return {
    runId: meta['workflowId'],
    process: meta['workflowType'],
    execution: meta['workflowRunId'] ?? meta['runId'],
    ...toCallFields(meta),
    ...Object.fromEntries(Object.entries(meta).filter(([name]) => !untold.has(name))),
  };
}

function toCallFields({ activityId, activityType, isLocal, step }: Fields): Fields {
  const [service, operation] = typeof activityType === 'string' ? activityType.split('.') : [];
  // The activity of a quick call has a number for its id.
  const id = isLocal === true ? undefined : activityId;
  return { step: step ?? id, service, operation };
}
