import type { RawRow } from '../row/row-fields';
import type { Part } from '../store/part';

const VALUES = 'environmentvariabledefinition_environmentvariablevalue';
const QUERY = `?$select=schemaname,defaultvalue&$expand=${VALUES}($select=value)&$filter=schemaname eq 'crmjira_Capabilities'`;

export interface IssueSettings {
  /** the capability is switched on, as far as this person may know */
  readonly on: boolean;
}

/** Read once a form. People who may not read environment variables get what the service refuses in words where it is off. */
export const issueSettingsPart: Part<'issueSettings', IssueSettings> = {
  name: 'issueSettings',
  select: QUERY,
  first: true,
  read: ({ webApi }) =>
    webApi.retrieveMultipleRecords('environmentvariabledefinition', QUERY).then(
      ({ entities }) => {
        const [row] = entities as readonly RawRow[];
        // An expanded collection: an array of rows, of which there is one at most.
        const [current] = (row?.[VALUES] ?? []) as readonly RawRow[];
        return { on: /issues/.test(String(current?.value ?? row?.defaultvalue ?? 'issues')) };
      },
      () => ({ on: true }),
    ),
  stands: () => true,
};
