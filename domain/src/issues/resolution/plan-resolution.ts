import { derivedId } from '../../hash/derived-id';
import type { Guid } from '../facts';
import type { ResolutionAction, ResolutionFacts, ResolutionNotice, StoredResolution } from './facts';
import { counts, type Occasion, ruleState } from './occasion';

/** One row of resolution an occasion: `CloseIncident` is not idempotent, its row is. */
export const resolutionId = (caseId: Guid, occasion: string): Guid => derivedId(caseId, 'resolution', occasion);

/**
 * Whether a case resolves by its issues. The rule's outcome merges like a field: base is the occasion that was last acted on and the
 * case's state then. Only Jira has changed: the case follows. Only the case: it stands. Both: people decide. An issue that is
 * reopened is told, and reopens nothing; an opportunity is never closed by Jira.
 */
export function planResolution(facts: ResolutionFacts): readonly ResolutionAction[] {
  const { record, rows, stored } = facts;
  if (record.table !== 'incident') return [];
  const state = ruleState(facts.links);
  const { occasion } = state;
  const current = occasion?.id ?? null;
  const hasRuleChanged = current !== stored.occasion;
  const unaccounted = rows.filter((id) => !stored.accounted.includes(id));
  const hasCaseChanged = record.closed !== stored.closed || (unaccounted.length > 0 && !record.closed);

  if (hasRuleChanged && occasion !== null && !record.closed && !isBySomebodyLeaving(facts, occasion)) {
    const own = resolutionId(record.id, occasion.id);
    if (!hasCaseChanged && !rows.includes(own)) return [resolveBy(occasion, own, facts)];
    const isReopenedSince = unaccounted.length === 1 && unaccounted[0] === own;
    return [account(facts, current, isReopenedSince ? null : notice('decide', occasion.link.key, 0, occasion, facts))];
  }
  if (hasRuleChanged && occasion === null && record.closed && state.open.length > 0) {
    const [reopened] = state.open;
    return [account(facts, null, notice('reopened-in-jira', reopened!.key, state.open.length, null, facts))];
  }
  if (hasRuleChanged || hasCaseChanged || unaccounted.length > 0) return [account(facts, current, null)];

  const { lastDone, open } = state;
  // One that is open again is no news any more.
  const isTold = lastDone === null || open.includes(lastDone.link) || stored.stayedOpen?.occasion === lastDone.id;
  if (record.closed || state.holds || isTold) return [];
  const stayedOpen = { occasion: lastDone.id, open: open.map(({ id }) => id) };
  return [
    account(facts, current, notice('stays-open', lastDone.link.key, open.length, lastDone, facts), { stayedOpen }),
  ];
}

/** The rule holds because an issue that was open has been unlinked or does not count any more: nobody has resolved anything. */
const isBySomebodyLeaving = ({ links, stored }: ResolutionFacts, occasion: Occasion): boolean =>
  stored.stayedOpen?.occasion === occasion.id &&
  stored.stayedOpen.open.some((id) => !links.some((link) => link.id === id && counts(link)));

const resolveBy = (
  { id: occasion, link, change }: Occasion,
  id: Guid,
  { record, rows, stored }: ResolutionFacts,
): ResolutionAction => ({
  kind: 'resolve',
  guard: record.etag,
  stored: { ...stored, occasion, closed: true, accounted: [...rows, id] },
  resolutionId: id,
  key: link.key,
  resolution: change.resolution,
  by: change.by,
  on: change.on,
});

function account(
  { record, rows, stored, storedEtag }: ResolutionFacts,
  occasion: string | null,
  told: ResolutionNotice | null,
  changed: Partial<StoredResolution> = {},
): ResolutionAction {
  return {
    kind: 'account',
    guard: { record: record.etag, stored: storedEtag },
    stored: { ...stored, occasion, closed: record.closed, accounted: rows, ...changed },
    notice: told,
  };
}

const notice = (
  code: ResolutionNotice['code'],
  key: string,
  open: number,
  occasion: Occasion | null,
  { record, stored }: ResolutionFacts,
): ResolutionNotice => ({
  id: derivedId(record.id, code, occasion?.id ?? stored.occasion ?? ''),
  code,
  key,
  open,
});
