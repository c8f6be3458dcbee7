import * as React from 'react';
import { type CandidateList, CommandType, type Language, readCandidates, searchProjects } from '@crmjira/domain';
import { type Asked, ask } from './ask';

/** Milliseconds without a key before the text is looked for: each search is a row and a call to Jira. */
const SETTLED_AFTER = 500;
/** Milliseconds between two looks at the answer: somebody waits with the fingers on the keys. */
const LOOK_EVERY = 500;

export interface Search {
  /** newest list that fits the text; null before the first */
  readonly list: CandidateList | null;
  readonly searching: boolean;
  /** why there is no list for this text; null while there is one to come */
  readonly failure: { readonly state: Exclude<Asked['state'], 'done' | 'sending'>; readonly result: string } | null;
  readonly again: () => void;
}

/**
 * Projects that fit what is typed. A list that was complete is narrowed down here, without asking again: on a small site one row
 * serves the whole dialog.
 * @param text null: nothing is to be looked for
 */
export function useSearch(
  record: { readonly id: string; readonly name: string },
  text: string | null,
  language: Language,
): Search {
  const complete = React.useRef<{ readonly text: string; readonly list: CandidateList } | null>(null);
  const [asked, setAsked] = React.useState<{ readonly text: string; readonly asked: Asked } | null>(null);
  const [list, setList] = React.useState<CandidateList | null>(null);
  const [round, setRound] = React.useState(0);

  React.useEffect(() => {
    if (text === null) return undefined;
    const known = complete.current;
    if (known !== null && text.startsWith(known.text)) {
      setAsked({ text, asked: { state: 'done', result: '' } });
      setList({ ...known.list, projects: searchProjects(known.list.projects, text, record.name) });
      return undefined;
    }
    let stop = (): void => undefined;
    const hear = (news: Asked): void => {
      const found = news.state === 'done' ? readCandidates(news.result) : null;
      if (found !== null) {
        const isComplete = !found.more && found.connections?.some(({ isSilent }) => isSilent) !== true;
        if (isComplete) complete.current = { text, list: found };
        setList(found);
      }
      setAsked({ text, asked: news.state === 'done' && found === null ? { state: 'failed', result: '' } : news });
    };
    const request = {
      opportunityId: record.id,
      type: CommandType.FindProjects,
      argument: text,
      language,
      lookEvery: LOOK_EVERY,
    };
    const timer = setTimeout(() => (stop = ask(request, hear)), text === '' ? 0 : SETTLED_AFTER);
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [record.id, record.name, text, language, round]);

  const state = asked?.text === text ? asked?.asked.state : 'sending';
  return {
    list,
    searching: text !== null && (state === 'sending' || state === undefined),
    failure:
      text === null || state === undefined || state === 'sending' || state === 'done'
        ? null
        : { state, result: asked?.asked.result ?? '' },
    again: () => setRound((before) => before + 1),
  };
}
