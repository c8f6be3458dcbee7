import { z } from 'zod';

/** Logical name of a table, or name of a message. */
const name = z.string().regex(/^\w{1,128}$/);
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
  MessageName: name,
  PrimaryEntityName: name,
  PrimaryEntityId: z.guid().transform((value) => value.toLowerCase()),
  /** 0 synchronous, 1 asynchronous */
  Mode: z.number().int(),
  Stage: z.number().int(),
  Depth: z.number().int(),
  InitiatingUserId: z.guid().transform((value) => value.toLowerCase()),
  UserId: z.guid().transform((value) => value.toLowerCase()),
  OrganizationId: z
    .guid()
    .transform((value) => value.toLowerCase())
    .optional(),
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
