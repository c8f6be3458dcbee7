import * as React from 'react';
import { readMapping } from '../form/mapping';
import type { FormSession } from '../form/form-session';
import { formatInstant } from '../format/format-value';
import { Icon } from '../platform/icons';
import { type Word, word } from '../words';
import { type TimelineRows, readTimeline } from './read-timeline';

/** Milliseconds between two readings while the timeline is shown. */
const readEvery = 5_000;

/** Alerts, tasks, e-mails, approvals and logs of the opportunity. */
export function Timeline({ session }: { readonly session: FormSession }) {
  const { language, id } = session.parts;
  const [rows, setRows] = React.useState<TimelineRows | null>(null);
  const [problem, setProblem] = React.useState<string | null>(null);
  React.useEffect(() => {
    let current = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const denied = new Set<Word>();
    const read = async () => {
      try {
        const mapping = await readMapping(id).catch(() => null);
        const found = await readTimeline(id, mapping?.id ?? null, language, denied);
        if (current) {
          setRows(found);
          setProblem(null);
        }
      } catch (error) {
        if (current) setProblem(error instanceof Error ? error.message : String(error));
      }
      if (current) timer = setTimeout(() => void read(), readEvery);
    };
    void read();
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [id, language]);

  return (
    <section className="card section" aria-label={word(language, 'timeline')}>
      <h2>{word(language, 'timeline')}</h2>
      {problem && <p role="alert">{problem}</p>}
      {!rows && !problem && <p role="status">{word(language, 'loading')}</p>}
      {rows?.entries.length === 0 && <p className="sub">{word(language, 'timelineEmpty')}</p>}
      {rows && rows.entries.length > 0 && (
        <ol className="timeline">
          {rows.entries.map((entry) => (
            <li key={`${entry.kind}-${entry.id}`}>
              <Icon name={entry.icon} />
              <div>
                <p className="strong">{entry.title}</p>
                {entry.detail && <p className="small">{entry.detail}</p>}
                <p className="small sub">
                  {word(language, entry.kind)} ·{' '}
                  <time dateTime={entry.when}>{formatInstant(entry.when, language)}</time>
                  {entry.due && <> · {word(language, 'due', { t: formatInstant(entry.due, language) })}</>}
                </p>
              </div>
            </li>
          ))}
        </ol>
      )}
      {rows && rows.hidden.length > 0 && (
        <p className="small sub">
          <Icon name="Hide" /> {word(language, 'timelineHidden', { what: rows.hidden.join(', ') })}
        </p>
      )}
    </section>
  );
}
