import { LinkState } from '../../schema/generated/options';
import type { Guard } from '../actions';
import type { LinkFacts, LinkStage, RecordFacts, SeenRecord, StoredLink } from '../facts';

/** A link row as a person's wish makes it, for a new issue or for one that is there. */
export const newLink = (issueId: string | null, record: RecordFacts): StoredLink => ({
  stage: 'asked',
  issueId,
  low: null,
  sentOn: null,
  offConfirmed: null,
  cursor: 0,
  toldUpTo: 0,
  fields: {},
  trouble: null,
  seen: seenOf(record),
});

export const seenOf = ({ owner, cancelled }: RecordFacts): SeenRecord => ({
  owner: owner?.id ?? null,
  active: cancelled !== true,
});

export const guardOf = (link: LinkFacts, record: RecordFacts | null): Guard => ({
  record: record?.etag ?? null,
  link: link.etag,
});

/** Entries of the changelog that the next plan needs: those behind the oldest cursor. */
export const readFrom = ({ cursor, toldUpTo, fields }: StoredLink): number =>
  Math.min(cursor, toldUpTo, ...Object.values(fields).map((base) => base?.cursor ?? cursor));

const STATES: Readonly<Record<LinkStage, LinkState>> = {
  asked: LinkState.Requested,
  sent: LinkState.Requested,
  linked: LinkState.Linked,
  hidden: LinkState.Failing,
  broken: LinkState.Broken,
  unlinking: LinkState.Linked,
  unlinked: LinkState.Unlinked,
};

const TROUBLED: readonly LinkStage[] = ['asked', 'sent', 'linked'];

/** What lists and views show of a link (`crmjira_state`). */
export const linkStateOf = ({ stage, trouble }: StoredLink): LinkState =>
  trouble !== null && TROUBLED.includes(stage) ? LinkState.Failing : STATES[stage];
