/** What a page without code components takes from the control: the same view over the same store, its burn-up, and its texts. */
import english from './BudgetBurn/strings/BudgetBurn.1033.resx';
import french from './BudgetBurn/strings/BudgetBurn.3084.resx';
import type { StringKey } from './generated/string-keys';

export { chartPart } from './components/chart';
export { axisMaximum, dayRange, gridAmounts, monthStarts } from './geometry/axis';
export { burnUp } from './geometry/burn-up';
export type { ChartData } from './geometry/chart-data';
export { browserMeasure, type Measure } from './geometry/measure';
export type { Picture } from './geometry/shapes';
export { LiveBurn, type LiveBurnProps } from './live-burn';
export type BurnStringKey = StringKey;

type ResxTexts = Readonly<Record<string, string>>;

/** Language → key → text. */
export const burnTexts: Readonly<Record<1033 | 3084, ResxTexts>> = { 1033: english, 3084: french };
