import * as React from 'react';
import { EnterField } from '../integrations/enter-field';
import type { ServiceKind } from '../integrations/enter-service';
import { textIn } from '../integrations/enter-view';
import { soapTemplate } from './soap-template';

const SIGN_IN = {
  none: 'signInNone',
  basic: 'signInBasic',
  'ws-security': 'signInWs',
  certificate: 'signInCertificate',
} as const;

/** Names of the secrets that an envelope asks for: `{secret:broker-user}`. Pure. */
export const secretsIn = (envelope: string): readonly string[] => [
  ...new Set([...envelope.matchAll(/\{secret:([A-Za-z0-9._-]{1,100})\}/g)].map(([, name = '']) => name)),
];

const takesUser = (settings: Readonly<Record<string, unknown>>): boolean =>
  ['basic', 'ws-security'].includes(textIn(settings, 'signIn'));

/** What is asked of a SOAP service, as whom, and where its records are (R-1608). */
const SoapRequest: ServiceKind['Request'] = ({ entering, say }) => {
  const { form, draft } = entering;
  const { settings } = draft.entered;
  const signIn = textIn(settings, 'signIn');
  const hasUser = takesUser(settings);
  const field = { form } as const;
  return (
    <>
      <EnterField {...field} path="settings.url" name={say('endpoint')} isRequired />
      <EnterField {...field} path="settings.action" name={say('action')} isRequired />
      <EnterField
        {...field}
        path="settings.envelope"
        name={say('envelope')}
        hint={`${say('filled')} ${say('secretNote')}`}
        kind="lines"
        isRequired
      />
      {secretsIn(textIn(settings, 'envelope')).map((name) => (
        <EnterField key={name} {...field} path={`secrets.secret:${name}`} name={say('secretOf', { name })} isRequired />
      ))}
      <div className="enter-fields enter-two">
        <EnterField
          {...field}
          path="settings.signIn"
          name={say('signIn')}
          options={Object.entries(SIGN_IN).map(([value, key]) => ({ value, text: say(key) }))}
        />
        <EnterField
          {...field}
          path="settings.version"
          name={say('version')}
          options={['1.1', '1.2'].map((value) => ({ value, text: `SOAP ${value}` }))}
        />
        {hasUser && <EnterField {...field} path="secrets.username" name={say('user')} isRequired />}
        {hasUser && <EnterField {...field} path="secrets.password" name={say('adPassword')} isRequired />}
        {signIn === 'certificate' && (
          <>
            <EnterField
              {...field}
              path="settings.certificate"
              name={say('certificate')}
              hint={say('reference')}
              isRequired
            />
            <EnterField
              {...field}
              path="settings.key"
              name={say('certificateKey')}
              hint={say('reference')}
              isRequired
            />
          </>
        )}
        <EnterField {...field} path="settings.records" name={say('recordsAt')} hint={say('xmlList')} kind="code" />
        <EnterField
          {...field}
          path="settings.paging"
          name={say('paging')}
          options={[
            { value: 'none', text: say('pagingNone') },
            { value: 'page', text: say('pagingPage') },
          ]}
        />
        <EnterField {...field} path="settings.id" name={say('recordId')} hint={say('recordIdHint')} kind="code" />
      </div>
    </>
  );
};

export const soap: ServiceKind = {
  title: 'newSoap',
  path: 'xPath',
  template: soapTemplate,
  requiredOf: (settings) => [
    ...['settings.url', 'settings.action', 'settings.envelope'],
    ...secretsIn(textIn(settings, 'envelope')).map((name) => `secrets.secret:${name}`),
    ...(takesUser(settings) ? ['secrets.username', 'secrets.password'] : []),
  ],
  Request: SoapRequest,
};
