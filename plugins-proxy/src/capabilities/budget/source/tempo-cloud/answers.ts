import { z } from 'zod';
import { toldNumber } from '../told-value';

const id = z.union([z.string(), z.number()]).transform(String);
/** Judged where it is used: one odd entry must not hide the others. */
const amount = z.object({ value: toldNumber, currencyCode: z.string() });

/** Shapes of what is read from Tempo's REST API 4. */
export const tempoProject = z.object({
  id,
  name: z.string(),
  /** What the project is made of; for `JIRA_PROJECTS` the reference lists Jira's numeric project ids. */
  scope: z.object({ source: z.object({ type: z.string(), reference: z.string() }).nullish() }).nullish(),
});
export type TempoProject = z.output<typeof tempoProject>;

/** A page of anything; `next` is a whole address, of which only its presence counts. */
export const pageOf = <T extends z.ZodType>(row: T) =>
  z.object({ metadata: z.object({ next: z.string().nullish() }), results: z.array(row) });

/** 204 without body: no budget. */
export const tempoBudget = z.object({ amount }).optional();

export const laborActual = z.object({
  date: z.string(),
  timeSpentSeconds: toldNumber,
  /** left out of projects counted by time, and where the token may not see rates */
  cost: amount.nullish(),
});
export const expenseActual = z.object({ date: z.string(), cost: amount });
export const nothing = z.unknown();
