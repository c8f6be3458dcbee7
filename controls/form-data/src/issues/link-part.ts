import { LinkState } from '@crmjira/domain';
import type { Part } from '../store/part';
import { type IssueLink, LINK_SELECT, linkVersions, ofRecord, readLinks } from './issue-link';

/** The record's own links. Those that have been taken away stay as rows, for their undo. */
export const linkPart: Part<'links', readonly IssueLink[]> = {
  name: 'links',
  select: LINK_SELECT,
  versions: linkVersions,
  read: async (desk) => (await readLinks(desk, ofRecord(desk))).filter(({ state }) => state !== LinkState.Unlinked),
};
