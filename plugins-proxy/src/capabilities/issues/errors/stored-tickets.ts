import type { StoredTickets } from '@crmjira/domain';
import { z } from 'zod';

const shape = z.object({
  occasion: z.string().nullable(),
  resolved: z.boolean(),
  cameBack: z.object({ on: z.string(), key: z.string() }).nullable(),
}) satisfies z.ZodType<StoredTickets>;

/** The document of `crmjira_monitor_error.crmjira_base`; null: there is none, or not one of ours. */
export function storedTickets(written: string | null): StoredTickets | null {
  if (written === null || written.trim() === '') return null;
  try {
    return shape.parse(JSON.parse(written));
  } catch {
    // A guess would act a second time on an occasion that was acted on: what stands now is accounted for as it is.
    return null;
  }
}
