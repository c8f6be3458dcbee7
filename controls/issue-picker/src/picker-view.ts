import { toIssueKey } from '@crmjira/domain';
import {
  type HostFacts,
  type MessageView,
  type OwnConnection,
  type Words,
  formatDayShort,
  formatMoment,
  isDone,
  message,
  safeUrl,
  userDay,
} from '@crmjira/form-data';
import type { Found } from './found';
import type { StringKey } from './generated/string-keys';
import type { Openers, Search } from './use-search';

/** A key of the form that keys have, where none of the person's own is known. */
const EXAMPLE = 'PROJ-123';

export interface GroupView {
  readonly title: string;
  readonly icon?: 'Clock' | 'Contact';
  readonly found: readonly Found[];
}

export interface PickerView {
  readonly groups: readonly GroupView[];
  /** the key as it was typed can be taken */
  readonly asTyped: string | null;
  /** below the options: what is under way, or how many there are */
  readonly end: string;
  readonly isSearching: boolean;
  readonly none: readonly [strong: string, text: string] | null;
  /** below the field */
  readonly notice: MessageView | null;
  /** the notice is about the connection, which can be set up */
  readonly isSetUp: boolean;
  /** what is wrong with the key */
  readonly error: readonly [strong: string, text: string] | null;
}

export interface PickerContext {
  readonly host: HostFacts;
  readonly say: Words<StringKey>;
  readonly now: string;
  readonly isOffline: boolean;
  readonly connection: OwnConnection | null | undefined;
  readonly value: string | null;
  /** see `useIssue` */
  readonly issue: Found | null | undefined;
  readonly typed: string;
  readonly search: Search;
  readonly openers: Openers;
  /** what was typed is no key, and was to be taken */
  readonly isRefused: boolean;
}

export function pickerView(context: PickerContext): PickerView {
  const { say, typed, search, openers, isOffline, connection, value, issue } = context;
  const { recent, assigned } = openers;
  const { copies, jira, silent } = search;
  const shown = copies ?? [];
  // Not before the copies are there: what comes later is never put above.
  const only = copies && jira ? jira.filter(({ key }) => !shown.some((one) => one.key === key)) : [];
  const isSearch = search.typed !== '';
  const time = asOf(isSearch ? shown : recent, context);
  const groups: readonly GroupView[] = isSearch
    ? [
        { title: say('p.mirror', { t: time }), found: shown },
        { title: say('p.jira'), found: only },
      ]
    : typed
      ? []
      : [
          { title: say('p.recent'), icon: 'Clock', found: recent },
          { title: say('p.assigned'), icon: 'Contact', found: assigned },
        ];
  const count = shown.length + only.length;
  const isSearching = isSearch && (!copies || !jira);
  const key = toIssueKey(typed);
  const isAlone = isOffline || silent || !connection;
  const k = recent[0]?.key ?? assigned[0]?.key ?? EXAMPLE;
  return {
    groups: groups.filter(({ found }) => found.length > 0),
    asTyped: key && isAlone && !shown.some((one) => one.key === key) ? key : null,
    end: isSearching
      ? say('p.searching')
      : count > 0
        ? say(count === 1 ? 'count.one' : 'p.count', { n: String(count) })
        : '',
    isSearching,
    none:
      isSearch && !isSearching && count === 0 && !isAlone
        ? [say('p.none', { q: typed }), say('p.none.2', { k })]
        : null,
    ...noticeOf(context, time),
    error: context.isRefused
      ? [say('p.format', { q: typed }), say('p.format.2', { k })]
      : value && issue === null && !typed
        ? [say('p.missing', { k: value }), say('p.missing.2')]
        : null,
  };
}

function noticeOf(context: PickerContext, time: string): Pick<PickerView, 'notice' | 'isSetUp'> {
  const { say, host, isOffline, connection, value, issue, typed, search } = context;
  const none = { notice: null, isSetUp: false };
  if (value && !typed) {
    if (!issue || !isDone({ category: issue.category ?? null })) return none;
    const since = issue.resolvedOn ?? issue.updated;
    const s = issue.status ?? '';
    // Jira keeps no date where its workflow sets no resolution.
    const strong = since
      ? say('p.closed', { s, d: formatDayShort(userDay(since, host.format.dates), host.format.dates) })
      : say('p.closed.nodate', { s });
    return { ...none, notice: message('warn', 'Warning', strong, say('p.closed.2')) };
  }
  if (isOffline)
    return { ...none, notice: message('warn', 'PlugDisconnected', say('p.offline'), say('p.offline.2', { t: time })) };
  if (connection === null)
    return { isSetUp: true, notice: message('neutral', 'RemoveLinkX', say('p.noconn'), say('p.noconn.2')) };
  return search.silent
    ? { ...none, notice: message('warn', 'PlugDisconnected', say('p.down', { t: time }), say('p.down.2')) }
    : none;
}

/** The oldest of the copies: none of them says more. */
function asOf(found: readonly Found[], { now, host }: PickerContext): string {
  const [oldest = now] = found.flatMap(({ readOn }) => readOn ?? []).sort();
  return formatMoment(oldest, now, host.format.dates);
}

/** Of the issue in Jira. */
export function addressOf(found: Found, connection: OwnConnection | null | undefined): string | null {
  const site = connection?.url?.replace(/\/*$/, '');
  return safeUrl(found.url ?? (site ? `${site}/browse/${found.key}` : null));
}

/** The first place of what was typed in a text, which is marked there. */
export function marked(text: string, typed: string): readonly [before: string, found: string, after: string] {
  const at = typed ? text.toLocaleLowerCase().indexOf(typed.toLocaleLowerCase()) : -1;
  return at < 0
    ? [text, '', '']
    : [text.slice(0, at), text.slice(at, at + typed.length), text.slice(at + typed.length)];
}
