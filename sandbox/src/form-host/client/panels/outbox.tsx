import * as React from 'react';
import { z } from 'zod';
import type { OutboxMail } from '../../contract';
import { formatInstant } from '../format/format-value';
import { plainText } from '../format/plain-text';
import type { Language } from '../language';
import { Icon } from '../platform/icons';
import { word } from '../words';
import { callHost } from './host-api';
import { problemText } from '../web-api/problem-text';

const outbox: z.ZodType<{ mails: OutboxMail[] }> = z.object({
  mails: z.array(
    z.object({
      id: z.string(),
      subject: z.string(),
      from: z.string(),
      to: z.array(z.string()),
      sentOn: z.string(),
      body: z.string(),
    }),
  ),
});

/** Milliseconds between two looks into the outbox. */
const lookEvery = 3_000;

/** E-mails that left Dataverse. Their HTML is shown as text: a mail is not part of this page. */
export function Outbox({ language }: { readonly language: Language }) {
  const [found, setFound] = React.useState<readonly OutboxMail[] | null>(null);
  const [problem, setProblem] = React.useState<{ readonly error: unknown } | null>(null);
  React.useEffect(() => {
    let current = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async () => {
      try {
        const { mails } = outbox.parse(await callHost('/host/outbox'));
        if (current) setFound([...mails].reverse());
      } catch (error) {
        if (current) setProblem({ error });
      }
      if (current) timer = setTimeout(() => void look(), lookEvery);
    };
    void look();
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, []);
  if (problem) return <p role="alert">{problemText(problem.error, language)}</p>;
  if (!found) return <p role="status">{word(language, 'loading')}</p>;
  if (found.length === 0) return <p className="sub">{word(language, 'outboxEmpty')}</p>;
  return (
    <ol className="outbox">
      {found.map((mail) => (
        <li key={mail.id}>
          <details>
            <summary>
              <Icon name="ChevronRight" />
              <span className="strong">{mail.subject}</span>
              <span className="small sub">{formatInstant(mail.sentOn, language)}</span>
            </summary>
            <dl className="small">
              <dt>{word(language, 'from')}</dt>
              <dd>{mail.from}</dd>
              <dt>{word(language, 'to')}</dt>
              <dd>{mail.to.join(', ')}</dd>
            </dl>
            <div className="small mail-body">{plainText(mail.body)}</div>
          </details>
        </li>
      ))}
    </ol>
  );
}
