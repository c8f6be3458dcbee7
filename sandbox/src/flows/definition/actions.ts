import { z } from 'zod';
import type { Json } from '../expression/json';

const json: z.ZodType<Json> = z.json();
/** ISO 8601, e.g. `PT10M`. */
const duration = z.string().regex(/^P/);
const retryPolicy = z.object({
  type: z.literal('exponential'),
  count: z.number().int(),
  interval: duration,
  minimumInterval: duration,
  maximumInterval: duration,
});
export type RetryPolicy = z.output<typeof retryPolicy>;

/** What a trigger or action asks of a connector. */
export const connectorInputs = z.object({
  host: z.object({ connectionName: z.string(), operationId: z.string(), apiId: z.string() }),
  parameters: z.record(z.string(), json),
  authentication: z.literal("@parameters('$authentication')"),
  retryPolicy: retryPolicy.optional(),
});

const common = {
  runAfter: z.record(z.string(), z.enum(['Succeeded', 'Failed', 'Skipped', 'TimedOut']).array().min(1)),
  metadata: z.object({ operationMetadataId: z.guid() }),
  description: z.string().optional(),
};

const connectorCall = z.strictObject({
  ...common,
  type: z.enum(['OpenApiConnection', 'OpenApiConnectionWebhook']),
  inputs: connectorInputs,
  limit: z.object({ timeout: duration }).optional(),
  operationOptions: z.literal('DisableAsyncPattern').optional(),
  runtimeConfiguration: z.object({ paginationPolicy: z.object({ minimumItemCount: z.number().int() }) }).optional(),
});
export type ConnectorCall = z.output<typeof connectorCall>;

const data = z.discriminatedUnion('type', [
  z.strictObject({ ...common, type: z.literal('Compose'), inputs: json }),
  z.strictObject({ ...common, type: z.literal('Query'), inputs: z.object({ from: json, where: z.string() }) }),
  z.strictObject({ ...common, type: z.literal('Select'), inputs: z.object({ from: json, select: json }) }),
  z.strictObject({
    ...common,
    type: z.literal('InitializeVariable'),
    // The designer of Power Automate keeps one variable an action.
    inputs: z.object({ variables: z.tuple([z.object({ name: z.string(), type: z.string(), value: json })]) }),
  }),
  z.strictObject({ ...common, type: z.literal('SetVariable'), inputs: z.object({ name: z.string(), value: json }) }),
  z.strictObject({
    ...common,
    type: z.literal('Wait'),
    inputs: z.object({ interval: z.object({ count: z.number(), unit: z.literal('Second') }) }),
  }),
  z.strictObject({
    ...common,
    type: z.literal('Terminate'),
    inputs: z.object({
      runStatus: z.literal('Failed'),
      runError: z.object({ code: z.string(), message: z.string() }),
    }),
  }),
]);
export type DataAction = z.output<typeof data>;

type Common = Pick<DataAction, keyof typeof common>;
/** Actions by their name. */
export type Actions = Readonly<Record<string, Action>>;
/** An action that holds others. */
export type Container = Common &
  (
    | { readonly type: 'Scope'; readonly actions: Actions }
    | {
        readonly type: 'If';
        readonly expression: Json;
        readonly actions: Actions;
        readonly else?: { readonly actions: Actions } | undefined;
      }
    | {
        readonly type: 'Foreach';
        readonly foreach: string;
        readonly actions: Actions;
        readonly runtimeConfiguration: { readonly concurrency: { readonly repetitions: number } };
      }
    | {
        readonly type: 'Until';
        readonly expression: string;
        readonly limit: { readonly count: number; readonly timeout: string };
        readonly actions: Actions;
      }
  );
export type Action = ConnectorCall | DataAction | Container;

export const isConnectorCall = (action: Action): action is ConnectorCall =>
  action.type === 'OpenApiConnection' || action.type === 'OpenApiConnectionWebhook';
export const isContainer = (action: Action): action is Container => 'actions' in action;

/** Actions as the flows use them. Any other type or property is refused, so that nothing of a flow goes unexecuted in silence. */
export const actions: z.ZodType<Actions> = z.lazy(() =>
  z.record(z.string(), z.discriminatedUnion('type', [connectorCall, data, container])),
);

const container = z.discriminatedUnion('type', [
  z.strictObject({ ...common, type: z.literal('Scope'), actions }),
  z.strictObject({
    ...common,
    type: z.literal('If'),
    expression: json,
    actions,
    else: z.strictObject({ actions }).optional(),
  }),
  z.strictObject({
    ...common,
    type: z.literal('Foreach'),
    foreach: z.string(),
    actions,
    runtimeConfiguration: z.object({ concurrency: z.object({ repetitions: z.number().int() }) }),
  }),
  z.strictObject({
    ...common,
    type: z.literal('Until'),
    expression: z.string(),
    limit: z.object({ count: z.number().int(), timeout: duration }),
    actions,
  }),
]);
