import * as React from 'react';
import type { HostDefinition, Persona } from '../../contract';
import type { Settings } from '../settings';
import { type Word, word } from '../words';
import { createXrm } from '../xrm/xrm-global';

export interface WebResourceFrameProps {
  /** in the tenant */
  readonly name: string;
  readonly recordId: string | null;
  readonly definition: HostDefinition;
  readonly persona: Persona;
  readonly settings: Settings;
}

const titles: Readonly<Record<string, Word>> = {
  'crmjira_/pages/integration-health.html': 'integrationHealth',
  'crmjira_/pages/connection-guide.html': 'connectionGuide',
  'crmjira_/pages/budget-burn.html': 'burnPage',
};

/**
 * An HTML web resource as an app shows it: in a frame of the same origin, whose code finds the client API at its parent, with the
 * parameters that Dynamics passes (Microsoft, "Pass parameters to HTML web resources").
 */
export function WebResourceFrame({ name, recordId, definition, persona, settings }: WebResourceFrameProps) {
  const { language, theme } = settings;
  const [ready, setReady] = React.useState(false);
  React.useLayoutEffect(() => {
    Object.assign(window, { Xrm: createXrm({ definition, persona, language }) });
    setReady(true);
  }, [definition, persona, language]);
  const title = word(language, titles[name] ?? 'integrationHealth');
  React.useEffect(() => {
    document.title = title;
  }, [title]);
  if (!ready) return null;
  const query = new URLSearchParams({
    ...(recordId === null ? {} : { typename: 'opportunity', type: '3', id: `{${recordId.toUpperCase()}}` }),
    orgname: 'sandbox',
    orglcid: '1033',
    userlcid: String(language),
    data: `theme=${theme}`,
  });
  return <iframe className="web-resource" title={title} src={`/WebResources/${name}?${query.toString()}`} />;
}
