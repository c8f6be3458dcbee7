import { z } from 'zod';
import type { Json } from '../expression/json';
import { actions, connectorInputs } from './actions';

const json: z.ZodType<Json> = z.json();
const named = { metadata: z.object({ operationMetadataId: z.guid() }), description: z.string().optional() };
const concurrency = z.object({ concurrency: z.object({ runs: z.number().int() }) });

const trigger = z.discriminatedUnion('type', [
  z.strictObject({
    ...named,
    type: z.literal('OpenApiConnectionWebhook'),
    inputs: connectorInputs,
    conditions: z.object({ expression: z.string() }).array().optional(),
    runtimeConfiguration: concurrency,
  }),
  z.strictObject({
    ...named,
    type: z.literal('Recurrence'),
    recurrence: z.strictObject({
      frequency: z.literal('Day'),
      interval: z.literal(1),
      timeZone: z.string(),
      schedule: z.strictObject({ hours: z.string().array(), minutes: z.number().array() }),
    }),
    runtimeConfiguration: concurrency,
  }),
]);

const flowFile = z.object({
  properties: z.object({
    connectionReferences: z.record(
      z.string(),
      z.object({
        runtimeSource: z.literal('embedded'),
        connection: z.object({ connectionReferenceLogicalName: z.string() }),
        api: z.object({ name: z.string() }),
      }),
    ),
    definition: z.strictObject({
      $schema: z.string(),
      contentVersion: z.string(),
      parameters: z.record(
        z.string(),
        z.object({
          type: z.string(),
          defaultValue: json,
          metadata: z.object({ schemaName: z.string() }).optional(),
        }),
      ),
      triggers: z.record(z.string(), trigger).refine((all) => Object.keys(all).length === 1, 'one trigger'),
      actions,
    }),
  }),
  schemaVersion: z.literal('1.0.0.0'),
});

export type FlowDefinition = z.output<typeof flowFile>['properties']['definition'];
export type FlowTrigger = z.output<typeof trigger>;

/**
 * A cloud flow from its file in a solution.
 *
 * @throws z.ZodError for what the runner does not execute
 */
export function readFlow(text: string): FlowDefinition {
  return flowFile.parse(JSON.parse(text)).properties.definition;
}

/** The one trigger of a flow. */
export function triggerOf(definition: FlowDefinition): FlowTrigger {
  const [only] = Object.values(definition.triggers);
  if (only === undefined) throw new Error('a flow has exactly one trigger');
  return only;
}
