import * as React from 'react';
import { EnterField, type EnterForm } from '../integrations/enter-field';
import type { EnterSay } from '../integrations/enter-view';
import type { JiraFound } from './jira-found';

/** Where issues go that nothing else places: chosen from what the site offers, typed where it has not been asked (R-1606). */
export function JiraDefaults(props: {
  readonly form: EnterForm;
  /** null: the site has not been asked */
  readonly found: JiraFound | null;
  readonly say: EnterSay;
  readonly isRequired?: boolean;
}): React.ReactElement {
  const { form, found, say, isRequired = false } = props;
  const key = form.textAt('settings.projectKey');
  const type = form.textAt('settings.issueType');
  const project = found?.projects.find((one) => one.key === key);
  const types = project?.issueTypes ?? [];
  const option = (value: string) => ({ value, text: value });
  const choose = { value: '', text: say('choose') };
  // What stands there already stays a choice, whatever the site has shown.
  const kept = (value: string, among: readonly string[]) =>
    value === '' || among.includes(value) ? [] : [option(value)];
  return (
    <>
      <EnterField
        form={form}
        path="settings.projectKey"
        name={say('projectKey')}
        isRequired={isRequired}
        {...(found !== null && found.projects.length > 0
          ? {
              options: [
                choose,
                ...kept(
                  key,
                  found.projects.map((one) => one.key),
                ),
                ...found.projects.map((one) => ({ value: one.key, text: `${one.key} · ${one.name}` })),
              ],
            }
          : {})}
      />
      <EnterField
        form={form}
        path="settings.issueType"
        name={say('issueType')}
        isRequired={isRequired}
        {...(project?.mayCreate === false ? { hint: say('mayNotCreate', { key }) } : {})}
        {...(types.length > 0
          ? {
              hint: say('offers', { key, types: types.join(', ') }),
              options: [choose, ...kept(type, types), ...types.map(option)],
            }
          : {})}
      />
    </>
  );
}
