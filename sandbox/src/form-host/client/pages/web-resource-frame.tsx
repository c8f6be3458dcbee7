import * as React from 'react';
import type { HostDefinition, Persona } from '../../contract';
import { labelIn } from '../language';
import type { Settings } from '../settings';
import { word } from '../words';
import type { PageNavigator } from '../xrm/navigation-api';
import { createXrm } from '../xrm/xrm-global';

export interface WebResourceFrameProps {
  /** in the tenant */
  readonly name: string;
  readonly recordId: string | null;
  /** what the caller of `navigateTo` gives the page; null: how the page looks */
  readonly data: string | null;
  readonly definition: HostDefinition;
  readonly persona: Persona;
  readonly settings: Settings;
  readonly pageNavigator: PageNavigator;
}

/**
 * An HTML web resource as an app shows it: in a frame of the same origin, whose code finds the client API at its parent, with the
 * parameters that Dynamics passes (Microsoft, "Pass parameters to HTML web resources").
 */
export function WebResourceFrame({
  name,
  recordId,
  data,
  definition,
  persona,
  settings,
  pageNavigator,
}: WebResourceFrameProps) {
  const { language, theme } = settings;
  const [ready, setReady] = React.useState(false);
  React.useLayoutEffect(() => {
    Object.assign(window, { Xrm: createXrm({ definition, persona, language, pageNavigator }) });
    setReady(true);
  }, [definition, persona, language, pageNavigator]);
  const [own, setOwn] = React.useState('');
  // A page that stands in no site map names itself.
  const named = definition.navigation.find((entry) => entry.name === name)?.title;
  const title = named ? labelIn(language, named) : own || word(language, 'loading');
  React.useEffect(() => {
    document.title = title;
  }, [title]);
  if (!ready) return null;
  const query = new URLSearchParams({
    ...(recordId === null ? {} : { typename: 'opportunity', type: '3', id: `{${recordId.toUpperCase()}}` }),
    orgname: 'sandbox',
    orglcid: '1033',
    userlcid: String(language),
    data: data ?? `theme=${theme}`,
  });
  return (
    <iframe
      className="web-resource"
      title={title}
      src={`/WebResources/${name}?${query.toString()}`}
      onLoad={({ currentTarget }) => setOwn(currentTarget.contentDocument?.title ?? '')}
    />
  );
}
