import { z } from 'zod';

const id = z.union([z.string(), z.number()]).transform(String);
const instant = z.string().transform((text, context) => {
  const at = Date.parse(text);
  if (!Number.isNaN(at)) return new Date(at).toISOString();
  context.addIssue('is no instant');
  return z.NEVER;
});

export const organizationAnswer = z.object({ slug: z.string(), name: z.string() });

export const projectAnswer = z.object({ id, slug: z.string(), name: z.string().nullish() });
export type SentryProject = z.output<typeof projectAnswer>;

/** Start of an hour or of a UTC day in seconds since 1970, and the events in it. */
const series = z.array(z.tuple([z.number(), z.number()])).max(2_000);

/** An issue of Sentry: events that are one error. Counts come as text. */
export const issueAnswer = z.object({
  id,
  title: z.string(),
  culprit: z.string().nullish(),
  level: z.string().default('error'),
  /** `unresolved`, `resolved`, `ignored`; `reprocessing` for a moment */
  status: z.string(),
  /** `regressed`: it came back after it was resolved */
  substatus: z.string().nullish(),
  count: z.union([z.string(), z.number()]).transform(Number).pipe(z.number().nonnegative()),
  firstSeen: instant,
  lastSeen: instant,
  permalink: z.string().nullish(),
  project: projectAnswer,
  /** `30d` of one that is read by its id, `14d` of those of a list: events by UTC day, today included */
  stats: z.object({ '14d': series.optional(), '30d': series.optional() }).nullish(),
});
export type SentryIssue = z.output<typeof issueAnswer>;

/** What a change is answered with: of it only that it was made counts. */
export const changedAnswer = z.object({ status: z.string() });
