import * as React from 'react';
import type { EnteredIntegration, Language } from '@crmjira/domain';
import { integrationEnterTexts } from '../../strings/generated/integration-enter';
import { PageFrame } from '../platform/page-frame';
import { failureMessage, sayIn } from '../platform/page-words';
import type { PageFacts } from '../platform/start-page';
import { useReading } from '../platform/use-reading';
import { readIntegration } from './enter-read';
import type { EnterSay, Start } from './enter-view';

/** What is entered is read once: whoever comes later must not take it away. */
const READ_EVERY = 24 * 3_600_000;

export interface EnteringProps {
  readonly start: Start;
  readonly facts: PageFacts;
  readonly say: EnterSay;
}

/**
 * A page on which an integration is entered: a new one, or the draft that its address names.
 * @param fresh what a new one begins with, as far as it matters in the language of whoever enters it
 */
export function enterPage(
  fresh: EnteredIntegration | ((language: Language) => EnteredIntegration),
  Entering: (props: EnteringProps) => React.ReactElement,
) {
  return function EnterPage({ facts }: { readonly facts: PageFacts }): React.ReactElement {
    const { language, format, settings } = facts;
    const say = sayIn(integrationEnterTexts, language);
    const [id] = React.useState(() => settings.recordId ?? crypto.randomUUID());
    const read = React.useCallback(
      async (): Promise<{ readonly start: Start | null }> => ({
        start:
          settings.recordId === null
            ? {
                ...{ id, entered: typeof fresh === 'function' ? fresh(language) : fresh },
                isActive: false,
                hasSecrets: false,
                savedOn: null,
                testedOn: null,
              }
            : await readIntegration(id),
      }),
      [id, language, settings.recordId],
    );
    const [reading] = useReading(read, READ_EVERY);
    const first = React.useRef<Start | null>(null);
    first.current ??= reading.value?.start ?? null;
    if (first.current !== null) return <Entering start={first.current} {...{ facts, say }} />;
    const failure = failureMessage(reading, language, format, new Date().toISOString());
    const isGone = reading.value !== null;
    return (
      <PageFrame
        dark={facts.dark}
        title={say('integration')}
        note={failure === null && !isGone ? say('loading') : ''}
        messages={[
          ...(failure === null ? [] : [failure]),
          ...(isGone ? [{ tone: 'warn', icon: 'Info', strong: say('gone'), text: '' } as const] : []),
        ]}
        told=""
        busy={failure === null && !isGone}
      >
        {null}
      </PageFrame>
    );
  };
}
