import type { Labels } from '@crmjira/domain';

/** A view of the opportunities; the platform brings such ones, no solution of ours does. */
export interface OpportunityView {
  readonly id: string;
  readonly name: Labels;
  /** OData filter; empty: every row that the person may read */
  readonly filter: (userId: string) => string;
}

const view = (id: string, english: string, french: string, filter: OpportunityView['filter']): OpportunityView => ({
  id,
  name: { 1033: english, 3084: french },
  filter,
});

export const allOpportunities = view('all', 'All opportunities', 'Toutes les opportunités', () => '');

export const opportunityViews: readonly OpportunityView[] = [
  allOpportunities,
  view('open', 'Open opportunities', 'Opportunités ouvertes', () => 'statecode eq 0'),
  view(
    'my-open',
    'My open opportunities',
    'Mes opportunités ouvertes',
    (userId) => `statecode eq 0 and _ownerid_value eq ${userId}`,
  ),
  view('won', 'Won opportunities', 'Opportunités conclues', () => 'statecode eq 1'),
  view('lost', 'Lost opportunities', 'Opportunités perdues', () => 'statecode eq 2'),
];
