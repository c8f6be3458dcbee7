import * as React from 'react';
import { Chip } from '@crmjira/form-data';
import { isAnswered } from '../../commands/ask-about';
import { EnterField } from '../integrations/enter-field';
import { noticeOf } from '../integrations/enter-notice';
import type { EnteringProps } from '../integrations/enter-page';
import { useEntering } from '../integrations/use-entering';
import { openPage } from '../platform/open-page';
import { PageButton } from '../platform/page-button';
import { PageFrame } from '../platform/page-frame';
import { NotificationFields, requiredOf } from './notification-fields';
import { originOf } from './new-notification';

/** The form of a target of notifications: entered, saved, tried with a message, activated (R-2024, R-2027, R-1621). */
export function NotificationForm({ start, facts, say }: EnteringProps): React.ReactElement {
  const entering = useEntering(start, facts, say);
  const { draft, form, work, savedOn, testedOn, isActive, isChanged } = entering;
  const { entered } = draft;
  const isBusy = work !== null && work.notSealed === null && !isAnswered(work.asked);
  const notice = work === null ? null : noticeOf(work, say);

  const isWhole = (): boolean => {
    if (!entering.require('name', ...requiredOf(entered.settings))) return false;
    const { address = '' } = draft.secrets;
    if (address !== '' && originOf(address) === '') {
      entering.refuse('secrets.address', say('hookInvalid'));
      return false;
    }
    const { events } = entered.settings;
    if (Array.isArray(events) && events.length > 0) return true;
    entering.refuse('settings.events', say('noEvent'));
    return false;
  };
  const save = async (): Promise<void> => {
    if (!isWhole()) return;
    const saved = await entering.save();
    if (saved?.isSaved === true && saved.test === null && !isActive) await entering.testSaved();
  };
  const test = async (): Promise<void> => {
    if (!entering.require(...requiredOf(entered.settings))) return;
    await (isChanged || savedOn === null ? entering.test() : entering.testSaved());
  };
  const note =
    isChanged || savedOn === null
      ? say('unsaved')
      : isActive
        ? ''
        : say('savedService', { t: facts.format.time(savedOn, new Date().toISOString()) });
  return (
    <PageFrame
      dark={facts.dark}
      title={entered.name || say('newNotification')}
      note={note}
      messages={[]}
      notices={notice === null ? [] : [notice]}
      told=""
      busy={false}
      commandsName={say('commands')}
      commands={
        <>
          <PageButton text={say('toList')} icon="Back" look="command" onClick={() => openPage('integrations-list')} />
          <PageButton text={say('save')} icon="Save" look="command" disabled={isBusy} onClick={() => void save()} />
          <PageButton
            text={say('sendTest')}
            icon="TestBeaker"
            look="command"
            disabled={isBusy}
            onClick={() => void test()}
          />
          <PageButton
            text={say('activate')}
            icon="PowerButton"
            look="command"
            disabled={isBusy || testedOn === null || isChanged || isActive}
            onClick={() => void entering.setActive(true)}
          />
        </>
      }
      actions={
        isActive ? (
          <Chip tone="brand" icon="Play" text={say('active')} />
        ) : (
          <Chip tone="neutral" icon="CircleRing" text={say('inactive')} />
        )
      }
    >
      <section className="page-card" aria-label={say('target')}>
        <h2>{say('target')}</h2>
        <div className="enter-fields">
          <EnterField form={form} path="name" name={say('name')} isRequired />
          <NotificationFields {...{ entering, say }} language={facts.language} />
        </div>
      </section>
    </PageFrame>
  );
}
