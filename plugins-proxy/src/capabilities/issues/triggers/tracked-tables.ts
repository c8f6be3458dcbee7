import { LinkState, tables } from '@crmjira/domain';
import { z } from 'zod';
import { guid, optionalNumber } from '../../../clients/dataverse/columns';
import { jobKey } from '../../../queue/job-key';
import type { TrackedTable } from '../../../reconciler/triggers';
import { linkKind } from '../link/issue-link-module';
import { linkedRecordKey } from '../link/resolvers';

const linkRow = z.object({
  crmjira_issue_linkid: guid,
  versionnumber: optionalNumber,
  crmjira_state: optionalNumber,
});

const noKeys = (): readonly string[] => [];

/** Links: what people asked for stands in their rows. */
const linkTable: TrackedTable = {
  name: 'crmjira_issue_link',
  collection: tables.crmjira_issue_link.entitySet,
  select: Object.keys(linkRow.shape),
  keysOf: (row) => [jobKey(linkKind, linkRow.parse(row).crmjira_issue_linkid)],
  keysAtStart: (row) => {
    const { crmjira_issue_linkid: id, crmjira_state: state } = linkRow.parse(row);
    return state === LinkState.Unlinked ? [] : [jobKey(linkKind, id)];
  },
  isSettled: (row, settled) => {
    const { crmjira_issue_linkid: id, versionnumber } = linkRow.parse(row);
    return versionnumber !== null && settled.covers(id, versionnumber);
  },
  keysOfDeleted: noKeys,
};

/** Records, where no step tells of them. Their links are looked up by a job; at the first start the links name themselves. */
const recordTable = (name: 'incident' | 'opportunity'): TrackedTable => ({
  name,
  collection: tables[name].entitySet,
  select: [tables[name].primaryId],
  keysOf: (row) => {
    const id = z.object({ [tables[name].primaryId]: guid }).parse(row)[tables[name].primaryId];
    return id === undefined ? [] : [linkedRecordKey(name, id)];
  },
  keysAtStart: noKeys,
  keysOfDeleted: (id) => [linkedRecordKey(name, id)],
  isOptional: name === 'incident',
});

/** The tables to be followed, by whether steps reach the service. */
export const issueTables = (inbound: 'direct' | 'none'): readonly TrackedTable[] =>
  inbound === 'none' ? [linkTable, recordTable('incident'), recordTable('opportunity')] : [linkTable];
