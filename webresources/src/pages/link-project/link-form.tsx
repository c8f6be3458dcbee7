import * as React from 'react';
import { CommandType, isWebAddress, type ProjectCandidate, siteIdText } from '@crmjira/domain';
import type { MessageView } from '@crmjira/form-data';
import { PageFrame } from '../platform/page-frame';
import { sayIn } from '../platform/page-words';
import { DefaultButton, PrimaryButton } from '../platform/plain-buttons';
import type { PageFacts } from '../platform/start-page';
import { type Asked, ask } from './ask';
import { linkMessage, searchMessage, searchTold } from './link-messages';
import { ProjectCombobox, projectText } from './project-combobox';
import { useOffline } from './use-offline';
import { readOpportunity } from './read-opportunity';
import { type Search, useSearch } from './use-search';
import { linkProjectTexts } from '../../strings/generated/link-project';

export interface LinkFormProps {
  readonly facts: PageFacts;
  readonly record: { readonly id: string; readonly name: string };
  /** projects can be searched; else their key is entered */
  readonly picker: boolean;
  /** of the reading of the record */
  readonly messages: readonly MessageView[];
  readonly onClose: () => void;
}

/** Search, choice, request and answer. */
export function LinkForm({ facts, record, picker, messages, onClose }: LinkFormProps): React.ReactElement {
  const { language } = facts;
  const say = sayIn(linkProjectTexts, language);
  const offline = useOffline();
  const [text, setText] = React.useState('');
  const [chosen, setChosen] = React.useState<ProjectCandidate | null>(null);
  const [hint, setHint] = React.useState('');
  const [link, setLink] = React.useState<{
    readonly key: string;
    readonly asked: Asked;
    readonly linkedKey: string | null;
  } | null>(null);
  const stop = React.useRef<() => void>(() => undefined);
  React.useEffect(() => () => stop.current(), []);
  // An address names one project: there is nothing to search.
  const isAddress = isWebAddress(text);
  const isSearched = picker && !offline && chosen === null && !isAddress;
  const search = useSearch(record, isSearched ? text.trim() : null, language);
  const wanted = projectToLink(picker, chosen, text, search);
  const state = link?.asked.state;
  const underWay = state === 'sending' || state === 'waiting';
  // A project that the opportunity has, if not all of it is set up, is not linked a second time.
  const over = state === 'done' || state === 'waiting' || link?.linkedKey != null;

  const form = React.useRef<HTMLFormElement>(null);
  // A dialog opens with the focus in its first field; when that has done its part, the way out takes the focus over.
  React.useEffect(() => {
    form.current?.querySelector<HTMLElement>(over ? '.link-buttons button' : 'input')?.focus();
  }, [over]);

  const change = (next: string): void => {
    setText(next);
    setChosen(null);
    setHint('');
  };
  const send = (): void => {
    if (underWay || offline) return;
    if (wanted === null) return setHint(say('choose'));
    const { key, argument } = wanted;
    setHint('');
    stop.current();
    const request = { opportunityId: record.id, type: CommandType.LinkProject, argument, language };
    const answer = (asked: Asked, linkedKey: string | null = null): void => setLink({ key, asked, linkedKey });
    stop.current = ask(request, (asked) => {
      if (asked.state !== 'failed') return answer(asked);
      // A link is several steps: what a failure leaves is read, not guessed.
      readOpportunity(record.id).then(
        ({ projectKey }) => answer(asked, projectKey),
        (error: unknown) => {
          console.error('What a failed link has left could not be read.', error);
          answer(asked);
        },
      );
    });
  };

  const shown: MessageView[] = [
    // offline is said once, by the form: it says what cannot be done
    ...(offline ? [] : messages),
    ...(offline
      ? [{ tone: 'warn', icon: 'PlugDisconnected', strong: say('offline'), text: say('offlineNext') } as const]
      : []),
    ...linkMessage(link?.asked ?? null, link?.key ?? '', link?.linkedKey ?? null, say),
    ...(link === null ? searchMessage(search, say) : []),
  ];
  return (
    <PageFrame
      dark={facts.dark}
      title={say('title')}
      note={record.name}
      messages={shown}
      told={state === 'sending' ? say('linking', { key: link?.key ?? '' }) : hint}
      busy={underWay}
    >
      <form
        className="link-form"
        ref={form}
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        {!over &&
          (picker ? (
            <ProjectCombobox
              label={say('project')}
              hint={say('hint')}
              listLabel={say('projects')}
              openLabel={say('openList')}
              linkedText={say('linkedElsewhere')}
              text={chosen === null ? text : projectText(chosen, search.list?.connections)}
              projects={isAddress ? [] : (search.list?.projects ?? [])}
              connections={search.list?.connections}
              busy={search.searching}
              onText={change}
              onChoose={(project) => {
                setChosen(project);
                setHint('');
              }}
            />
          ) : (
            <div>
              <label htmlFor="project-key">{say('key')}</label>
              <input
                id="project-key"
                type="text"
                autoComplete="off"
                spellCheck={false}
                maxLength={300}
                aria-describedby="project-key-hint"
                value={text}
                onChange={({ target }) => change(target.value)}
              />
              <p id="project-key-hint" className="crmjira-sub">
                {say('keyHint')}
              </p>
            </div>
          ))}
        {picker && !over && (
          <p role="status" className="crmjira-sub">
            {chosen === null && !isAddress ? searchTold(search, say, facts) : ''}
          </p>
        )}
        {/* The list stays open while a button is pressed: closing it would move the button away from under the pointer. */}
        <div className="link-buttons" onMouseDown={(event) => event.preventDefault()}>
          {!over && <PrimaryButton text={say('link')} disabled={underWay || offline} onClick={send} />}
          {search.failure !== null && !over && <DefaultButton text={say('searchAgain')} onClick={search.again} />}
          <DefaultButton text={say('close')} onClick={onClose} />
        </div>
      </form>
    </PageFrame>
  );
}

/** A project as it is told of, and as it is asked for. */
interface Wanted {
  readonly key: string;
  readonly argument: string;
}

/** With several connections a key alone says too little. */
const wantedOf = ({ key, connectionId }: ProjectCandidate): Wanted => ({
  key,
  argument: connectionId === undefined ? key : siteIdText(connectionId, key),
});

/** The project that a press on "Link" stands for; what is typed counts as one where there is nothing to choose from. */
function projectToLink(picker: boolean, chosen: ProjectCandidate | null, text: string, search: Search): Wanted | null {
  if (chosen !== null) return wantedOf(chosen);
  const typed = text.trim();
  const [exact, ...others] = search.list?.projects.filter(({ key }) => key.toUpperCase() === typed.toUpperCase()) ?? [];
  // Two sites may have the same key: the person says which one is meant.
  if (exact !== undefined && others.length === 0 && !exact.linked) return wantedOf(exact);
  if (typed === '' || (picker && search.failure === null && !isWebAddress(typed))) return null;
  return { key: typed, argument: typed };
}
