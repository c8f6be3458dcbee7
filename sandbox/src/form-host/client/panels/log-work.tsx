import * as React from 'react';
import type { JiraLogChoices } from '../../contract';
import { formatMoney, formatNumber } from '../format/format-value';
import { parseNumber } from '../format/parse-number';
import type { MappingSummary } from '../form/mapping';
import type { Language } from '../language';
import { Icon } from '../platform/icons';
import { word } from '../words';
import { callHost, readLogChoices } from './host-api';
import { problemText } from '../web-api/problem-text';

export interface LogWorkProps {
  readonly language: Language;
  readonly currency: string;
  readonly mapping: MappingSummary | null;
  readonly onForm: boolean;
}

/** Hours of the quick buttons: a day, a week, and what takes a large budget over a threshold. */
const quickHours = [8, 40, 100, 400];

/** Work as a developer logs it in Jira. The form is not told: it learns by the webhook, as in a tenant. */
export function LogWork({ language, currency, mapping, onForm }: LogWorkProps) {
  const [choices, setChoices] = React.useState<JiraLogChoices | null>(null);
  const [problem, setProblem] = React.useState<{ readonly error: unknown } | null>(null);
  const [said, say] = React.useState('');
  const [issue, setIssue] = React.useState('');
  const [person, setPerson] = React.useState('');
  const [hours, setHours] = React.useState('8');
  const [rate, setRate] = React.useState('');
  const [comment, setComment] = React.useState('');
  const [busy, setBusy] = React.useState(false);
  const key = mapping?.projectKey ?? '';
  const site = mapping?.projectUrl ?? '';

  React.useEffect(() => {
    let current = true;
    setChoices(null);
    setProblem(null);
    if (key)
      readLogChoices(key, site).then(
        (found) => {
          if (!current) return;
          setChoices(found);
          setIssue(found.issues[0]?.key ?? '');
          setPerson(found.people[0]?.id ?? '');
          setRate(found.defaultRate.toFixed(2));
        },
        (error: unknown) => current && setProblem({ error }),
      );
    return () => {
      current = false;
    };
  }, [key, site]);

  if (!key) return <p className="sub">{word(language, onForm ? 'needProject' : 'needOpportunity')}</p>;
  if (problem) return <p role="alert">{problemText(problem.error, language)}</p>;
  if (!choices) return <p role="status">{word(language, 'loading')}</p>;
  if (choices.issues.length === 0) return <p className="sub">{word(language, 'noIssues')}</p>;

  const amount = parseNumber(hours, language, 4);
  const perHour = parseNumber(rate, language);
  const usable = typeof amount === 'number' && amount > 0 && perHour !== undefined;
  const log = async (event: React.FormEvent) => {
    event.preventDefault();
    if (!usable || busy) return;
    setBusy(true);
    say('');
    try {
      await callHost('/host/jira/worklogs', {
        site,
        issueKey: issue,
        hours: amount,
        comment,
        rate: perHour,
        currency,
        person,
      });
      say(word(language, 'logged', { n: formatNumber(amount, language, Number.isInteger(amount) ? 0 : 2) }));
    } catch (error) {
      say(problemText(error, language));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className="log-work" onSubmit={(event) => void log(event)}>
      <p className="small sub">{word(language, 'logHint')}</p>
      <label>
        {word(language, 'issue')}
        <select className="input" value={issue} onChange={(event) => setIssue(event.target.value)}>
          {choices.issues.map((one) => (
            <option key={one.key} value={one.key}>
              {one.key} {one.summary}
            </option>
          ))}
        </select>
      </label>
      <label>
        {word(language, 'person')}
        <select className="input" value={person} onChange={(event) => setPerson(event.target.value)}>
          {choices.people.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </select>
      </label>
      <label>
        {word(language, 'hours')}
        <input className="input" inputMode="decimal" value={hours} onChange={(event) => setHours(event.target.value)} />
      </label>
      <div className="quick" role="group" aria-label={word(language, 'hours')}>
        {quickHours.map((quick) => (
          <button key={quick} type="button" className="button small-button" onClick={() => setHours(String(quick))}>
            {word(language, 'hoursUnit', { n: quick })}
          </button>
        ))}
      </div>
      <label>
        {word(language, 'rate', { currency })}
        <input className="input" inputMode="decimal" value={rate} onChange={(event) => setRate(event.target.value)} />
      </label>
      <label>
        {word(language, 'comment')}
        <textarea className="input" rows={2} value={comment} onChange={(event) => setComment(event.target.value)} />
      </label>
      {usable && typeof perHour === 'number' && (
        <p className="small">
          {word(language, 'cost', {
            hours: formatNumber(amount, language, Number.isInteger(amount) ? 0 : 2),
            rate: formatMoney(perHour, currency, language),
            cost: formatMoney(amount * perHour, currency, language),
          })}
        </p>
      )}
      <button type="submit" className="button primary" disabled={!usable || busy}>
        {word(language, 'logButton')}
      </button>
      <p role="status" className="small">
        {said}
      </p>
      {mapping?.projectUrl && (
        <p>
          <a href={mapping.projectUrl} target="crmjira-jira" rel="noopener">
            {word(language, 'openJira')} <Icon name="OpenInNewWindow" />
          </a>
        </p>
      )}
    </form>
  );
}
