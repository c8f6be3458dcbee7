import { cleanName } from '../../text/clean-name';
import { cutText } from '../../text/fit-text';

/** Jira's limit on project names. */
const MAX_LENGTH = 80;

/** The opportunity's name, at most 80 characters, cut without an ellipsis: projects are found again by it; with ` (<reference>)` kept whole when the name is taken (R-408, E1-F3). */
export function projectName(opportunityName: string, reference: string, nameTaken: boolean): string {
  const tail = nameTaken ? ` (${reference})` : '';
  return cutText(cleanName(opportunityName) || reference, MAX_LENGTH - tail.length, '') + tail;
}
