import * as React from 'react';
import { EnterField } from '../integrations/enter-field';
import type { ServiceKind } from '../integrations/enter-service';
import { textIn } from '../integrations/enter-view';
import { restTemplate } from './rest-template';

const SIGN_IN = {
  none: 'signInNone',
  basic: 'signInBasic',
  bearer: 'signInBearer',
  'api-key': 'signInKey',
  oauth: 'signInOauth',
  certificate: 'signInCertificate',
} as const;

/** What a way of signing in needs. */
const SECRETS: Readonly<Record<string, readonly string[]>> = {
  basic: ['secrets.username', 'secrets.password'],
  bearer: ['secrets.token'],
  'api-key': ['settings.apiKeyHeader', 'secrets.apiKey'],
  oauth: ['settings.tokenUrl', 'settings.clientId', 'secrets.clientSecret'],
  certificate: ['settings.certificate', 'settings.key'],
};

const PAGING = {
  none: 'pagingNone',
  page: 'pagingPage',
  offset: 'pagingOffset',
  next: 'pagingNext',
  link: 'pagingLink',
  cursor: 'pagingCursor',
} as const;

/** What is asked of a REST service, as whom, and where its records are (R-1608). */
const RestRequest: ServiceKind['Request'] = ({ entering, say }) => {
  const { form, draft } = entering;
  const { settings } = draft.entered;
  const signIn = textIn(settings, 'signIn');
  const paging = textIn(settings, 'paging');
  const field = { form } as const;
  return (
    <>
      <div className="enter-fields enter-request">
        <EnterField
          {...field}
          path="settings.method"
          name={say('method')}
          options={['GET', 'POST'].map((value) => ({ value, text: value }))}
        />
        <EnterField {...field} path="settings.url" name={say('address')} isRequired />
      </div>
      <EnterField {...field} path="settings.path" name={say('path')} hint={say('filled')} kind="code" isRequired />
      {textIn(settings, 'method') === 'POST' && (
        <EnterField {...field} path="settings.body" name={say('body')} kind="lines" />
      )}
      <div className="enter-fields enter-two">
        <EnterField
          {...field}
          path="settings.signIn"
          name={say('signIn')}
          options={Object.entries(SIGN_IN).map(([value, key]) => ({ value, text: say(key) }))}
        />
        {signIn === 'basic' && <EnterField {...field} path="secrets.username" name={say('user')} isRequired />}
        {signIn === 'basic' && <EnterField {...field} path="secrets.password" name={say('adPassword')} isRequired />}
        {signIn === 'bearer' && <EnterField {...field} path="secrets.token" name={say('token')} isRequired />}
        {signIn === 'api-key' && (
          <EnterField {...field} path="settings.apiKeyHeader" name={say('keyHeader')} isRequired />
        )}
        {signIn === 'api-key' && <EnterField {...field} path="secrets.apiKey" name={say('apiKey')} isRequired />}
        {signIn === 'oauth' && (
          <>
            <EnterField {...field} path="settings.tokenUrl" name={say('tokenUrl')} isRequired />
            <EnterField {...field} path="settings.clientId" name={say('clientId')} isRequired />
            <EnterField {...field} path="secrets.clientSecret" name={say('clientSecret')} isRequired />
            <EnterField {...field} path="settings.scope" name={say('scope')} />
          </>
        )}
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
      </div>
      <div className="enter-fields enter-two">
        <EnterField {...field} path="settings.records" name={say('recordsAt')} hint={say('jsonList')} kind="code" />
        <EnterField
          {...field}
          path="settings.paging"
          name={say('paging')}
          options={Object.entries(PAGING).map(([value, key]) => ({ value, text: say(key) }))}
        />
        {(paging === 'next' || paging === 'cursor') && (
          <EnterField
            {...field}
            path="settings.next"
            name={say('nextAt')}
            hint={say('jsonNext')}
            kind="code"
            isRequired
          />
        )}
        {paging !== 'none' && <EnterField {...field} path="settings.pageSize" name={say('pageSize')} kind="number" />}
        <EnterField {...field} path="settings.id" name={say('recordId')} hint={say('recordIdHint')} kind="code" />
      </div>
    </>
  );
};

export const rest: ServiceKind = {
  title: 'newRest',
  path: 'jsonPath',
  template: restTemplate,
  requiredOf: (settings) => ['settings.url', 'settings.path', ...(SECRETS[textIn(settings, 'signIn')] ?? [])],
  Request: RestRequest,
};
