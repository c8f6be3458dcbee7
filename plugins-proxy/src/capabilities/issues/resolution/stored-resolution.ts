import { NO_RESOLUTION, type StoredResolution } from '@crmjira/domain';
import { z } from 'zod';
import { optionalText } from '../../../clients/dataverse/columns';

const shape = z.object({
  occasion: z.string().nullable(),
  closed: z.boolean(),
  accounted: z.array(z.string()),
  stayedOpen: z.object({ occasion: z.string(), open: z.array(z.string()) }).nullable(),
}) satisfies z.ZodType<StoredResolution>;

/** `crmjira_issue_resolution` of a case; what this service has not written is refused: guessed, it would close a case over people. */
export const storedResolution = optionalText.transform((text, context): StoredResolution => {
  if (text === null || text.trim() === '') return NO_RESOLUTION;
  try {
    return shape.parse(JSON.parse(text));
  } catch {
    context.addIssue({ code: 'custom', message: 'is not what the service keeps of a case' });
    return z.NEVER;
  }
});

export const resolutionColumn = (stored: StoredResolution): { readonly crmjira_issue_resolution: string } => ({
  crmjira_issue_resolution: JSON.stringify(stored),
});
