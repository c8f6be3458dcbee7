import type { Part } from '../store/part';
import { type IssueLink, LINK_SELECT, linkVersions, ofRecord, readLinks } from './issue-link';

/** The record's own links. */
export const linkPart: Part<'links', readonly IssueLink[]> = {
  name: 'links',
  select: LINK_SELECT,
  versions: linkVersions,
  read: (desk) => readLinks(desk, ofRecord(desk)),
};
