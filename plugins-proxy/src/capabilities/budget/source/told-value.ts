import { type Money, moneyFromDecimal } from '@crmjira/domain';
import { z } from 'zod';
import type { Conversion } from './convert-money';

/** Any number that JSON can write, also 1e400: one impossible value must not make the rest of an answer unreadable (F-304). */
export const toldNumber = z.custom<number>((value) => typeof value === 'number');

/** Longest time that one entry may tell, in seconds: a year. */
const longestWork = 366 * 86_400;
/** Most hours that a project may tell; columns take a hundred times as many. */
const mostHours = 1e9;
/** Largest amount that is taken, in minor units: what may be approved, 1e12 in most currencies. */
const largestAmount = 1e14;

/** Whether somebody can have worked so long at a stretch; 2^53 seconds must not stop every later run of a project (F-304). */
export const isWorkTime = (seconds: number): boolean =>
  Number.isInteger(seconds) && seconds >= 0 && seconds <= longestWork;

export const isHours = (hours: number): boolean => hours >= 0 && hours <= mostHours;

export const isAmount = ({ minor }: Money): boolean => minor >= 0 && minor <= largestAmount;

/**
 * An amount that Jira or a budget module tells, in the currency of the figures.
 * @returns null where it cannot be used: below zero, beyond any budget, not exact, or in a currency that Dynamics does not know
 */
export function toldAmount(value: number, from: string, currency: string, convert: Conversion): Money | null {
  try {
    const amount = convert(moneyFromDecimal(value, from.toUpperCase()), currency);
    return isAmount(amount) ? amount : null;
  } catch {
    // The caller says which value is not used, and why.
    return null;
  }
}
