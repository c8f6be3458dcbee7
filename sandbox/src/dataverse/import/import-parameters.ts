import { z } from 'zod';
import { parseBody } from '../crud/request-body';
import { payloadError } from '../errors';
import { isGuid } from '../guid';

const guid = z.string().refine(isGuid, 'Expected a GUID.');

/** Source: learn.microsoft.com "ImportSolution Action", "ImportSolutionAsync Action". */
const importParameters = z.strictObject({
  CustomizationFile: z.base64().min(1),
  ImportJobId: guid.optional(),
  OverwriteUnmanagedCustomizations: z.boolean().optional(),
  PublishWorkflows: z.boolean().optional(),
  ConvertToManaged: z.literal(false, 'The stand-in does not convert solutions.').optional(),
  SkipProductUpdateDependencies: z.boolean().optional(),
  HoldingSolution: z.boolean().optional(),
  AsyncRibbonProcessing: z.boolean().optional(),
});

export type ImportParameters = z.infer<typeof importParameters>;

const uninstallParameters = z.strictObject({ SolutionUniqueName: z.string().min(1) });

/** @throws DataverseError 400 naming the parameter and what is wrong with it */
function parse<Parameters>(schema: z.ZodType<Parameters>, text: string, action: string): Parameters {
  const parsed = schema.safeParse(parseBody(text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  throw payloadError(
    unknown === undefined
      ? `The parameter '${issue?.path.join('.') ?? ''}' of the operation '${action}' is wrong: ${issue?.message ?? ''}`
      : `The parameter '${unknown}' in the request payload is not a valid parameter for the operation '${action}'.`,
  );
}

export const parseImport = (text: string, action: string): ImportParameters => parse(importParameters, text, action);

const promoteParameters = z.strictObject({ UniqueName: z.string().min(1) });

/** Source: learn.microsoft.com "ExportSolution Action"; settings of the organization are no part of ours. */
const exportParameters = z.strictObject({
  SolutionName: z.string().min(1),
  Managed: z.boolean(),
  TargetVersion: z.string().optional(),
  ...Object.fromEntries(
    [
      'ExportAutoNumberingSettings',
      'ExportCalendarSettings',
      'ExportCustomizationSettings',
      'ExportEmailTrackingSettings',
      'ExportGeneralSettings',
      'ExportMarketingSettings',
      'ExportOutlookSynchronizationSettings',
      'ExportRelationshipRoles',
      'ExportIsvConfig',
      'ExportSales',
      'ExportExternalApplications',
    ].map((name) => [name, z.literal(false, 'The stand-in exports no settings of the organization.').optional()]),
  ),
});

export const parsePromote = (text: string, action: string): string => parse(promoteParameters, text, action).UniqueName;

export const parseExport = (text: string): { readonly SolutionName: string; readonly Managed: boolean } =>
  parse(exportParameters, text, 'ExportSolution');

export const parseUninstall = (text: string): string =>
  parse(uninstallParameters, text, 'UninstallSolutionAsync').SolutionUniqueName;
