import { hasRuns, type Integration } from '../integrations/integration';
import { needsToken } from '../integrations/health-words';

/** What is left to do with an integration: one thing at a time. */
export type NextAction = 'test' | 'activate' | 'run' | 'replace';

/** Pure (R-1621): nothing is activated whose saved settings have not passed a test. */
export function nextAction(integration: Integration): NextAction {
  const { isActive, isTested, provider } = integration;
  if (!isActive) return isTested ? 'activate' : 'test';
  if (needsToken(integration)) return 'replace';
  return hasRuns(provider) ? 'run' : 'test';
}

export type Shown = 'all' | 'active' | 'inactive';

/** What a person has chosen to see. */
export interface Filter {
  readonly shown: Shown;
  /** code; empty: of all */
  readonly provider: string;
  readonly text: string;
}

export const EVERYTHING: Filter = { shown: 'all', provider: '', text: '' };

const FITS: Readonly<Record<Shown, (integration: Integration) => boolean>> = {
  all: () => true,
  active: ({ isActive }) => isActive,
  inactive: ({ isActive }) => !isActive,
};

/** Those that fit: active ones first, each by name. Pure. */
export function shownIntegrations(all: readonly Integration[], filter: Filter): readonly Integration[] {
  const text = filter.text.trim().toLowerCase();
  return all
    .filter(
      (one) =>
        FITS[filter.shown](one) &&
        (filter.provider === '' || one.provider === filter.provider) &&
        [one.name, one.host].some((word) => word.toLowerCase().includes(text)),
    )
    .sort((one, other) => Number(other.isActive) - Number(one.isActive) || one.name.localeCompare(other.name));
}

/** How many are shown with each of the three. Pure. */
export const countOf = (all: readonly Integration[], shown: Shown): number => all.filter(FITS[shown]).length;
