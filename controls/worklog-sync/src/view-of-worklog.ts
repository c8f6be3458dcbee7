import { OperationType, storedNote } from '@crmjira/domain';
import {
  type ActionView,
  type ChipView,
  type FormOf,
  type HostFacts,
  type IconName,
  type MessageView,
  type TimeRecord,
  type TimeState,
  type Tone,
  type Words,
  action,
  chip,
  codeOf,
  formatDateTime,
  formatDuration,
  formatMoment,
  formatTime,
  keptOf,
  message,
  secondsForJira,
  secondsOf,
  timeState,
  worklogAddress,
} from '@crmjira/form-data';
import type { StringKey } from './generated/string-keys';
import type { PARTS } from './parts';
import type { ChangeView, WorklogView } from './worklog-view';

type Form = FormOf<typeof PARTS>;
type Known = NonNullable<Form['record']>;

/** What views are made from. */
export interface ViewContext {
  readonly host: HostFacts;
  readonly say: Words<StringKey>;
  /** id of who looks at it */
  readonly person: string;
  readonly mayCommand: boolean;
  /** something on the form is not saved */
  readonly isDirty: boolean;
  /** a command of this person is under way */
  readonly isBusy: boolean;
  /** what was told here is to be left as it is */
  readonly isLeft: boolean;
}

/** Codes of failures that have words here. */
const FAILURES = {
  'time-sign-in': 'w.401',
  'my-connection-refused': 'w.401',
  'time-issue-closed': 'w.closed',
  'time-no-permission': 'w.perm',
  'time-issue-missing': 'w.miss',
  'time-order': 'w.order',
} as const;

/** The same of what passes by itself. */
const WAITS: Readonly<Record<string, 'w.429' | 'w.net'>> = { 'jira-rate-limit': 'w.429', 'jira-unavailable': 'w.net' };

const WITHOUT_NOTES = ['Time logged for ', 'Temps consigné pour '] as const;

const CHIPS: Readonly<Record<TimeState, readonly [Tone, IconName, StringKey]>> = {
  syncing: ['brand', 'ProgressRingDots', 'w.ing'],
  waiting: ['warn', 'Clock', 'w.wait'],
  running: ['off', 'Cloud', 'w.off'],
  noIssue: ['off', 'Cloud', 'w.off'],
  failed: ['over', 'ErrorBadge', 'w.err'],
  gone: ['warn', 'RemoveLinkX', 'w.gone'],
  overlap: ['warn', 'Warning', 'w.over'],
  changed: ['warn', 'Edit', 'w.chg'],
  synced: ['ok', 'Completed', 'w.ok'],
  not: ['neutral', 'CloudUpload', 'w.not'],
};

/** @param form null: the record is not saved yet */
export function worklogView(form: Form | null, context: ViewContext): WorklogView {
  const { host, say } = context;
  const only = (state: string, one: ChipView, lede: string, part: Partial<WorklogView> = {}): WorklogView => ({
    state,
    chips: [one],
    lede,
    news: one.text,
    ...part,
  });
  if (!host.readable || form?.failure === 'forbidden')
    return only('hidden', chip('off', 'Lock', say('chip.hidden')), say('w.hidden'));
  if (!form) return only('unsaved', chip('neutral', 'Save', say('chip.unsaved')), say('w.save'));
  const { record, failure, readAt, now } = form;
  const offline = host.offline || failure === 'offline';
  if (record && context.isDirty) return only('dirty', chip('neutral', 'Save', say('chip.unsaved')), say('w.dirty'));
  if (record && record.time.ownerId !== context.person) return ofSomebody(record, context);
  if (offline) {
    const time = formatMoment(readAt ?? now, now, host.format.dates);
    const lede = `${say('w.offl', { t: time })} ${say('w.offl.2')}`;
    return only('offline', chip('warn', 'PlugDisconnected', say('chip.offline')), lede);
  }
  if (record) return ofOwner(record, now, context);
  return failure
    ? only('unread', chip('warn', 'Warning', say('chip.unread')), say('unread'), {
        note: say('unread.next'),
        actions: [action('refresh', 'Sync', say('again'))],
      })
    : { state: 'loading', chips: [], loading: say('loading'), news: '' };
}

const chipOf = (state: TimeState, say: ViewContext['say']): ChipView => {
  const [tone, icon, key] = CHIPS[state];
  return chip(tone, icon, say(key));
};

/** Without notes a sentence with the subject stands for them, in whichever language (R-1824). */
const commentOf = ({ notes, subject }: TimeRecord, sent: string | null): string =>
  notes ?? WITHOUT_NOTES.map((words) => words + subject).find((text) => text === sent) ?? WITHOUT_NOTES[0] + subject;

/** What Jira has otherwise than the record: what it was last sent tells. */
function changesOf({ time, sent }: Known, { host, say }: ViewContext): readonly ChangeView[] {
  if (!sent) return [];
  const { dates } = host.format;
  const moment = (at: string | null): string => (at ? formatDateTime(at, dates) : '');
  const differs = (name: string, there: string | null, here: string): ChangeView[] =>
    there === null || there === here ? [] : [{ name, there, here }];
  const here = secondsForJira(time);
  // Where what was sent is not what stands here, Jira's own value counts: it may round, or somebody has changed it.
  const there = sent.seconds === here ? here : (time.jiraSeconds ?? sent.seconds);
  return [
    ...differs(say('w.dur'), there === null ? null : formatDuration(there), formatDuration(here ?? 0)),
    ...differs(say('started'), sent.start && moment(sent.start), moment(time.timeIn)),
    ...differs(say('w.com'), sent.comment, commentOf(time, sent.comment)),
  ];
}

function ofSomebody({ time }: Known, { say, host }: ViewContext): WorklogView {
  const state = timeState(time);
  const one = chipOf(state, say);
  return {
    state: 'other',
    chips: [one],
    facts: state === 'synced' ? factsOf(time, { say, host }) : [],
    lede: say('w.owner', { who: time.ownerName }),
    news: one.text,
  };
}

function factsOf(
  time: TimeRecord,
  { say, host }: Pick<ViewContext, 'say' | 'host'>,
): readonly (readonly [string, string])[] {
  return [
    [say('w.l1'), formatDuration(time.jiraSeconds ?? secondsOf(time) ?? 0)],
    [say('w.l2'), time.worklogId ?? ''],
    [say('w.l3'), time.syncedOn ? formatDateTime(time.syncedOn, host.format.dates) : ''],
  ];
}

/** Both sides were changed since: the service has kept Jira's value in the log, as it stood there. Former rows have no code. */
const isConflict = ({ time, sent }: Known): boolean =>
  sent?.code
    ? sent.code === 'time-kept-crm'
    : !!sent?.remark && sent.operation === OperationType.Update && sent.seconds === time.jiraSeconds;

/** What is to be known although it worked, in the reader's words. */
const noteOf = ({ sent }: Known, { host }: Pick<ViewContext, 'host'>): string => {
  const { dates, locale } = host.format;
  const language = locale === 'fr-CA' ? 3084 : 1033;
  return !sent
    ? ''
    : storedNote({ code: sent.code, facts: sent.facts, says: sent.remark ?? '' }, language, {
        clock: (instant) => formatTime(instant, dates),
        moment: (instant) => formatDateTime(instant, dates),
        duration: (seconds) => formatDuration(Number(seconds)),
      });
};

/** In the order of the design: the first that holds. */
function ofOwner(record: Known, now: string, context: ViewContext): WorklogView {
  const { say, host, mayCommand, isBusy, isLeft } = context;
  const { time, connection, overlap } = record;
  const { issueKey, worklogId } = time;
  const changes = changesOf(record, context);
  const known = timeState(time, !!overlap);
  // A comment that was changed is told by what was sent.
  const found = known === 'synced' && changes.length > 0 ? 'changed' : known;
  const isReady = connection && issueKey && time.timeOut;
  const state = isBusy ? 'syncing' : found === 'syncing' || found === 'waiting' || isReady ? found : 'noIssue';
  const one = chipOf(state, say);
  const may = mayCommand && !host.disabled;
  const k = issueKey ?? '';
  const d = formatDuration(secondsForJira(time) ?? 0);
  const id = worklogId ?? '';
  const shown = state === 'overlap' ? overlap : state === 'gone' ? null : time;
  const base: WorklogView = {
    state,
    chips: [one],
    news: state === 'synced' ? say('w.live', { d, k }) : one.text,
    url: shown && worklogAddress(shown, connection),
    mayRemove: may && state === 'synced' && !!worklogId,
    question: [say('w.rmq'), say('w.rmq.2', { id, d: formatDuration(time.jiraSeconds ?? secondsOf(time) ?? 0), k })],
    ...(!mayCommand && { note: say('readOnly') }),
  };
  const sync = (icon: IconName, key: StringKey, primary = false): readonly ActionView[] =>
    may ? [action('sync', icon, say(key), primary)] : [];
  // Nothing else can be said of times that cannot be: nothing is sent before they are corrected.
  if (time.timeOut && secondsForJira(time) === null && state !== 'syncing') {
    const { text, ...failed } = chipOf('failed', say);
    return {
      ...base,
      state: 'order',
      chips: [{ ...failed, text }],
      news: text,
      message: message('over', 'ErrorBadge', say('w.order'), say('w.order.2')),
    };
  }
  switch (state) {
    case 'syncing':
      return { ...base, lede: say('w.ready', { d, k }), note: say('w.busy') };
    case 'waiting':
      return { ...base, message: waitingOf(time, now, context), actions: sync('Sync', 'w.try') };
    case 'running':
    case 'noIssue': {
      const needs = [
        { text: say('w.n1'), isMet: !!connection },
        { text: say('w.n2'), isMet: !!issueKey },
        { text: say('w.n3'), isMet: !!time.timeOut },
      ];
      return {
        ...base,
        lede: say('w.need'),
        needs,
        actions: connection ? [] : [action('setUp', 'Link', say('setUp'))],
      };
    }
    case 'failed': {
      const { error, ...told } = failureOf(time, say);
      return {
        ...base,
        message: message('over', 'ErrorBadge', error, told.next),
        // Who has signed in again since has only to send it.
        actions:
          told.isSignIn && !connection?.isWorking
            ? [action('setUp', 'Key', say('w.signin'), true)]
            : sync('Sync', 'w.again'),
      };
    }
    case 'gone': {
      const t = formatMoment(keptOf(time).trouble?.on ?? time.syncedOn ?? now, now, host.format.dates);
      return isLeft
        ? base
        : {
            ...base,
            message: message('warn', 'RemoveLinkX', say('w.lost', { id, t }), say('w.lost.2')),
            actions: sync('CloudUpload', 'w.again'),
            leave: may ? say('w.leave') : null,
          };
    }
    case 'overlap':
      return {
        ...base,
        message: overlap && message('warn', 'Warning', overlapText(overlap, context), say('w.overlap.2')),
        actions: sync('CloudUpload', 'w.any'),
      };
    case 'changed': {
      const isAsked = isConflict(record) && !isLeft;
      return {
        ...base,
        message: isAsked
          ? message('warn', 'Warning', ...inTwo(noteOf(record, context)))
          : message('warn', 'Edit', say('w.changed'), say('w.changed.2')),
        changes,
        // Without inbound nobody tells what Jira has by now.
        inJira:
          connection?.isInbound || !time.syncedOn
            ? say('w.injira')
            : say('w.injira.on', { t: formatDateTime(time.syncedOn, host.format.dates) }),
        actions: sync('Sync', 'w.upd', true),
        leave: isAsked && may ? say('w.leave') : null,
      };
    }
    case 'synced':
      return {
        ...base,
        facts: factsOf(time, context),
        message: remarkOf(record, context),
      };
    case 'not':
      return { ...base, lede: say('w.ready', { d, k }), actions: sync('CloudUpload', 'w.btn', true) };
  }
}

function overlapText({ worklogId, issueKey, timeIn, timeOut }: TimeRecord, { host, say }: ViewContext): string {
  const time = (at: string | null): string => (at ? formatTime(at, host.format.dates) : '');
  return say('w.overlap', { id: worklogId ?? '', k: issueKey ?? '', a: time(timeIn), b: time(timeOut) });
}

/** What is to be known of a worklog that is there: an older one was linked, another one overlaps, the site rounds. */
function remarkOf(record: Known, context: ViewContext): MessageView | null {
  const { time, sent } = record;
  const { say } = context;
  if (!sent?.remark) return null;
  return sent.operation === OperationType.Sync
    ? message('ok', 'Link', say('w.linked'), say('w.linked.2', { id: time.worklogId ?? '' }))
    : message('neutral', 'Info', ...inTwo(noteOf(record, context)));
}

/** The service's own words: what happened, and in a line of its own what to do. */
function inTwo(text: string | null): readonly [strong: string, next: string] {
  const [strong = '', ...next] = (text ?? '').split('\n');
  return [strong, next.join(' ')];
}

function waitingOf(time: TimeRecord, now: string, { say, host }: ViewContext): MessageView {
  const { nextRetryOn } = time;
  const key = WAITS[codeOf(time)];
  if (!key || !nextRetryOn) return message('warn', 'Clock', ...inTwo(time.error));
  return message('warn', 'Clock', say(key), say(`${key}.2`, { t: formatMoment(nextRetryOn, now, host.format.dates) }));
}

function failureOf(
  time: TimeRecord,
  say: ViewContext['say'],
): { readonly error: string; readonly next: string; readonly isSignIn: boolean } {
  const code = codeOf(time);
  if (!isWorded(code)) {
    const [error, next] = inTwo(time.error);
    return { error, next, isSignIn: false };
  }
  const key = FAILURES[code];
  const k = time.issueKey ?? '';
  const places = { k, p: k.replace(/-\d+$/, '') };
  return { error: say(key, places), next: say(`${key}.2`, places), isSignIn: key === 'w.401' };
}

const isWorded = (code: string): code is keyof typeof FAILURES => Object.hasOwn(FAILURES, code);
