import { plainName } from './plain-name';

/** An open opportunity without a Jira project. */
export interface Unlinked {
  readonly opportunityId: string;
  readonly name: string;
  /** key that somebody has noted on it, e.g. before the integration came */
  readonly notedKey: string | null;
  readonly reference: string | null;
}

/** A project of Jira without a mapping. */
export interface UnmappedProject {
  /** of its site */
  readonly connectionId: string;
  readonly id: string;
  readonly key: string;
  readonly name: string;
  /** opportunity that its ownership property names */
  readonly owner: string | null;
  /** opportunities that the field "CRM Opportunity ID" of its issues names */
  readonly named: readonly string[];
}

/** What a proposal rests on, surest first (R-2303). */
export const LINK_REASONS = ['ownership', 'field', 'key', 'name'] as const;
export type LinkReason = (typeof LINK_REASONS)[number];

/** One row of the proposal table. */
export interface LinkProposal {
  readonly opportunityId: string;
  readonly opportunityName: string;
  readonly connectionId: string;
  readonly projectId: string;
  readonly projectKey: string;
  readonly projectName: string;
  readonly reason: LinkReason;
  /** Others fit as well: a person has to choose. */
  readonly ambiguous: boolean;
}

function reasonOf(opportunity: Unlinked, project: UnmappedProject): LinkReason | null {
  // Claimed by another opportunity is an answer, whatever else fits.
  if (project.owner !== null) return project.owner === opportunity.opportunityId ? 'ownership' : null;
  if (project.named.includes(opportunity.opportunityId)) return 'field';
  const keys = [opportunity.notedKey, opportunity.reference].map((key) => key?.toUpperCase());
  if (keys.includes(project.key.toUpperCase())) return 'key';
  return plainName(opportunity.name) !== '' && plainName(opportunity.name) === plainName(project.name) ? 'name' : null;
}

/**
 * Which opportunity belongs to which project, by ownership property, custom field, key or name (R-2303). Every fit is in the table;
 * of several fits for one opportunity or one project the surest stands alone, and equally sure ones are marked as ambiguous.
 * Pure; ordered by project key.
 */
export function proposeLinks(
  opportunities: readonly Unlinked[],
  projects: readonly UnmappedProject[],
): readonly LinkProposal[] {
  const fits = opportunities.flatMap((opportunity) =>
    projects.flatMap((project) => {
      const reason = reasonOf(opportunity, project);
      return reason === null ? [] : [{ opportunity, project, reason, rank: LINK_REASONS.indexOf(reason) }];
    }),
  );
  type Fit = (typeof fits)[number];
  const rivals = (fit: Fit): readonly Fit[] =>
    fits.filter(
      (other) =>
        other !== fit &&
        (other.opportunity.opportunityId === fit.opportunity.opportunityId ||
          // Two sites give the same ids.
          (other.project.id === fit.project.id && other.project.connectionId === fit.project.connectionId)),
    );
  return fits
    .filter((fit) => rivals(fit).every((rival) => rival.rank >= fit.rank))
    .map((fit) => ({
      opportunityId: fit.opportunity.opportunityId,
      opportunityName: fit.opportunity.name,
      connectionId: fit.project.connectionId,
      projectId: fit.project.id,
      projectKey: fit.project.key,
      projectName: fit.project.name,
      reason: fit.reason,
      ambiguous: rivals(fit).some((rival) => rival.rank === fit.rank),
    }))
    .sort((a, b) => (a.projectKey < b.projectKey ? -1 : a.projectKey > b.projectKey ? 1 : 0));
}
