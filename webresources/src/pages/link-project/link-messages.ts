import type { CandidateList } from '@crmjira/domain';
import type { MessageView } from '@crmjira/form-data';
import type { Say } from '../platform/page-words';
import type { PageFacts } from '../platform/start-page';
import type { Asked } from './ask';
import type { Search } from './use-search';
import type { linkProjectTexts } from '../../strings/generated/link-project';

type SayLink = Say<typeof linkProjectTexts>;

/**
 * What came of the link: what happened, what is safe, what to do. Pure.
 * @param key of the project, as it was asked for
 * @param linkedKey of the project that the opportunity has after a failure; null: none
 */
export function linkMessage(
  asked: Asked | null,
  key: string,
  linkedKey: string | null,
  say: SayLink,
): readonly MessageView[] {
  switch (asked?.state) {
    case 'done':
      return [{ tone: 'ok', icon: 'Completed', strong: say('linked', { key }), text: say('linkedNext') }];
    case 'refused':
      // The service's sentence says why and what to do.
      return [{ tone: 'over', icon: 'Blocked', strong: asked.result || say('refused'), text: '' }];
    case 'failed':
      return [
        linkedKey === null
          ? { tone: 'over', icon: 'ErrorBadge', strong: asked.result || say('failed'), text: say('failedNext') }
          : {
              tone: 'warn',
              icon: 'Warning',
              strong: say('partly', { key: linkedKey }),
              text: `${asked.result || say('failed')} ${say('partlyNext')}`,
            },
      ];
    case 'waiting':
      return [{ tone: 'warn', icon: 'Clock', strong: asked.result || say('waiting'), text: say('waitingNext') }];
    case 'notSent':
    case 'notAllowed':
      return [notSent(asked.state, say)];
    default:
      return [];
  }
}

/** Why a search brought nothing, and the way round it. Pure. */
export function searchMessage({ failure }: Pick<Search, 'failure'>, say: SayLink): readonly MessageView[] {
  switch (failure?.state) {
    case undefined:
      return [];
    case 'waiting':
      return [{ tone: 'warn', icon: 'Clock', strong: say('searchSlow'), text: say('enterKey') }];
    case 'notAllowed':
      return [notSent('notAllowed', say)];
    default:
      return [
        {
          tone: 'warn',
          icon: 'Warning',
          strong: failure?.result || say('searchFailed'),
          text: say('enterKey'),
        },
      ];
  }
}

function notSent(state: 'notSent' | 'notAllowed', say: SayLink): MessageView {
  const icon = state === 'notAllowed' ? 'Lock' : 'PlugDisconnected';
  return { tone: 'over', icon, strong: say(state), text: say(`${state}Next`) };
}

/** What is told of the list while a person types. Pure. */
export function searchTold(search: Search, say: SayLink, { format }: Pick<PageFacts, 'format'>): string {
  if (search.searching) return say('searching');
  if (search.failure !== null || search.list === null) return '';
  const silent = search.list.connections?.filter(({ isSilent }) => isSilent) ?? [];
  const found = foundTold(search.list, say, format);
  return silent.length === 0
    ? found
    : `${found} ${say('silent', { names: silent.map(({ name }) => name).join(', ') })}`;
}

function foundTold({ projects, more }: CandidateList, say: SayLink, format: PageFacts['format']): string {
  const n = format.number(projects.length);
  if (more) return say('foundMore', { n });
  if (projects.length === 0) return say('nothing');
  return projects.length === 1 ? say('foundOne') : say('found', { n });
}
