/** Jira's limit on project names. */
const MAX_LENGTH = 80;

/** The opportunity's name, at most 80 characters; with ` (<reference>)` kept whole when the name is taken (R-408, E1-F3). */
export function projectName(opportunityName: string, reference: string, nameTaken: boolean): string {
  const tail = nameTaken ? ` (${reference})` : '';
  return truncate(opportunityName.trim(), MAX_LENGTH - tail.length) + tail;
}

/** Cuts at whole code points, so that no half of an emoji is left. */
function truncate(text: string, length: number): string {
  if (text.length <= length) return text;
  const cut = text.slice(0, length);
  const halfPair = /[\uD800-\uDBFF]$/.test(cut);
  return (halfPair ? cut.slice(0, -1) : cut).trimEnd();
}
