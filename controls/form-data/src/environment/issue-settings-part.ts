import type { RawRow } from '../row/row-fields';
import type { Part } from '../store/part';

const VALUES = 'environmentvariabledefinition_environmentvariablevalue';
const NAMES = ['crmjira_Capabilities', 'crmjira_JiraBaseUrl'] as const;

const QUERY =
  `?$select=schemaname,defaultvalue&$expand=${VALUES}($select=value)&$filter=` +
  NAMES.map((name) => `schemaname eq '${name}'`).join(' or ');

export interface IssueSettings {
  /** the capability is switched on, as far as this person may know */
  readonly on: boolean;
  /** address of Jira; null where this person may not know it */
  readonly site: string | null;
}

/** Read once a form. People who may not read environment variables get what the service refuses in words where it is off. */
export const issueSettingsPart: Part<'issueSettings', IssueSettings> = {
  name: 'issueSettings',
  select: QUERY,
  first: true,
  read: ({ webApi }) =>
    webApi.retrieveMultipleRecords('environmentvariabledefinition', QUERY).then(
      ({ entities }) => {
        const [capabilities, site] = NAMES.map((name) => {
          const row = (entities as readonly RawRow[]).find(({ schemaname }) => schemaname === name);
          // An expanded collection: an array of rows, of which there is one at most.
          const [current] = (row?.[VALUES] ?? []) as readonly RawRow[];
          return (current?.value ?? row?.defaultvalue ?? null) as string | null;
        });
        return {
          on: /issues/.test(capabilities ?? 'issues'),
          site: /^https?:/.test(site ?? '') ? (site ?? null) : null,
        };
      },
      () => ({ on: true, site: null }),
    ),
  stands: () => true,
};
