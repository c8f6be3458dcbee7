import { z } from 'zod';

const attribute = z.object({ key: z.string(), value: z.unknown().optional() });
const entity = z.object({
  LogicalName: z.string(),
  Id: z.string(),
  Attributes: z.array(attribute).default([]),
});

/**
 * What the service reads of the RemoteExecutionContext that a Dataverse webhook step posts. Above 256 KB Dataverse leaves out
 * InputParameters, images and ParentContext, so nothing but the primary entity is relied on.
 */
export const remoteExecutionContext = z.object({
  MessageName: z.string().min(1),
  PrimaryEntityName: z.string().min(1),
  PrimaryEntityId: z.guid().transform((value) => value.toLowerCase()),
  /** 0 synchronous, 1 asynchronous */
  Mode: z.number().int(),
  Stage: z.number().int(),
  Depth: z.number().int(),
  InitiatingUserId: z.guid().transform((value) => value.toLowerCase()),
  UserId: z.guid().transform((value) => value.toLowerCase()),
  OperationId: z.guid().optional(),
  CorrelationId: z.guid(),
  InputParameters: z.array(attribute).nullish(),
});

export type RemoteExecutionContext = z.output<typeof remoteExecutionContext>;

/** The `Target` of a create or update, when Dataverse sent it. */
export function targetOf(context: RemoteExecutionContext): z.output<typeof entity> | null {
  const target = context.InputParameters?.find((parameter) => parameter.key === 'Target');
  const parsed = entity.safeParse(target?.value);
  return parsed.success ? parsed.data : null;
}

/** undefined = not part of the message, null = cleared */
function valueOf(context: RemoteExecutionContext, column: string): unknown {
  const found = targetOf(context)?.Attributes.find((entry) => entry.key === column);
  return found === undefined ? undefined : (found.value ?? null);
}

const option = z.object({ Value: z.number().int() });

/** The value of a choice, state or status column of the target; undefined = not part of the message, null = cleared. */
export function choiceOf(context: RemoteExecutionContext, column: string): number | null | undefined {
  const value = valueOf(context, column);
  if (value === undefined || typeof value === 'number') return value;
  const parsed = option.safeParse(value);
  return parsed.success ? parsed.data.Value : null;
}

const reference = z.object({ Id: z.guid() });

/** The id behind a lookup column of the target; undefined = not part of the message, null = cleared. */
export function lookupOf(context: RemoteExecutionContext, column: string): string | null | undefined {
  const value = valueOf(context, column);
  if (value === undefined) return undefined;
  const plain = z.guid().safeParse(value);
  if (plain.success) return plain.data.toLowerCase();
  const parsed = reference.safeParse(value);
  return parsed.success ? parsed.data.Id.toLowerCase() : null;
}
