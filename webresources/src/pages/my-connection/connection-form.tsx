import * as React from 'react';
import { AuthType, connectionProblemTold, hostOf } from '@crmjira/domain';
import { isAnswered } from '../../commands/ask-about';
import { Notice, type NoticeView } from '../platform/notice';
import { PageButton } from '../platform/page-button';
import type { PageFacts } from '../platform/start-page';
import { type Connection, type ConnectionSay, type Site, kindOf, takesToken } from './connection-view';
import { noticeOf } from './outcome';
import type { NotSealed } from '../platform/seal-token';
import { TestSteps } from './test-steps';
import { Field } from './field';
import type { AskedConnection, Entered } from './use-connection-commands';

/** What a form is about: a connection that there is, or a new one under an id of its own. */
export type FormOf =
  | { readonly edits: Connection }
  | { readonly edits: null; readonly id: string; readonly sites: readonly Site[] };

export interface FormProps {
  readonly of: FormOf;
  /** what came of the last try; null: none yet */
  readonly asked: AskedConnection | null;
  readonly facts: PageFacts;
  readonly say: ConnectionSay;
  readonly onKind: (kind: AuthType) => void;
  readonly onSave: (entered: Entered) => Promise<NotSealed | null>;
  readonly onSignIn: (site: Site) => void;
  readonly onClose: () => void;
}

/** Ways of signing in that a site offers. */
const waysOf = ({ deployment, oauth }: Site): readonly AuthType[] =>
  deployment === 'dc' ? [AuthType.PatBearer] : [AuthType.ApiToken, ...(oauth ? [AuthType.OAuth203Lo] : [])];

const ORDER = [AuthType.ApiToken, AuthType.OAuth203Lo, AuthType.PatBearer] as const;

/** Adds a connection or changes one: tested first, and stored only where the test passes (R-1802, R-1821, R-1822). */
export function ConnectionForm({ of, asked, facts, say, onKind, onSave, onSignIn, onClose }: FormProps) {
  const { language } = facts;
  const sites = of.edits === null ? of.sites : [];
  const ways = ORDER.filter((way) => sites.some((site) => waysOf(site).includes(way)));
  const [chosenWay, choose] = React.useState<AuthType | null>(null);
  const [siteId, setSiteId] = React.useState('');
  const [email, setEmail] = React.useState(of.edits?.email ?? '');
  const [token, setToken] = React.useState('');
  const [isSealing, seal] = React.useState(false);
  const [problem, setProblem] = React.useState<NoticeView | null>(null);
  const way = of.edits?.authType ?? chosenWay ?? ways[0] ?? AuthType.ApiToken;
  const offered = sites.filter((site) => waysOf(site).includes(way));
  const site = offered.find(({ integration }) => integration === siteId) ?? offered[0];
  const first = React.useRef<HTMLFormElement>(null);
  React.useEffect(() => first.current?.querySelector<HTMLElement>('input:checked, input, select')?.focus(), []);
  React.useEffect(() => onKind(way), [onKind, way]);

  const isTesting = isSealing || (asked !== null && !isAnswered(asked.asked));
  const needsEmail = way === AuthType.ApiToken;
  const refuse = (reason: 'no-email' | 'no-token'): void => {
    const [strong, text] = connectionProblemTold(reason, { host: '', email: null }, true, language);
    setProblem({ tone: 'over', icon: 'ErrorBadge', strong, text });
    first.current?.querySelector<HTMLElement>(reason === 'no-email' ? '#email' : '#token')?.focus();
  };
  const submit = async (event: React.FormEvent): Promise<void> => {
    event.preventDefault();
    if (isTesting) return;
    setProblem(null);
    if (!takesToken(way)) return site && onSignIn(site);
    if (needsEmail && email.trim() === '') return refuse('no-email');
    if (of.edits === null && token === '') return refuse('no-token');
    const place =
      of.edits === null
        ? { connection: of.id, integration: site?.integration, host: site && hostOf(site.url) }
        : { connection: of.edits.id, integration: of.edits.integrationId, host: of.edits.host };
    if (!place.integration || !place.host) return;
    seal(true);
    const { connection, integration, host } = place;
    const failure = await onSave({
      ...{ connection, integration, host, token, authType: way },
      email: needsEmail ? email.trim() : null,
    });
    seal(false);
    if (failure !== null) setProblem({ tone: 'over', icon: 'ErrorBadge', strong: say(failure), text: '' });
  };
  const isOauth = way === AuthType.OAuth203Lo;
  const lacksOauth = sites.some(({ deployment }) => deployment === 'cloud') && !ways.includes(AuthType.OAuth203Lo);
  const outcome = problem ?? (asked !== null && !isTesting ? noticeOf(asked, say, language) : null);
  return (
    <form
      ref={first}
      className="connection-form"
      aria-label={of.edits === null ? say('add') : say('editTitle', { h: of.edits.host })}
      onSubmit={(event) => void submit(event)}
      noValidate
    >
      {of.edits === null && (
        <>
          <fieldset>
            <legend>{say('how')}</legend>
            {ways.map((one) => (
              <label key={one}>
                <input
                  type="radio"
                  name="way"
                  className="page-check"
                  checked={one === way}
                  onChange={() => choose(one)}
                />
                {say(kindOf(one))}
              </label>
            ))}
            {lacksOauth && <p className="crmjira-sub">{say('noOauth')}</p>}
          </fieldset>
          <label className="page-field">
            <b>{say('url')}</b>
            <select
              className="page-input"
              value={site?.integration ?? ''}
              onChange={(event) => setSiteId(event.currentTarget.value)}
            >
              {offered.map(({ integration, url }) => (
                <option key={integration} value={integration}>
                  {url}
                </option>
              ))}
            </select>
          </label>
        </>
      )}
      {needsEmail && (
        <Field id="email" type="email" autoComplete="email" name={say('email')} value={email} onValue={setEmail} />
      )}
      {isOauth ? (
        <p className="crmjira-sub">{say('allow')}</p>
      ) : (
        <Field
          id="token"
          type="password"
          autoComplete="off"
          name={say(way === AuthType.PatBearer ? 'patToken' : 'token')}
          hint={say(of.edits === null ? 'tokenHint' : 'tokenKept')}
          value={token}
          onValue={setToken}
        />
      )}
      <div role="status" className="page-messages">
        {(isTesting || outcome !== null) && !isOauth && (
          <TestSteps {...{ say, isTesting }} asked={problem === null ? asked : null} />
        )}
        {isTesting && <p className="crmjira-sub">{say('testingNote')}</p>}
        {outcome !== null && <Notice {...outcome} />}
      </div>
      <div className="connection-buttons">
        <button
          type="submit"
          className={`ms-Button ms-Button--primary${isTesting ? ' is-disabled' : ''}`}
          aria-disabled={isTesting}
        >
          {say(isOauth ? 'connectAtlassian' : 'save')}
        </button>
        <PageButton text={say('cancel')} onClick={onClose} />
      </div>
    </form>
  );
}
