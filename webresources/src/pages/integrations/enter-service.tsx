import * as React from 'react';
import { Direction, type EnteredIntegration, type EnteredMapping, type TryAnswer } from '@crmjira/domain';
import { Chip } from '@crmjira/form-data';
import { isAnswered } from '../../commands/ask-about';
import type { integrationEnterTexts } from '../../strings/generated/integration-enter';
import { openPage } from '../platform/open-page';
import { PageButton } from '../platform/page-button';
import { PageFrame } from '../platform/page-frame';
import type { Say } from '../platform/page-words';
import type { PageFacts } from '../platform/start-page';
import { EnterField } from './enter-field';
import { HeaderTable, headersIn } from './enter-headers';
import { MappingTable } from './enter-mappings';
import { noticeOf } from './enter-notice';
import { ResponseCard } from './enter-response';
import { type Start, tryAnswerOf } from './enter-view';
import { type Entering, useEntering } from './use-entering';

export type ServiceSay = Say<typeof integrationEnterTexts>;

/** What one kind of service asks for. */
export interface ServiceKind {
  readonly title: 'newRest' | 'newSoap';
  /** what a mapping reads is called */
  readonly path: 'jsonPath' | 'xPath';
  readonly template: EnteredIntegration;
  /** paths without which nothing can be asked of the service */
  readonly requiredOf: (settings: EnteredIntegration['settings']) => readonly string[];
  readonly Request: (props: {
    readonly entering: Entering;
    readonly facts: PageFacts;
    readonly say: ServiceSay;
  }) => React.ReactElement;
}

export const freshMapping: EnteredMapping = {
  direction: Direction.Inbound,
  ...{ sourceTable: '', sourceField: '', targetObject: 'record', targetField: '', transform: null, isKey: false },
};

/** The form of a web service: request, response, mapping (R-1608, R-1614, R-1621). */
export function ServiceForm(props: {
  readonly kind: ServiceKind;
  readonly start: Start;
  readonly facts: PageFacts;
  readonly say: ServiceSay;
}): React.ReactElement {
  const { kind, start, facts, say } = props;
  const { format } = facts;
  const entering = useEntering(start, facts, say);
  const { draft, form, work, savedOn, testedOn, isActive, isChanged, edit } = entering;
  const { entered } = draft;
  const [tried, setTried] = React.useState<TryAnswer | null>(null);
  const isBusy = work !== null && work.notSealed === null && !isAnswered(work.asked);
  const notice = work === null ? null : noticeOf(work, say);
  const now = new Date().toISOString();
  const isFresh = entered.name === '' && entered.mappings.length === 0 && savedOn === null;

  const send = async (): Promise<void> => {
    if (!entering.require('name', ...kind.requiredOf(entered.settings))) return;
    setTried(tryAnswerOf((await entering.tryMappings()).asked.answer));
  };
  const save = async (): Promise<void> => {
    if (!entering.require('name')) return;
    const isWhole = entering.lacks(...kind.requiredOf(entered.settings)).length === 0;
    const saved = await entering.save();
    if (saved?.isSaved === true && isWhole && !isActive) await entering.testSaved();
  };
  const mayActivate = testedOn !== null && !isChanged && !isActive;
  return (
    <PageFrame
      dark={facts.dark}
      title={entered.name || say(kind.title)}
      note={
        isChanged || savedOn === null
          ? say('unsaved')
          : isActive
            ? ''
            : say('savedService', { t: format.time(savedOn, now) })
      }
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
            text={say('testConnection')}
            icon="TestBeaker"
            look="command"
            disabled={isBusy}
            onClick={() => void (isChanged || savedOn === null ? entering.test() : entering.testSaved())}
          />
          <PageButton
            text={say('syncNow')}
            icon="Sync"
            look="command"
            disabled={isBusy || !isActive}
            onClick={() => void entering.perform('run', { payload: { mode: 'changes' } })}
          />
          <PageButton
            text={say('activate')}
            icon="PowerButton"
            look="command"
            disabled={isBusy || !mayActivate}
            onClick={() => void entering.setActive(true)}
          />
          {isFresh && (
            <PageButton
              text={say('loadExample')}
              icon="Copy"
              look="command"
              onClick={() => edit({ entered: kind.template, secrets: {} })}
            />
          )}
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
      <div className="enter-columns">
        <section className="page-card" aria-label={say('request')}>
          <h2>{say('request')}</h2>
          <div className="enter-fields">
            <EnterField form={form} path="name" name={say('name')} isRequired />
            <kind.Request {...{ entering, facts, say }} />
            <HeaderTable headers={headersIn(entered.settings)} {...{ form, say, format }} />
            <div className="enter-fields enter-two">
              <EnterField
                form={form}
                path="everyMinutes"
                kind="number"
                name={say('syncEvery')}
                hint={say('everyHint')}
              />
              <EnterField form={form} path="batchSize" kind="number" name={say('batch')} hint={say('batchHint')} />
            </div>
          </div>
        </section>
        <ResponseCard
          response={tried?.response ?? null}
          paths={entered.mappings.map(({ targetField }) => targetField)}
          {...{ isBusy, say, format }}
          onSend={() => void send()}
        />
      </div>
      <MappingTable
        mappings={entered.mappings}
        onMappings={(mappings) => form.setAt('mappings', mappings)}
        problems={form.problems}
        tried={tried}
        side="service"
        otherField={say(kind.path)}
        fresh={{ ...freshMapping, sourceTable: entered.mappings.at(-1)?.sourceTable ?? '' }}
        {...{ say, format }}
      />
    </PageFrame>
  );
}
