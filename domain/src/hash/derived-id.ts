import { sha1 } from '@noble/hashes/legacy.js';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { utf8 } from './utf8';

/** Name space of every identifier this product derives; random once, never to change. */
const NAMESPACE = hexToBytes('b7f1c3de52a44c7f9a0b6d2e8c41f9aa');

/**
 * UUID version 5 (RFC 9562) of an opportunity, an action and a trigger: the same row is found again after any crash, so a
 * repeat never becomes a double (ARCHITECTURE.md).
 */
export function derivedId(...parts: readonly [string, ...string[]]): string {
  const bytes = sha1
    .create()
    .update(NAMESPACE)
    .update(utf8(parts.join('\n')))
    .digest()
    .slice(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x50;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytesToHex(bytes);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** Row ids that more than one part of the product must know. */
export const mappingId = (opportunityId: string): string => derivedId(opportunityId, 'mapping');
export const alertId = (mapping: string, level: number, crossingNo: number): string =>
  derivedId(mapping, 'alert', String(level), String(crossingNo));
export const alertEmailId = (alert: string): string => derivedId(alert, 'email');
export const alertTaskId = (alert: string): string => derivedId(alert, 'task');
/** The mail that tells the project team: one an approved request. */
export const approvalMailId = (request: string): string => derivedId(request, 'team-mail');
/** The mail that asks those who can decide: one a request (F-105). */
export const requestMailId = (request: string): string => derivedId(request, 'approvers-mail');
export const snapshotId = (mapping: string, day: string): string => derivedId(mapping, 'snapshot', day);
/** @param month its first day */
export const allocationId = (mapping: string, month: string, personId: string): string =>
  derivedId(mapping, 'allocation', month, personId);
export const finalReportId = (mapping: string): string => derivedId(mapping, 'final-report');
/** One close activity a completion: an opportunity that is reopened and completed again gets another. */
export const opportunityCloseId = (mapping: string, completedOn: string): string =>
  derivedId(mapping, 'close', new Date(completedOn).toISOString());
export const processInstanceId = (opportunityId: string): string => derivedId(opportunityId, 'process');
/** Rows that show an issue and a project of Jira, by their ids there, which no move or rename changes. */
export const jiraIssueRowId = (connectionId: string, issueId: string): string =>
  derivedId(connectionId, 'jira-issue', issueId);
export const jiraProjectRowId = (connectionId: string, projectId: string): string =>
  derivedId(connectionId, 'jira-project', projectId);
/** Rows of a monitored project, of an error in it, and of the error's events on a UTC day. */
export const monitorProjectRowId = (connectionId: string, projectId: string): string =>
  derivedId(connectionId, 'monitor-project', projectId);
export const monitorErrorRowId = (monitorProject: string, errorId: string): string =>
  derivedId(monitorProject, 'monitor-error', errorId);
export const monitorDayRowId = (monitorError: string, day: string): string =>
  derivedId(monitorError, 'monitor-day', day);
