import { z } from 'zod';
import { toldNumber } from '../told-value';

/** Judged where it is used: one odd entry must not hide the others. */
const amount = z.object({ value: toldNumber, currencyCode: z.string() });

/** Shapes of the figures that are read from Tempo's REST API 4. 204 without body: no budget. */
export const tempoBudget = z.object({ amount }).optional();

export const laborActual = z.object({
  date: z.string(),
  timeSpentSeconds: toldNumber,
  /** left out of projects counted by time, and where the token may not see rates */
  cost: amount.nullish(),
});
export const expenseActual = z.object({ date: z.string(), cost: amount });
export const nothing = z.unknown();
