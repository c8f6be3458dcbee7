import * as React from 'react';
import { type ExplainAnswer, fieldText } from '@crmjira/domain';
import { Chip } from '@crmjira/form-data';
import { counted } from '../platform/page-words';
import { ScrollTable } from '../platform/scroll-table';
import { shownValue, type Speaking } from './explain-view';

/** What was read in Dynamics and in Jira, side by side; what differs is marked. */
export function SidesCard({ answer, ...speaking }: Speaking & { readonly answer: ExplainAnswer }): React.ReactElement {
  const { say, language, format } = speaking;
  const { fields, hidden, trouble } = answer;
  const isUnread = trouble !== null;
  return (
    <section className="page-card">
      <h2>{say('sides')}</h2>
      {fields.length === 0 && hidden === 0 && <p className="explain-text">{say('noFields')}</p>}
      {fields.length > 0 && (
        <ScrollTable name={say('sides')} className="time-table explain-sides">
          <thead>
            <tr>
              <th scope="col">{say('field')}</th>
              <th scope="col">Dynamics</th>
              <th scope="col">Jira</th>
              <th scope="col">{say('state')}</th>
            </tr>
          </thead>
          <tbody>
            {fields.map(({ field, dynamics, jira, differs, as }) => (
              <tr key={field} className={differs ? 'explain-differs' : undefined}>
                <th scope="row">{fieldText(field, language)}</th>
                <td data-label="Dynamics">{shownValue(dynamics, as, speaking) ?? say('nothing')}</td>
                <td data-label="Jira">{shownValue(jira, as, speaking) ?? say('nothing')}</td>
                <td data-label={say('state')}>
                  {differs ? (
                    <Chip tone="warn" icon="Warning" text={say('differs')} />
                  ) : isUnread && jira === null ? (
                    <Chip tone="neutral" icon="PlugDisconnected" text={say('unread')} />
                  ) : (
                    <Chip tone="ok" icon="Completed" text={say('same')} />
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </ScrollTable>
      )}
      {hidden > 0 && <p className="explain-text">{counted(say, 'hidden', hidden, format)}</p>}
    </section>
  );
}
