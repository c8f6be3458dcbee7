import * as React from 'react';
import type { MessageView } from '@crmjira/form-data';
import { PageFrame } from '../platform/page-frame';
import { failureMessage, sayIn } from '../platform/page-words';
import { DefaultButton } from '../platform/plain-buttons';
import type { PageFacts } from '../platform/start-page';
import { useReading } from '../platform/use-reading';
import { LinkForm } from './link-form';
import { type LinkFacts, readOpportunity } from './read-opportunity';
import { useClose } from './use-close';
import { useEscape } from './use-escape';
import { linkProjectTexts } from '../../strings/generated/link-project';

/** Milliseconds between two readings of the record: somebody else may link it meanwhile. */
const READ_EVERY = 30_000;

/** Links an opportunity to a Jira project that exists already (R-2303): the dialog behind the command "Link existing". */
export function LinkPage({ facts }: { readonly facts: PageFacts }): React.ReactElement {
  const { language, format, settings } = facts;
  const say = sayIn(linkProjectTexts, language);
  const id = settings.recordId;
  const read = React.useCallback(
    (): Promise<LinkFacts | null> => (id ? readOpportunity(id) : Promise.resolve(null)),
    [id],
  );
  const [reading] = useReading(read, READ_EVERY);
  // What was there when the dialog opened decides: a link of its own making must not take the form away.
  const [first, keepFirst] = React.useState<LinkFacts | null>(null);
  React.useEffect(() => keepFirst((before) => before ?? reading.value), [reading.value]);
  const failure = failureMessage(reading, language, format, new Date().toISOString());
  const [stays, close] = useClose();
  useEscape(close);
  const messages: MessageView[] = [
    ...(stays ? [{ tone: 'neutral', icon: 'Info', strong: say('stays'), text: say('staysNext') } as const] : []),
    ...(failure === null ? [] : [failure]),
  ];
  const stopped = stopOf(id, first);
  if (first !== null && id !== null && stopped === null) {
    const record = { id, name: first.name };
    return <LinkForm facts={facts} record={record} picker={first.picker} messages={messages} onClose={close} />;
  }
  return (
    <PageFrame
      dark={facts.dark}
      title={say('title')}
      note={first === null && stopped === null && failure === null ? say('loading') : (first?.name ?? '')}
      messages={
        stopped === null
          ? messages
          : [
              ...messages,
              {
                tone: 'warn',
                icon: 'Info',
                strong: say(stopped, { key: first?.projectKey ?? '' }),
                text: stopped === 'unsaved' ? '' : say(`${stopped}Next`),
              },
            ]
      }
      told=""
      busy={first === null && failure === null && stopped === null}
    >
      <div className="link-buttons">
        <DefaultButton text={say('close')} onClick={close} />
      </div>
    </PageFrame>
  );
}

/** Why nothing can be linked at all; null when something can. */
function stopOf(id: string | null, record: LinkFacts | null): 'unsaved' | 'closed' | 'hasProject' | 'hasHidden' | null {
  if (id === null) return 'unsaved';
  if (record === null) return null;
  if (record.projectKey !== null) return 'hasProject';
  if (record.hasHiddenProject) return 'hasHidden';
  return record.open ? null : 'closed';
}
