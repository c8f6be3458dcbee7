import * as React from 'react';
import { type Language, notificationEvents, notificationNames } from '@crmjira/domain';
import { EnterField, type EnterForm } from '../integrations/enter-field';
import type { ServiceSay } from '../integrations/enter-service';
import { textIn } from '../integrations/enter-view';
import type { Entering } from '../integrations/use-entering';
import { toggled } from '../platform/check-boxes';
import { PageButton } from '../platform/page-button';
import { newSigningSecret, originOf } from './new-notification';

const ADAPTERS = { teams: 'adapterTeams', slack: 'adapterSlack', custom: 'adapterCustom' } as const;
const HINTS = { teams: 'hookTeams', slack: 'hookSlack', custom: 'hookCustom' } as const;

interface Props {
  readonly entering: Entering;
  readonly language: Language;
  readonly say: ServiceSay;
}

/** What must be entered before a message can go out. Pure. */
export const requiredOf = (settings: Readonly<Record<string, unknown>>): readonly string[] => [
  'secrets.address',
  ...(textIn(settings, 'adapter') === 'custom' ? ['secrets.signing'] : []),
];

/** The form, which keeps the host of the address beside it: the address itself is secret, also its path. */
function withHost(form: EnterForm, stored: string): EnterForm {
  return {
    ...form,
    setAt: (path, value) => {
      form.setAt(path, value);
      // An empty field keeps the address that is stored.
      if (path === 'secrets.address') form.setAt('settings.url', value === '' ? stored : originOf(String(value)));
    },
  };
}

/** Where notifications go, which, and in which language (R-2024, R-2027). */
export function NotificationFields({ entering, language, say }: Props): React.ReactElement {
  const { draft, form: plain } = entering;
  const { settings } = draft.entered;
  const [stored] = React.useState(() => textIn(settings, 'url'));
  const form = withHost(plain, stored);
  const adapter = textIn(settings, 'adapter');
  const known = adapter === 'slack' || adapter === 'custom' ? adapter : 'teams';
  const url = textIn(settings, 'url');
  return (
    <>
      <div className="enter-fields enter-two">
        <EnterField
          form={form}
          path="settings.adapter"
          name={say('adapter')}
          hint={say(HINTS[known])}
          options={Object.entries(ADAPTERS).map(([value, key]) => ({ value, text: say(key) }))}
        />
        <EnterField
          form={form}
          path="settings.language"
          kind="number"
          name={say('messageLanguage')}
          options={[
            { value: '1033', text: 'English' },
            { value: '3084', text: 'Français' },
          ]}
        />
      </div>
      <EnterField form={form} path="secrets.address" name={say('hookAddress')} hint={say('hookSecret')} isRequired />
      {url !== '' && (
        <p className="crmjira-sub">
          {say('goesTo')} <b className="crmjira-strong">{new URL(url).host}</b>
        </p>
      )}
      {known === 'custom' && <SigningSecret {...{ entering, say }} />}
      <EventChoice {...{ entering, language, say }} />
    </>
  );
}

/** The secret is made here and shown once: what is stored nobody can read. */
function SigningSecret({ entering, say }: Omit<Props, 'language'>): React.ReactElement {
  const { form } = entering;
  const [made, setMade] = React.useState<string | null>(null);
  const make = (): void => {
    const secret = newSigningSecret();
    setMade(secret);
    form.setAt('secrets.signing', secret);
  };
  const problem = form.problems.get('secrets.signing');
  return (
    <div className="enter-field" role="group" aria-label={say('signingSecret')}>
      <b className="crmjira-strong">{say('signingSecret')}</b>
      {made !== null && (
        <input
          className="page-input enter-code"
          readOnly
          value={made}
          aria-label={say('signingSecret')}
          autoComplete="off"
          onFocus={(event) => event.currentTarget.select()}
        />
      )}
      {problem !== undefined && <span className="enter-problem">{problem}</span>}
      {(made !== null || form.hasSecrets) && (
        <span className="crmjira-sub" role="status">
          {say(made === null ? 'secretStored' : 'secretOnce')}
        </span>
      )}
      <span className="enter-actions">
        <PageButton text={say('makeSecret')} icon="Key" look="small" onClick={make} />
        {made !== null && (
          <PageButton
            text={say('copySecret')}
            icon="Copy"
            look="small"
            onClick={() => void navigator.clipboard.writeText(made)}
          />
        )}
      </span>
    </div>
  );
}

function EventChoice({ entering, language, say }: Props): React.ReactElement {
  const { draft, form } = entering;
  const events = draft.entered.settings['events'];
  const chosen = new Set(Array.isArray(events) ? events.map(String) : []);
  const choose = (event: string): void => {
    const next = toggled(chosen, event);
    // In their own order, so that the same choice is the same setting.
    form.setAt(
      'settings.events',
      notificationEvents.filter((one) => next.has(one)),
    );
  };
  const problem = form.problems.get('settings.events');
  return (
    <fieldset className="enter-events">
      <legend>
        <b className="crmjira-strong">{say('events')}</b>
      </legend>
      <p className="crmjira-sub">{say('eventsLead')}</p>
      {notificationEvents.map((event) => (
        <label key={event} className="page-checklabel">
          <input type="checkbox" className="page-check" checked={chosen.has(event)} onChange={() => choose(event)} />
          {notificationNames[event][language]}
        </label>
      ))}
      {problem !== undefined && <span className="enter-problem">{problem}</span>}
    </fieldset>
  );
}
