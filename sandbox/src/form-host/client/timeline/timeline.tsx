import * as React from 'react';
import { readMapping } from '../form/mapping';
import type { FormSession } from '../form/form-session';
import { formatInstant } from '../format/format-value';
import { Icon } from '../platform/icons';
import { hasRight } from '../security/entity-privilege';
import { updateRow } from '../web-api/web-api';
import { type Word, word } from '../words';
import { showMessage } from '../xrm/message-dialog';
import { type TimelineRows, readTimeline } from './read-timeline';
import { problemText } from '../web-api/problem-text';

/** Milliseconds between two readings while the timeline is shown. */
const readEvery = 5_000;

/** State and status of a task that is done. */
const completed = { statecode: 1, statuscode: 5 };

interface TimelineProps {
  readonly session: FormSession;
  /** Stands on its own, not in a section of the form. */
  readonly isPage?: boolean;
}

/** Posts, tasks and e-mails of the record, of an opportunity its alerts, approvals and logs too. */
export function Timeline({ session, isPage = false }: TimelineProps) {
  const { language, id, persona, definition } = session.parts;
  const table = definition.table.name;
  const [rows, setRows] = React.useState<TimelineRows | null>(null);
  const [problem, setProblem] = React.useState<string | null>(null);
  const [asked, readAgain] = React.useReducer((count: number) => count + 1, 0);
  React.useEffect(() => {
    let current = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const denied = new Set<Word>();
    const read = async () => {
      try {
        const mapping = table === 'opportunity' ? await readMapping(id).catch(() => null) : null;
        const found = await readTimeline({ table, id }, mapping?.id ?? null, language, denied);
        if (current) {
          setRows(found);
          setProblem(null);
        }
      } catch (error) {
        if (current) setProblem(problemText(error, language));
      }
      if (current) timer = setTimeout(() => void read(), readEvery);
    };
    void read();
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [table, id, language, asked]);
  const complete = async (task: string) => {
    try {
      await updateRow('tasks', task, completed);
      readAgain();
    } catch (error) {
      const text = problemText(error, language);
      await showMessage(language, { title: word(language, 'errorTitle'), text });
    }
  };

  return (
    <section className={isPage ? 'card section' : 'section'} aria-label={word(language, 'timeline')}>
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
                {entry.body === undefined ? (
                  <p className="strong">{entry.title}</p>
                ) : (
                  <details>
                    <summary className="strong">{entry.title}</summary>
                    <div className="small mail-body">{entry.body || word(language, 'none')}</div>
                    {entry.kind === 'task' && entry.isOpen && hasRight(persona, 'activity', 'Write') && (
                      <button type="button" className="button small-button" onClick={() => void complete(entry.id)}>
                        {word(language, 'markComplete')}
                      </button>
                    )}
                  </details>
                )}
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
