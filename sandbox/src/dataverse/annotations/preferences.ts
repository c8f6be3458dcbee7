/** What a `Prefer` header asks for. */
export interface Preferences {
  readonly annotations: (name: string) => boolean;
  readonly hasAnnotations: boolean;
  readonly returnRepresentation: boolean;
  readonly maxPageSize: number | null;
  readonly trackChanges: boolean;
  readonly continueOnError: boolean;
  /** The preferences as they are to be echoed in `Preference-Applied`. */
  readonly applied: readonly string[];
}

/** Commas inside quotes belong to the value: `odata.include-annotations="A,B"`. */
export function parsePreferences(header: string | undefined): Preferences {
  const parts = (header ?? '').match(/(?:[^,;"]|"[^"]*")+/g) ?? [];
  const values = new Map<string, string>();
  for (const part of parts) {
    const [name = '', ...rest] = part.split('=');
    values.set(name.trim().toLowerCase(), rest.join('=').trim().replace(/^"|"$/g, ''));
  }
  const wanted = values.get('odata.include-annotations') ?? values.get('include-annotations');
  const size = Number(values.get('odata.maxpagesize') ?? values.get('maxpagesize'));
  const trackChanges = values.has('odata.track-changes');
  const returnRepresentation = values.get('return') === 'representation';
  const applied: string[] = [];
  if (returnRepresentation) applied.push('return=representation');
  if (wanted !== undefined) applied.push(`odata.include-annotations="${wanted}"`);
  if (size > 0) applied.push(`odata.maxpagesize=${size}`);
  if (trackChanges) applied.push('odata.track-changes');
  return {
    annotations: wanted === undefined ? () => false : annotationFilter(wanted),
    hasAnnotations: wanted !== undefined,
    returnRepresentation,
    maxPageSize: Number.isInteger(size) && size > 0 ? size : null,
    trackChanges,
    continueOnError: values.has('odata.continue-on-error'),
    applied,
  };
}

/** `*`, `Namespace.*`, a full name; a leading `-` takes away. */
function annotationFilter(list: string): (name: string) => boolean {
  const patterns = list
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
  const matches = (pattern: string, name: string): boolean =>
    pattern === '*' || (pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern);
  return (name) =>
    patterns.some((each) => !each.startsWith('-') && matches(each, name)) &&
    !patterns.some((each) => each.startsWith('-') && matches(each.slice(1), name));
}

export const formattedValue = 'OData.Community.Display.V1.FormattedValue';
/** On a column under another name: what it is called in its table. */
export const attributeName = 'OData.Community.Display.V1.AttributeName';
export const lookupLogicalName = 'Microsoft.Dynamics.CRM.lookuplogicalname';
export const associatedNavigation = 'Microsoft.Dynamics.CRM.associatednavigationproperty';
