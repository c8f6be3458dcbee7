import * as React from 'react';
import { CommandState, type SaveAnswer, type TestAnswer } from '@crmjira/domain';
import type { PageFacts } from '../platform/start-page';
import { type Commands, type Work, secretOf, useIntegrationCommands } from './enter-commands';
import { type EnterForm, fieldId } from './enter-field';
import {
  type Draft,
  type EnterSay,
  type Start,
  emptyAmong,
  problemsByPath,
  saveAnswerOf,
  testAnswerOf,
  valueAt,
  withValue,
} from './enter-view';

export interface Entering extends Commands {
  readonly id: string;
  readonly draft: Draft;
  readonly form: EnterForm;
  readonly isActive: boolean;
  /** null: never saved */
  readonly savedOn: string | null;
  /** null: what is saved has passed no test */
  readonly testedOn: string | null;
  /** since it was saved */
  readonly isChanged: boolean;
  readonly edit: (draft: Draft) => void;
  /** Of these paths, those without a value. */
  readonly lacks: (...paths: readonly string[]) => readonly string[];
  /** Says at the fields what is missing, and goes to the first. @returns whether nothing is */
  readonly require: (...paths: readonly string[]) => boolean;
  readonly refuse: (path: string, says: string) => void;
  /**
   * Of what is entered; null: it was not answered.
   * @param inBackground nobody waits for it: only what it finds is of use
   */
  readonly test: (inBackground?: boolean) => Promise<TestAnswer | null>;
  /** Of what is saved. */
  readonly testSaved: () => Promise<TestAnswer | null>;
  /** @param inBackground nobody waits for it: what it refuses is told when it matters */
  readonly save: (inBackground?: boolean) => Promise<SaveAnswer | null>;
  /** Maps a record as what is entered says. @param sample of which; null: the first there is */
  readonly tryMappings: (sample?: string | null) => Promise<Work>;
  readonly setActive: (active: boolean) => Promise<boolean>;
}

const instant = (): string => new Date().toISOString();

/** A form of an integration: what is entered, what is wrong with it, and what the service is asked about it. */
export function useEntering(start: Start, facts: PageFacts, say: EnterSay): Entering {
  const commands = useIntegrationCommands(start.id, facts.language);
  const { perform } = commands;
  const [draft, setDraft] = React.useState<Draft>({ entered: start.entered, secrets: {} });
  const [hasSecrets, setHasSecrets] = React.useState(start.hasSecrets);
  const [problems, setProblems] = React.useState<ReadonlyMap<string, string>>(new Map());
  const [savedOn, setSavedOn] = React.useState(start.savedOn);
  const [testedOn, setTestedOn] = React.useState(start.testedOn);
  const [isActive, setIsActive] = React.useState(start.isActive);
  const [isChanged, setChanged] = React.useState(false);
  const now = React.useRef(draft);
  now.current = draft;

  const refuseAll = (found: ReadonlyMap<string, string>): void => {
    setProblems(found);
    const [first] = [...found.keys()];
    if (first !== undefined) document.getElementById(fieldId(first))?.focus();
  };
  const edit = (next: Draft): void => {
    now.current = next;
    setDraft(next);
    setChanged(true);
  };
  const test = async (
    payload: unknown,
    secret: ReturnType<typeof secretOf>,
    inBackground = false,
  ): Promise<TestAnswer | null> => {
    const { asked } = await perform('test', { payload, ...(secret === undefined ? {} : { secret }) }, inBackground);
    return testAnswerOf(asked.answer);
  };
  return {
    ...commands,
    ...{ id: start.id, draft, isActive, savedOn, testedOn, isChanged, edit },
    form: {
      ...{ problems, hasSecrets, say },
      textAt: (path) => {
        const value = valueAt(draft, path);
        return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
      },
      setAt: (path, value) => {
        // What a test finds again changes nothing: what is saved stays tested.
        if (valueAt(now.current, path) !== value) edit(withValue(now.current, path, value));
        setProblems((before) => new Map([...before].filter(([one]) => one !== path && !one.startsWith(`${path}.`))));
      },
    },
    lacks: (...paths) => emptyAmong(now.current, paths, hasSecrets),
    require: (...paths) => {
      const empty = emptyAmong(now.current, paths, hasSecrets);
      refuseAll(new Map(empty.map((path) => [path, say('required')])));
      return empty.length === 0;
    },
    refuse: (path, says) => refuseAll(new Map([[path, says]])),
    test: (inBackground) => test(now.current.entered, secretOf(now.current), inBackground),
    testSaved: async () => {
      const answer = await test(undefined, undefined);
      setTestedOn(answer?.ok === true ? instant() : null);
      return answer;
    },
    save: async (inBackground = false) => {
      const saving = now.current;
      const secret = secretOf(saving);
      const wanted = { payload: saving.entered, ...(secret === undefined ? {} : { secret }) };
      const { asked } = await perform('save', wanted, inBackground);
      const answer = saveAnswerOf(asked.answer);
      if (answer?.isSaved === true) {
        setSavedOn(instant());
        if (secret !== undefined) setHasSecrets(true);
        if (answer.test === null) setTestedOn(null);
        // Secrets that an earlier save has stored are gone from the draft by now: that is no change.
        const { entered, secrets } = now.current;
        const hasNewSecrets = secrets !== saving.secrets && Object.values(secrets).some((value) => value !== '');
        setChanged(entered !== saving.entered || hasNewSecrets);
        // What is stored is no longer kept here.
        if (now.current.secrets === saving.secrets) setDraft((before) => ({ ...before, secrets: {} }));
      } else if (answer !== null && !inBackground) refuseAll(problemsByPath(answer.problems));
      return answer;
    },
    tryMappings: (sample = null) => {
      const secret = secretOf(now.current);
      const payload = { entered: now.current.entered, sample };
      return perform('try', { payload, ...(secret === undefined ? {} : { secret }) });
    },
    setActive: async (active) => {
      const { asked } = await perform(active ? 'activate' : 'deactivate', { payload: { active } });
      const isDone = asked.state === CommandState.Done && saveAnswerOf(asked.answer)?.isSaved !== false;
      if (isDone) setIsActive(active);
      return isDone;
    },
  };
}
