import type { Texts } from '../platform/page-words';

/** What the page says beside the view, whose texts are those of the control. */
export const BURN_PAGE_TEXTS = {
  record: { 1033: 'Opportunity', 3084: 'Opportunité' },
} as const satisfies Texts;
