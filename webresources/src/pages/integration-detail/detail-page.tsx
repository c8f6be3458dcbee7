import * as React from 'react';
import { Health } from '@crmjira/domain';
import { integrationDetailTexts } from '../../strings/generated/integration-detail';
import { integrationEnterTexts } from '../../strings/generated/integration-enter';
import { PageFrame } from '../platform/page-frame';
import { failureMessage, sayIn } from '../platform/page-words';
import type { PageFacts } from '../platform/start-page';
import { useReading } from '../platform/use-reading';
import { DetailBody } from './detail-body';
import { type Detail, readDetail } from './read-detail';

/** Milliseconds between two readings of what is shown; what is entered is read once. */
const READ_EVERY = 30_000;
const NOTHING: Detail = {
  ...{ start: null, health: Health.Unknown, syncedOn: null, testedOn: null, testOk: false, webhooks: [] },
};

/** The page of one integration, which its address names. */
export function DetailPage({ facts }: { readonly facts: PageFacts }): React.ReactElement {
  const { language, format, settings } = facts;
  const { recordId } = settings;
  const say = sayIn(integrationDetailTexts, language);
  const sayEnter = sayIn(integrationEnterTexts, language);
  const read = React.useCallback(
    () => (recordId === null ? Promise.resolve(NOTHING) : readDetail(recordId)),
    [recordId],
  );
  const [reading, again] = useReading(read, READ_EVERY);
  const first = React.useRef<Detail['start']>(null);
  first.current ??= reading.value?.start ?? null;
  if (first.current !== null && reading.value !== null)
    return <DetailBody start={first.current} detail={reading.value} {...{ facts, sayEnter, again }} />;
  const failure = failureMessage(reading, language, format, new Date().toISOString());
  const isGone = reading.value !== null;
  return (
    <PageFrame
      dark={facts.dark}
      title={say('title')}
      note={failure === null && !isGone ? sayEnter('loading') : ''}
      messages={[
        ...(failure === null ? [] : [failure]),
        ...(isGone ? [{ tone: 'warn', icon: 'Info', strong: sayEnter('gone'), text: '' } as const] : []),
      ]}
      told=""
      busy={failure === null && !isGone}
    >
      {null}
    </PageFrame>
  );
}
