import { type FlowDefinition, triggerOf } from '../definition/read-flow';
import { evaluate } from '../expression/evaluate';
import type { Json, JsonObject } from '../expression/json';
import { parseExpression } from '../expression/parse-expression';
import { contextOf } from './evaluation-context';

export type RowMessage = 'Create' | 'Update' | 'Delete';

/** What a flow has subscribed to in Dataverse. */
export interface RowSubscription {
  readonly table: string;
  readonly messages: readonly RowMessage[];
  /** Columns of which one must be in an update; undefined = any. */
  readonly columns: string | undefined;
  /** OData filter that the row must fit. */
  readonly filter: string | undefined;
}

/** By `subscriptionRequest/message`; 4 is "Added or Modified". */
const messages: Readonly<Record<number, readonly RowMessage[]>> = {
  1: ['Create'],
  2: ['Delete'],
  3: ['Update'],
  4: ['Create', 'Update'],
};

const optionalText = (value: Json | undefined): string | undefined => (typeof value === 'string' ? value : undefined);

/** The subscription of a flow; null for one that runs by the clock. */
export function rowSubscription(definition: FlowDefinition): RowSubscription | null {
  const trigger = triggerOf(definition);
  if (trigger.type !== 'OpenApiConnectionWebhook') return null;
  const { parameters } = trigger.inputs;
  const asked = messages[Number(parameters['subscriptionRequest/message'])];
  const table = optionalText(parameters['subscriptionRequest/entityname']);
  if (asked === undefined || table === undefined) throw new Error('the trigger names no message or no table');
  return {
    table,
    messages: asked,
    columns: optionalText(parameters['subscriptionRequest/filteringattributes']),
    filter: optionalText(parameters['subscriptionRequest/filterexpression']),
  };
}

/** Whether the trigger's conditions let a row start a run. All of them must hold. */
export function conditionsHold(
  definition: FlowDefinition,
  row: JsonObject,
  environment: Readonly<Record<string, Json>> = {},
): boolean {
  const trigger = triggerOf(definition);
  const conditions = trigger.type === 'OpenApiConnectionWebhook' ? (trigger.conditions ?? []) : [];
  const run = {
    definition,
    environment,
    connectors: {},
    triggerOutputs: { body: row },
    runName: '',
    pause: async () => undefined,
    variables: new Map<string, Json>(),
  };
  const context = contextOf(run, null, () => []);
  return conditions.every(({ expression }) => evaluate(parseExpression(expression.slice(1)), context) === true);
}
