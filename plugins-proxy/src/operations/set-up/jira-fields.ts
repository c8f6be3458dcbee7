import { z } from 'zod';
import { path } from '../../platform/http-client/path';
import type { JiraSite } from '../../clients/jira/jira-site';
import { fieldIdOf, fieldNames } from '../../clients/jira/resolve-fields';
import { fieldAnswer } from '../../clients/jira/wire/answers';
import { type Finding, person, type SetUpPart, there } from './finding';

const kinds = 'com.atlassian.jira.plugin.system.customfieldtypes';

/** D-7.1: kind and searcher as Jira names them; options of the one that is chosen from. */
const fields: Readonly<
  Record<
    keyof typeof fieldNames,
    { readonly type: string; readonly searcher: string; readonly options: readonly string[] }
  >
> = {
  opportunityId: { type: 'textfield', searcher: 'textsearcher', options: [] },
  accountId: { type: 'textfield', searcher: 'textsearcher', options: [] },
  budgetStatus: {
    type: 'select',
    searcher: 'multiselectsearcher',
    options: ['Draft', 'Approved', 'Active', 'Overbudget', 'Completed'],
  },
  approvedAmount: { type: 'float', searcher: 'exactnumber', options: [] },
};

const description = 'Written by the CRM-JIRA integration.';
const contexts = z.object({ values: z.array(z.object({ id: z.string() })) });
const options = z.object({ values: z.array(z.object({ value: z.string() })) });

/** Options that a field to choose from lacks, and where they go; only Jira Cloud has an interface for that. */
async function missingOptions({ http, profile }: JiraSite, id: string, wanted: readonly string[]) {
  const base = path`/field/${id}/context`;
  const found = await http.call({ method: 'GET', path: `${profile.api}${base}`, schema: contexts });
  const [context] = found.values;
  if (context === undefined) return null;
  const place = `${profile.api}${base}/${encodeURIComponent(context.id)}/option`;
  const { values } = await http.call({ method: 'GET', path: place, schema: options });
  const there = new Set(values.map(({ value }) => value));
  return { place, values: wanted.filter((value) => !there.has(value)) };
}

async function addOptions(site: JiraSite, id: string, wanted: readonly string[]): Promise<string | void> {
  if (wanted.length === 0) return undefined;
  const byHand = `give it the options ${wanted.join(', ')} (Jira administration, Custom fields, Configure)`;
  if (site.profile.deployment === 'dc') return byHand;
  const missing = await missingOptions(site, id, wanted);
  if (missing === null) return byHand;
  if (missing.values.length === 0) return undefined;
  const body = { options: missing.values.map((value) => ({ value, disabled: false })) };
  await site.http.call({ method: 'POST', path: missing.place, body, schema: z.unknown() });
  return undefined;
}

async function create(site: JiraSite, name: string, { type, searcher, options: wanted }: (typeof fields)['accountId']) {
  const body = { name, description, type: `${kinds}:${type}`, searcherKey: `${kinds}:${searcher}` };
  const made = await site.http.call({
    method: 'POST',
    path: `${site.profile.api}/field`,
    body,
    schema: fieldAnswer,
  });
  return addOptions(site, made.id, wanted);
}

/** The four custom fields of the root issue, by name as the service finds them. */
export const jiraFields: SetUpPart = async ({ site, environmentSettings }) => {
  const configured = (await environmentSettings.settings()).fieldIds;
  const { http, profile } = site;
  const known = await http.call({ method: 'GET', path: `${profile.api}/field`, schema: fieldAnswer.array() });
  return Promise.all(
    Object.entries(fields).map(async ([key, kind]): Promise<Finding> => {
      // The keys of `fields` are those of `fieldNames`, as its type says.
      const of = key as keyof typeof fieldNames;
      const name = fieldNames[of];
      const what = `Jira field "${name}"`;
      const found = fieldIdOf(known, configured, of);
      if (found === null) return { what, says: kind.type, state: 'missing', make: () => create(site, name, kind) };
      if (!known.some(({ id }) => id === found))
        return person(what, `crmjira_FieldIds names ${found}, which Jira does not have: correct it, or leave it out`);
      const lacking =
        kind.options.length > 0 && profile.deployment === 'cloud'
          ? await missingOptions(site, found, kind.options)
          : null;
      if (lacking === null || lacking.values.length === 0) return there(what, found);
      return {
        what,
        says: `${found} lacks the options ${lacking.values.join(', ')}`,
        state: 'missing',
        make: () => addOptions(site, found, kind.options),
      };
    }),
  );
};
