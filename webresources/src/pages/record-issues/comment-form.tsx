import * as React from 'react';
import { CommandState, CommandType, commandTypeLabels } from '@crmjira/domain';
import { type AskedOf, askAbout, isAnswered } from '../../commands/ask-about';
import { Notice } from '../platform/notice';
import { PageButton } from '../platform/page-button';
import { Outcome, type TaskProps } from './link-form';

/** Characters that the service takes of a comment. */
const LONGEST = 20_000;

/** Sends a comment to the issues of a record: notes are never sent by themselves. */
export function CommentForm({ table, record, linked, facts, say, onClose }: TaskProps): React.ReactElement {
  const [text, setText] = React.useState('');
  const [sent, setSent] = React.useState<AskedOf | null>(null);
  const alive = React.useRef(true);
  React.useEffect(
    () => () => {
      alive.current = false;
    },
    [],
  );
  const isUnderWay = sent !== null && !isAnswered(sent);
  const isDone = sent?.state === CommandState.Done;
  const send = (): void => {
    const type = CommandType.CommentToJira;
    const name = commandTypeLabels[type][facts.language];
    void askAbout({ regarding: { table, id: record.id }, type, name, payload: { text: text.trim() } }, (state) => {
      if (alive.current) setSent(state);
      return alive.current;
    });
  };
  if (linked.length === 0) return <Notice tone="neutral" icon="Info" strong={say('noLinks')} text="" />;
  return (
    <section className="page-card">
      <p className="crmjira-sub">{linked.map(({ key }) => key).join(', ')}</p>
      <label className="page-field page-content">
        <b>{say('text')}</b>
        <textarea
          className="page-input record-text"
          rows={8}
          maxLength={LONGEST}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <span className="crmjira-sub">{say('textHint')}</span>
      </label>
      <div role="status" className="page-messages">
        {sent !== null && <Outcome {...{ say }} name={say('sending')} done={sent.result || say('sent')} state={sent} />}
      </div>
      <div className="record-buttons">
        <PageButton
          text={say('send')}
          icon="Send"
          look="primary"
          disabled={text.trim() === '' || isUnderWay || isDone}
          onClick={send}
        />
        <PageButton text={say('close')} onClick={onClose} />
      </div>
    </section>
  );
}
