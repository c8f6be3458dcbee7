import type { CrmFacts } from '@crmjira/domain';

/** What people call an opportunity; null = not known, as it was not read or has none. */
export interface KnownAs {
  readonly projectKey: string | null;
  readonly opportunityName: string | null;
}

/** Remembers from the facts of runs what their opportunities are called, also of runs that fail later. */
export interface KnownOpportunities {
  readonly note: (crm: CrmFacts) => void;
  readonly of: (opportunityId: string) => KnownAs;
  /** `a1b2c3d4-…  CRMWYVLZZJ  Smith Hall`: the id, as options take it, then what is known. */
  readonly heading: (opportunityId: string) => string;
}

const nothing: KnownAs = { projectKey: null, opportunityName: null };

export function createKnownOpportunities(): KnownOpportunities {
  const known = new Map<string, KnownAs>();
  const of = (opportunityId: string): KnownAs => known.get(opportunityId) ?? nothing;
  return {
    note: ({ opportunityId, mapping, opportunity }) =>
      void known.set(opportunityId, {
        projectKey: mapping?.projectKey ?? null,
        opportunityName: opportunity?.name ?? null,
      }),
    of,
    heading: (opportunityId) => {
      const { projectKey, opportunityName } = of(opportunityId);
      return [opportunityId, projectKey, opportunityName].filter((part) => part !== null && part !== '').join('  ');
    },
  };
}
