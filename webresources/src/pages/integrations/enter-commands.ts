import * as React from 'react';
import {
  CommandState,
  CommandType,
  type EnteredIntegration,
  type Language,
  commandTypeLabels,
  placeOf,
} from '@crmjira/domain';
import { type AskedOf, askAbout } from '../../commands/ask-about';
import { type NotSealed, sealToken } from '../platform/seal-token';
import { type Draft, enteredSecrets } from './enter-view';

const INTEGRATION = 'crmjira_integration';

const TYPES = {
  test: CommandType.TestConnection,
  save: CommandType.SaveIntegration,
  activate: CommandType.SetActive,
  deactivate: CommandType.SetActive,
  delete: CommandType.DeleteIntegration,
  dryRun: CommandType.Run,
  run: CommandType.Run,
  confirm: CommandType.ConfirmRun,
  rotate: CommandType.RotateWebhookSecret,
  try: CommandType.TryMapping,
} as const;

export type What = keyof typeof TYPES;

/** What was asked for last, and what came of it so far. */
export interface Work {
  readonly what: What;
  readonly asked: AskedOf;
  /** why a secret did not leave the page; null: it did, or there was none */
  readonly notSealed: NotSealed | null;
}

interface Wanted {
  readonly payload?: unknown;
  /** left out: the integration */
  readonly regarding?: { readonly table: string; readonly id: string };
  /** a secret and the place that it is sealed for */
  readonly secret?: { readonly text: string; readonly place: string };
}

const NOT_YET: AskedOf = {
  ...{ id: null, notSent: null, state: CommandState.Requested },
  ...{ result: '', answer: null, done: 0, total: null },
};

/** Secrets of a draft as they leave the page, for the place that its settings name; undefined: none were entered. Pure. */
export function secretOf(draft: Draft): Wanted['secret'] {
  const secrets = enteredSecrets(draft);
  const { provider, settings }: EnteredIntegration = draft.entered;
  return Object.keys(secrets).length === 0
    ? undefined
    : { text: JSON.stringify(secrets), place: placeOf(provider, settings) };
}

export interface Commands {
  readonly work: Work | null;
  /** Asks and waits for the answer; what is asked for meanwhile waits its turn. */
  readonly perform: (what: What, wanted?: Wanted, inBackground?: boolean) => Promise<Work>;
  readonly forget: () => void;
}

/** Asks the service about one integration, one thing after the other: the next stands on what the one before has left. */
export function useIntegrationCommands(id: string, language: Language): Commands {
  const [work, setWork] = React.useState<Work | null>(null);
  const alive = React.useRef(true);
  const last = React.useRef<Promise<unknown>>(Promise.resolve());
  React.useEffect(() => {
    alive.current = true;
    return () => {
      alive.current = false;
    };
  }, []);
  const ask = async (what: What, wanted: Wanted, inBackground: boolean): Promise<Work> => {
    const show = (asked: AskedOf, notSealed: NotSealed | null = null): Work => {
      const next = { what, asked, notSealed };
      if (alive.current && !inBackground) setWork(next);
      return next;
    };
    const { payload, regarding = { table: INTEGRATION, id }, secret } = wanted;
    const command = crypto.randomUUID();
    const sealing: { sealed?: string } | { failure: NotSealed } =
      secret === undefined ? {} : await sealToken(command, secret.place, secret.text);
    if ('failure' in sealing) return show({ ...NOT_YET, state: CommandState.Failed }, sealing.failure);
    const type = TYPES[what];
    const name = commandTypeLabels[type][language];
    const asked = await askAbout({ regarding, type, name, id: command, payload, ...sealing }, (now) => {
      show(now);
      return alive.current;
    });
    return show(asked);
  };
  return {
    work,
    perform: (what, wanted = {}, inBackground = false) => {
      if (!inBackground) setWork({ what, asked: NOT_YET, notSealed: null });
      const asked = last.current.then(() => ask(what, wanted, inBackground));
      last.current = asked;
      return asked;
    },
    forget: () => setWork(null),
  };
}
